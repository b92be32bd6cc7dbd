// The ring that fills while the button is held. It is full when holding turns into weight off.

import { byId } from "./dom.js";

// A tap is over before this (ms), and never shows the ring: its frame would delay that of the next
// screen.
const RING_AFTER = 100;

let heldSeconds = null; // how long it takes; the station's events tell
let ringTimer = 0; // 0 while the button is up
let ringMotion = null;

// Show what an event says: the seconds that the button has been down, null if it is up, and the
// seconds after which it counts as held.
export function showPress(pressed, held) {
  heldSeconds = held;
  if (pressed === null) pressEnded();
  else pressBegan(pressed);
}

// The button went down so many seconds ago.
export function pressBegan(secondsAgo) {
  if (ringTimer) return;
  const down = performance.now() - secondsAgo * 1000;
  ringTimer = setTimeout(fillRing, Math.max(0, RING_AFTER - secondsAgo * 1000), down);
}

export function pressEnded() {
  clearTimeout(ringTimer);
  ringTimer = 0;
  ringMotion?.cancel();
  byId("ring").classList.remove("on");
}

function fillRing(down) {
  if (heldSeconds === null) return; // no event has come yet, so nobody hears the button
  const ring = byId("ring");
  ring.classList.add("on");
  ringMotion = ring
    .querySelector(".fill")
    .animate({ strokeDashoffset: [100, 0] }, { duration: heldSeconds * 1000, fill: "forwards" });
  ringMotion.currentTime = performance.now() - down;
}
