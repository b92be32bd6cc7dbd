// The screen that the button leads to next. The station sends it ahead. In idle moments it is read,
// laid out and fitted here, in a box of its own beneath the one that is shown, where nobody sees,
// touches or hears of it. When the event of a press comes and says that this very screen is the one to
// show, the two boxes only change places. A screen that was foreseen wrongly is never shown: it gives
// way to the next one that is sent ahead.

import { changeScreen, screen } from "./dom.js";
import { fit } from "./fit.js";
import { adoptMovements } from "./movements.js";
import { writeAhead } from "./numbers.js";
import { showFirstScene } from "./scenes.js";

// Not every browser tells when it is idle.
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

let foreseen = null; // the key of the screen, its box, and the motions in it
let unfinished = null; // does what the last change of the boxes has left to do

// Make ready what `event` says may come. Each step is a task of its own, so that none is long.
export function foresee(event) {
  foreseen?.box.remove();
  const box = document.createElement("div");
  const next = { key: event.screen, box, motions: [] };
  foreseen = next;
  const steps = [
    () => (box.innerHTML = event.html),
    () => hideAway(next, event),
    () => fit(box.firstElementChild),
    () => (box.dataset.ready = ""), // an idle moment later, a frame has painted it
  ];
  const work = async () => {
    if (next !== foreseen) return; // it has been shown, or another one has come
    await steps.shift()();
    if (steps.length > 0) whenIdle(work);
  };
  whenIdle(work);
}

// Put the box beneath the one that is shown: before it, so that nothing of the shown one is covered.
async function hideAway({ box, motions }, event) {
  adoptMovements(event.movements);
  box.ariaHidden = "true";
  for (const control of box.querySelectorAll("button")) control.inert = true;
  writeAhead(box, event);
  showFirstScene(box.firstElementChild);
  screen.before(box);
  await sheetsOf(box);
  // Its figure begins to move when it is seen.
  motions.push(...box.getAnimations({ subtree: true }));
  for (const motion of motions) motion.pause();
}

// Waits until the sheets of what moves in the figures of `box` have come, or have failed to.
function sheetsOf(box) {
  const coming = [...box.querySelectorAll("link")].filter((link) => link.sheet === null);
  return Promise.all(
    coming.map((link) => new Promise((come) => (link.onload = link.onerror = come))),
  );
}

// Show the screen called `key` if it is the one that has been made ready, and say whether it was.
//
// Only what is seen of the screen at once is done now: anything else would make its frame late.
// `done` is called once that frame has been rendered, or by `finishChange` if it is needed sooner.
export function showForeseen(key, done) {
  if (foreseen?.key !== key || foreseen.box.dataset.ready === undefined) return false;
  const { box, motions } = foreseen;
  foreseen = null;
  const before = changeScreen(box);
  const finish = () => {
    if (unfinished !== finish) return;
    unfinished = null;
    before.remove();
    box.ariaHidden = null;
    for (const control of box.querySelectorAll("button")) control.inert = false;
    for (const motion of motions) motion.play();
    done();
  };
  unfinished = finish;
  requestAnimationFrame(() => setTimeout(finish));
  return true;
}

// Do now what the last change of the boxes has left to do, if anything.
export function finishChange() {
  unfinished?.();
}
