// A test that the station runs and a person judges: the light, the buzzer, and whether it is loud
// enough.

import { ask } from "./ask.js";
import { hideAnswer, say, showAnswer, test } from "./test-answer.js";
import "./leave.js";

const EVERY = 3000; // ms between two sounds, while somebody listens at the mat
const TIMES = 20;

const run = document.getElementById("run");
let sounding = 0;

async function play(timesLeft) {
  const told = await ask(`/staff/test/${test}/run`, {});
  say(told.error ?? "");
  if (told.error) {
    hideAnswer();
    return;
  }
  // The page around this one shows and sounds it, if it has a mock panel.
  parent.dispatchEvent(new CustomEvent("panel-test", { detail: told.cue ?? null }));
  showAnswer();
  if (test === "loudness" && timesLeft > 1) sounding = setTimeout(() => play(timesLeft - 1), EVERY);
}

run?.addEventListener("click", () => {
  clearTimeout(sounding);
  play(TIMES);
});
