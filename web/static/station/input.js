// What touch and keyboard say: the button by a touch anywhere or a key, back, choices, and the pages of
// routines and the languages that there are to choose from.

import { tapCorner } from "./corner.js";
import { post } from "./post.js";
import { pressBegan, pressEnded } from "./ring.js";

// The keys that are the button. Presenter remotes send PageDown.
const BUTTON_KEYS = new Set([" ", "Enter", "PageDown"]);

// What is touched for itself, and is not the button.
const CONTROLS = "[data-choose], [data-page], [data-languages]";

let touching = null; // the pointer that is the button now
let choosing = null; // the control that a pointer went down on
let buttonKey = null; // the key that is the button now

// `box` has all screens, whichever of them is shown.
export function takeInput(box) {
  box.addEventListener("pointerdown", onPointerDown);
  addEventListener("pointerup", onPointerUp);
  addEventListener("pointercancel", onPointerUp);
  box.addEventListener("click", onClick);
  addEventListener("keydown", onKeyDown);
  addEventListener("keyup", onKeyUp);
  addEventListener("blur", releaseKey);
  // Holding a finger on the screen is weight off, not the browser's menu.
  addEventListener("contextmenu", (event) => event.preventDefault());
}

function buttonDown() {
  pressBegan(0);
  post("/api/button", { action: "down" });
}

function buttonUp() {
  pressEnded();
  post("/api/button", { action: "up" });
}

function onPointerDown(event) {
  choosing = event.target.closest(CONTROLS);
  // Who touches the room between two pictures has missed one of them, and has not pressed.
  if (choosing || event.target.closest("[data-no-press]") || touching !== null || event.button > 0) return;
  if (event.target.closest("[data-corner]")) {
    tapCorner();
    return;
  }
  touching = event.pointerId;
  buttonDown();
}

function onPointerUp(event) {
  if (event.pointerId !== touching) return;
  touching = null;
  buttonUp();
}

function onClick(event) {
  const control = event.target.closest(CONTROLS);
  // What a touch has just brought under the finger was not meant by it.
  const meant = control && (control === choosing || event.detail === 0);
  choosing = null;
  if (!meant) return;
  // A language is chosen by what is written in it.
  const { choose, value = control.lang, page, languages } = control.dataset;
  if (languages !== undefined) post("/api/languages", {});
  else if (page !== undefined) post("/api/routines", { page: Number(page) });
  else post("/api/choose", { [choose]: choose === "seconds" ? Number(value) : value });
}

function onKeyDown(event) {
  const onControl = event.target.closest?.(`button, input, summary, ${CONTROLS}`);
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Backspace") {
    event.preventDefault();
    post("/api/back", {});
  } else if (BUTTON_KEYS.has(event.key) && buttonKey === null) {
    if (onControl && event.key !== "PageDown") return; // the key is meant for the control
    event.preventDefault();
    buttonKey = event.key;
    buttonDown();
  }
}

function onKeyUp(event) {
  if (event.key === buttonKey) releaseKey();
}

function releaseKey() {
  if (buttonKey === null) return;
  buttonKey = null;
  buttonUp();
}
