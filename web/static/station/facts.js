// The attract screen's facts, one after the other.

// How long (ms) one fact is shown: just short of the fading in css/screens/attract.css (10 s), which
// leaves the screen dark from there on.
const SCENE = 9_600;

let factTimer = 0;

// Begin anew with the facts of `view`, the one that is shown now, if it has any.
export function turnFacts(view) {
  clearInterval(factTimer);
  showFirstFact(view);
  if (view.dataset.turn === undefined) return;
  factTimer = setInterval(() => showFact(view, Number(view.dataset.turn) + 1), SCENE);
}

// Show one of the facts of `view`, whichever comes by chance, unless it shows one already.
export function showFirstFact(view) {
  const facts = view.querySelectorAll(".facts li").length;
  if (facts === 0 || view.dataset.turn !== undefined) return;
  showFact(view, Math.floor(Math.random() * facts));
}

function showFact(view, turn) {
  view.dataset.turn = turn;
  const facts = [...view.querySelectorAll(".facts li")];
  facts.forEach((fact, number) => fact.classList.toggle("on", number === turn % facts.length));
  // The whole layout is mirrored and moved, so that no pixel stays lit.
  view.classList.toggle("mirrored", turn % 2 === 1);
}
