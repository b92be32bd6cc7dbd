// The way into the staff area at the panel: five quick taps in a corner of the attract screen.
//
// Nothing shows the corner, and it is nowhere else, so no member comes there by accident or in a
// session. One tap in it, or a few, are a press as anywhere else on the screen, a moment later: then
// it is clear that no further tap comes.

import { screen } from "./dom.js";
import { post } from "./post.js";
import { listen } from "./stream.js";

// It is loaded when it is first needed, so the member's page does without it.
const STAFF_AREA = "/static/staff/area.js";

const TAPS = 5;
const PAUSE = 700; // ms after which no further tap is expected

let taps = 0;
let pauseTimer = 0;

// Count a tap in the corner.
export function tapCorner() {
  clearTimeout(pauseTimer);
  taps += 1;
  if (taps < TAPS) {
    pauseTimer = setTimeout(pressAfterAll, PAUSE);
  } else {
    taps = 0;
    openStaffArea().catch(() => undefined); // the station is away, and the page says so
  }
}

// A session that has begun meanwhile is not to get a press that was meant for the attract screen.
function pressAfterAll() {
  taps = 0;
  if (screen.querySelector("[data-corner]")) post("/api/button", { action: "press" });
}

async function openStaffArea() {
  const area = await import(STAFF_AREA);
  if (screen.querySelector("[data-corner]")) area.openArea(screen.parentElement, listen);
}
