// What a person says of a test: it works, or it does not.

import { ask } from "./ask.js";

const answer = document.getElementById("answer");

// The name of the test that this page is about.
export const test = document.getElementById("test").dataset.test;

export function say(text) {
  document.getElementById("said").textContent = text;
}

export function showAnswer() {
  answer.hidden = false;
}

export function hideAnswer() {
  answer.hidden = true;
}

// Have the station keep whether it works, and go back to all tests.
export async function keep(passed, more = {}) {
  const told = await ask(`/staff/test/${test}/result`, { passed, ...more });
  if (told.error) say(told.error);
  else location.replace(told.go);
}

answer?.addEventListener("click", (event) => {
  const { passed } = event.target.closest("button")?.dataset ?? {};
  if (passed) keep(passed === "yes");
});
