// The numbers and bars that run between two events: the countdown, the seconds held on each side,
// and the bars that go with them. An event says what they were when it came, and how fast they run.

import { screen } from "./dom.js";

let latest = null; // the last event
let latestAt = 0; // when it came: performance.now(), ms
let nextDraw = 0; // the timeout that draws the numbers next
let barMotion = null;
let fillMotion = null;

// Show what `event` says, and let it run on from there.
export function showNumbers(event) {
  latest = event;
  latestAt = performance.now();
  drawBars();
  drawNumbers();
}

// `seconds` as minutes and seconds: 65 is "1:05".
function clockText(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function drawNumbers() {
  clearTimeout(nextDraw);
  const { clock, ledger, speed } = latest;
  const passed = clock.running ? ((performance.now() - latestAt) / 1000) * speed : 0;
  const remaining = clock.remaining === null ? null : Math.max(0, clock.remaining - passed);
  for (const element of screen.querySelectorAll("[data-remaining]")) {
    // Shows 1 until the last second is over, as a countdown is read aloud.
    if (remaining !== null) setText(element, clockText(Math.ceil(remaining - 1e-3)));
  }
  for (const element of screen.querySelectorAll("[data-ledger]")) {
    const side = element.dataset.ledger;
    const growing = clock.counting === side ? Math.min(passed, clock.remaining) : 0;
    setText(element, clockText(Math.floor(ledger[side] + growing + 1e-3)));
  }
  if (clock.running && remaining > 0) {
    const toNext = remaining - Math.ceil(remaining - 1) || 1;
    nextDraw = setTimeout(drawNumbers, Math.max(8, (toNext * 1000) / speed));
  }
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Both kinds of bar run on the compositor: the one of the step to its end, and what fills up of the
// side that is worked on. A motion is always ended before the next one begins, also that of a bar
// that is gone: left running it would cost a whole frame sixty times a second.
function drawBars() {
  const { clock, ledger, speed } = latest;
  barMotion?.cancel();
  fillMotion?.cancel();
  const duration = clock.running ? (clock.remaining * 1000) / speed : 0;
  const bar = screen.querySelector("[data-bar]");
  if (bar && clock.remaining !== null) {
    const from = `scaleX(${clock.remaining / clock.total})`;
    bar.style.transform = from;
    barMotion = glide(bar, from, "scaleX(0)", duration);
  }
  for (const element of screen.querySelectorAll("[data-fill]")) {
    const { fill: side, of } = element.dataset;
    const filled = (seconds) => `translateX(${Math.min(0, (seconds / of - 1) * 100)}%)`;
    const from = filled(ledger[side]);
    element.style.transform = from;
    if (clock.counting === side) {
      fillMotion = glide(element, from, filled(ledger[side] + clock.remaining), duration);
    }
  }
}

function glide(element, from, to, duration) {
  if (duration === 0) return null;
  return element.animate({ transform: [from, to] }, { duration, fill: "forwards" });
}
