// Room for every text. The letters for the mat never shrink. Where the texts are too long for them,
// other things make way, one level after the other, until it fits. The levels are the classes
// `fit-1`, `fit-2` and `fit-3` on the view; a view at one level also has the classes of those below
// it. What makes way at each level is in the style sheets, under the same names.

import { byId, screen } from "./dom.js";

const LEVELS = ["fit-1", "fit-2", "fit-3"];

// A smaller picture than this share of the screen's height shows nothing.
const LEAST_PICTURE = 0.12;

const TURNED = document.body.matches("[class*=turned]");

// What each kind of screen needed the last time. The kind is the view's language and its classes as
// the server sends them, without those that a script adds.
const levelsOfKind = new Map();
const kinds = new WeakMap();

function kindOf(view) {
  if (!kinds.has(view)) kinds.set(view, `${view.lang} ${view.className}`);
  return kinds.get(view);
}

const fitting = new MessageChannel();

// Let a new view begin with what its kind needed the last time, so that a frame that is drawn before
// the view has been measured is most likely right already.
export function beginAsBefore(view) {
  view.classList.add(...(levelsOfKind.get(kindOf(view)) ?? []));
}

// Fit the view that is shown and call `done`, both in a task of their own that follows this one. By
// then the view has all its texts, so it is laid out only once; and a slow processor can hear the
// button between reading a new screen and laying it out.
export function fitSoon(done) {
  fitting.port1.onmessage = () => {
    fit(screen.firstElementChild);
    done();
  };
  fitting.port2.postMessage(null);
}

export function fit(view) {
  const kind = kindOf(view);
  view.classList.remove(...LEVELS);
  // A box that is measured while it is turned by 90 degrees has its width for its height. So the
  // page is laid out upright for as long as it is measured.
  if (TURNED) document.body.classList.add("measuring");
  let level = 0;
  while (level < LEVELS.length && isCrowded(view)) view.classList.add(LEVELS[level++]);
  document.body.classList.remove("measuring");
  levelsOfKind.set(kind, LEVELS.slice(0, level));
}

function isCrowded(view) {
  const { bottom, height } = view.getBoundingClientRect();
  if (view.lastElementChild.getBoundingClientRect().bottom > bottom + 1) return true;
  const show = view.querySelector(".show");
  const room = show.getBoundingClientRect();
  return [...show.children].some((part) => {
    const box = part.getBoundingClientRect();
    if (box.height === 0 || getComputedStyle(part).position === "absolute") return false;
    if (part.matches(".picture") && box.height < height * LEAST_PICTURE) return true;
    if (part.matches(".totals") && part.scrollWidth > part.clientWidth + 1) return true;
    if (box.left < room.left - 1 || box.right > room.right + 1) return true;
    return box.top < room.top - 1 || box.bottom > room.bottom + 1;
  });
}

// The window may change its size, and a font may come later than the first screen that has its
// letters.
function fitAll() {
  document.querySelectorAll(".view").forEach(fit);
}
new ResizeObserver(fitAll).observe(byId("station"));
document.fonts.ready.then(fitAll);
document.fonts.addEventListener("loadingdone", fitAll);
