// The attract screen's facts, one after the other.

import { screen } from "./dom.js";

// How long (ms) one fact is shown: just short of the fading in css/screens/attract.css (10 s), which
// leaves the screen dark from there on.
const SCENE = 9_600;

let factTimer = 0;

// Begin anew with the facts of the screen that is shown now, if it has any.
export function turnFacts() {
  clearInterval(factTimer);
  const facts = [...screen.querySelectorAll(".facts li")];
  if (facts.length === 0) return;
  let turn = Math.floor(Math.random() * facts.length);
  const next = () => {
    facts.forEach((fact, number) => fact.classList.toggle("on", number === turn % facts.length));
    // The whole layout is mirrored and moved, so that no pixel stays lit.
    screen.firstElementChild.classList.toggle("mirrored", turn % 2 === 1);
    turn++;
  };
  next();
  factTimer = setInterval(next, SCENE);
}
