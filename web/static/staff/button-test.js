// The test of the button: what the station has counted so far, and what is still to be done.
//
// The station ends the test by itself if this page does not ask for a few seconds, so whatever
// becomes of the page, a press is a member's again.

import { ask } from "./ask.js";
import "./leave.js";

const AGAIN = 250; // ms between two looks

const byId = (id) => document.getElementById(id);
let isRunning = false;
let counted = 0;

async function begin() {
  const told = await ask("/staff/test/button/run", {});
  byId("said").textContent = told.error ?? "";
  if (told.error) return;
  isRunning = true;
  counted = 0;
  show(true);
  look();
}

// Show the test, or what stands here before it.
function show(isLive) {
  byId("live").hidden = !isLive;
  byId("begin").hidden = isLive;
  if (byId("last")) byId("last").hidden = isLive;
}

async function look() {
  const answer = await fetch("/staff/test/button/look").catch(() => undefined);
  if (!isRunning) return;
  if (answer?.redirected) location.replace("/staff/enter"); // nobody is signed in any more
  else if (answer?.ok) tell(await answer.json());
  else if (answer) stop("The test has ended. Presses begin sessions again.");
  else setTimeout(look, AGAIN);
}

function tell(seen) {
  // Whoever presses the button is there, though nothing touches the screen.
  if (seen.presses > counted || seen.down) document.dispatchEvent(new Event("in-use"));
  counted = seen.presses;
  for (const name of ["presses", "bounces", "glitches"]) byId(name).textContent = seen[name];
  byId("longest").textContent = seen.longest.toFixed(1);
  byId("held").textContent = seen.held ? "yes" : "no";
  byId("left").textContent = Math.ceil(seen.left);
  setText("faults", seen.faults.join(" "));
  setText("wish", wish(seen));
  if (seen.left > 0) setTimeout(look, AGAIN);
  else if (seen.presses > 0) end();
  else stop("No press was seen in all that time. Presses begin sessions again.");
}

// What is said aloud by a screen reader, and so only when it changes.
function setText(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}

function wish(seen) {
  if (seen.faults.length > 0) return "Something is wrong: touch Done";
  if (seen.passes) return "It works: touch Done";
  if (seen.down) return seen.held ? "Held: now let it go" : "It is down";
  if (seen.presses === 0) return "Press the button now";
  if (seen.presses < seen.wanted) return "Press it again";
  return "Now hold it down";
}

function stop(why) {
  isRunning = false;
  show(false);
  byId("said").textContent = why;
}

async function end() {
  isRunning = false;
  const told = await ask("/staff/test/button/end", {});
  if (told.go) location.replace(told.go);
  else stop(told.error);
}

byId("run")?.addEventListener("click", begin);
byId("done").addEventListener("click", end);
addEventListener("pagehide", () => {
  if (!isRunning) return;
  fetch("/staff/test/button/leave", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
    keepalive: true,
  }).catch(() => undefined);
});
