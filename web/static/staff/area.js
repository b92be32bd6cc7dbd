// The staff area at the panel: a frame over the station's page, from the keypad on.
//
// The page beneath it goes on as if it were not there. So a press shows the first screen of a session
// as promptly as ever, and the frame is gone with the same event: the session always wins. The frame
// also goes after a minute without a touch, whatever is in it and whether or not it could be loaded,
// so nobody is trapped in it.

import { post } from "../station/post.js";

const IDLE = 60_000; // ms

// What says that somebody is there. "in-use" comes from a page of the area that knows it otherwise.
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "scroll", "in-use"];

let frame = null;
let beneath = null; // what the frame covers
let idleTimer = 0;
let listens = false;

// Open the area over `main`. `listen` gives it every event of the station.
export function openArea(main, listen) {
  if (frame) return;
  if (!listens) listen(onEvent);
  listens = true;
  beneath = main;
  beneath.inert = true;
  frame = document.createElement("iframe");
  frame.id = "staff-area";
  frame.title = "Staff area";
  frame.src = "/staff/enter";
  frame.addEventListener("load", watch);
  main.parentElement.append(frame);
  waitForTouch();
}

// Leave the area. Whoever opens it again is asked for the PIN again.
function closeArea() {
  if (!frame) return;
  clearTimeout(idleTimer);
  frame.remove();
  frame = null;
  beneath.inert = false;
  post("/staff/sign-out", {});
}

function onEvent(event) {
  if (event.status !== "attract") closeArea();
}

function waitForTouch() {
  clearTimeout(idleTimer);
  idleTimer = setTimeout(closeArea, IDLE);
}

// Watch the page that has just come into the frame.
function watch() {
  const page = frame?.contentDocument;
  if (!page) return; // it could not be loaded
  for (const sign of SIGNS_OF_LIFE) page.addEventListener(sign, waitForTouch, { passive: true });
  page.addEventListener("click", (event) => {
    if (event.target.closest("[data-leave]")) closeArea();
  });
  // A presenter remote is the button here too.
  for (const kind of ["keydown", "keyup"]) {
    page.addEventListener(kind, (event) => {
      if (event.key === "PageDown") dispatchEvent(new KeyboardEvent(kind, { key: event.key }));
    });
  }
  frame.focus();
}
