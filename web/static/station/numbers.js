// The numbers and bars that run between two events: the countdown, the seconds held on each side,
// and the bars that go with them. An event says what they were when it came, and how fast they run.

import { screen } from "./dom.js";

let latest = null; // the last event
let latestAt = 0; // when it came: performance.now(), ms
let nextDraw = 0; // the timeout that draws the numbers next
let barMotion = null;
let fillMotion = null;

// Write into `box`, which is not shown yet, what `event` says, and let nothing run.
export function writeAhead(box, event) {
  writeNumbers(box, event, 0);
  restBars(box, event);
}

// Show what `event` says, and let the numbers run on from there. The bars follow with `runBars`.
export function showNumbers(event) {
  latest = event;
  latestAt = performance.now();
  restBars(screen, event);
  drawNumbers();
}

// `seconds` as minutes and seconds: 65 is "1:05".
function clockText(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function drawNumbers() {
  clearTimeout(nextDraw);
  const { clock, speed } = latest;
  const passed = clock.running ? ((performance.now() - latestAt) / 1000) * speed : 0;
  const remaining = writeNumbers(screen, latest, passed);
  if (clock.running && remaining > 0) {
    const toNext = remaining - Math.ceil(remaining - 1) || 1;
    nextDraw = setTimeout(drawNumbers, Math.max(8, (toNext * 1000) / speed));
  }
}

// Write into `box` what `event` says, so many seconds after it; returns the seconds that remain.
function writeNumbers(box, { clock, ledger }, passed) {
  const remaining = clock.remaining === null ? null : Math.max(0, clock.remaining - passed);
  for (const element of box.querySelectorAll("[data-remaining]")) {
    if (remaining === null) continue;
    // Shows 1 until the last second, or breath, is over, as a countdown is read aloud.
    const { breath } = element.dataset; // seconds of one, in a hold that is counted in breaths
    const left = Math.ceil(remaining / (breath ?? 1) - 1e-3);
    setText(element, breath ? String(left) : clockText(left));
    if (breath) writeUnit(element.parentElement.querySelector("[data-forms]"), left);
  }
  for (const element of box.querySelectorAll("[data-ledger]")) {
    const side = element.dataset.ledger;
    const growing = clock.counting.includes(side) ? Math.min(passed, clock.remaining) : 0;
    setText(element, clockText(Math.floor(ledger[side] + growing + 1e-3)));
  }
  return remaining;
}

// Write the form of the unit that stands after `number` in its language, such as "1 breath". The
// digits are Western in every language, so they need nothing of the kind.
function writeUnit(unit, number) {
  const forms = JSON.parse(unit.dataset.forms);
  setText(unit, forms[new Intl.PluralRules(unit.dataset.language).select(number)] ?? forms.other);
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Let the bars run on from what the last event said. Both kinds run on the compositor: the one of the
// step to its end, and what fills up of the side that is worked on. A motion is always ended before
// the next one begins, also that of a bar that is gone: left running it would cost a whole frame sixty
// times a second.
export function runBars() {
  const { clock, ledger, speed } = latest;
  barMotion?.cancel();
  fillMotion?.cancel();
  barMotion = fillMotion = null;
  if (!clock.running || clock.remaining === 0) return;
  const bar = screen.querySelector("[data-bar]");
  if (bar) barMotion = glide(bar, "scaleX(0)");
  const fills = [...screen.querySelectorAll("[data-fill]")];
  const fill = fills.find(({ dataset }) => clock.counting.includes(dataset.fill));
  if (fill) fillMotion = glide(fill, filled(fill, ledger[fill.dataset.fill] + clock.remaining));

  // Let `element` move from where it rests to `to`, by the time that the step is over.
  function glide(element, to) {
    const frames = { transform: [element.style.transform, to] };
    const duration = (clock.remaining * 1000) / speed;
    const motion = element.animate(frames, { duration, fill: "forwards" });
    motion.currentTime = performance.now() - latestAt;
    return motion;
  }
}

// Put the bars of `box` where `event` says that they are now.
function restBars(box, { clock, ledger }) {
  const bar = box.querySelector("[data-bar]");
  if (bar && clock.remaining !== null) bar.style.transform = `scaleX(${clock.remaining / clock.total})`;
  for (const fill of box.querySelectorAll("[data-fill]")) {
    fill.style.transform = filled(fill, ledger[fill.dataset.fill]);
  }
}

// Where the bar `fill` is when so many seconds of its side are done.
function filled(fill, seconds) {
  return `translateX(${Math.min(0, (seconds / fill.dataset.of - 1) * 100)}%)`;
}
