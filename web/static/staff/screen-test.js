// The colours that fill the screen, one after the other, so that dots of another colour are seen.

import { showAnswer } from "./test-answer.js";
import "./leave.js";

const COLOURS = ["red", "green", "blue", "white", "black"];

const colours = document.getElementById("colours");
let shown = 0;

function show(number) {
  shown = number;
  const colour = COLOURS[number];
  colours.hidden = colour === undefined;
  colours.className = `over colour ${colour}`;
  if (colour === undefined) showAnswer();
  else colours.focus();
}

document.getElementById("run")?.addEventListener("click", () => show(0));
colours.addEventListener("click", () => show(shown + 1));
