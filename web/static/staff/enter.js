// The keypad: our own, since a kiosk has no keyboard; digits of a keyboard count too. What is typed is
// in no input field, so no browser offers to remember it.

import { ask } from "./ask.js";
import "./leave.js";

const SHORTEST = 6;
const LONGEST = 12;

const main = document.querySelector("main");
const byId = (id) => document.getElementById(id);
const choosing = main.dataset.ask === "choose";

let digits = "";
let first = null; // what was typed the first time, where a PIN is chosen
let busy = false;
let freeAt = 0; // when the next try may be made

function show(said = "") {
  byId("typed").replaceChildren(...Array.from(digits, () => document.createElement("i")));
  byId("said").textContent = said;
}

function type(digit) {
  if (isClosed() || digits.length === LONGEST) return;
  digits += digit;
  show();
}

function erase() {
  if (isClosed()) return;
  digits = digits.slice(0, -1);
  show();
}

async function done() {
  if (isClosed() || digits === "") return;
  const typed = digits;
  digits = "";
  if (!choosing) await send("/staff/sign-in", typed);
  else if (typed.length < SHORTEST) beginAnew(`A PIN has ${SHORTEST} to ${LONGEST} digits.`);
  else if (first === null) askAgain(typed);
  else if (typed === first) await send("/staff/choose", typed);
  else beginAnew("The two were not the same. Choose a PIN.");
}

function askAgain(typed) {
  first = typed;
  byId("asked").textContent = "Type it once more";
  show();
}

function beginAnew(said) {
  first = null;
  if (choosing) byId("asked").textContent = "Choose a staff PIN";
  show(said);
}

async function send(path, pin) {
  busy = true;
  show("One moment …");
  const told = await ask(path, { pin });
  busy = false;
  if (told.go) location.replace(told.go);
  else {
    beginAnew(told.error);
    wait(told.wait ?? 0);
  }
}

function isClosed() {
  return busy || performance.now() < freeAt;
}

// Nothing can be typed for so many seconds; says how many are left.
function wait(seconds) {
  if (seconds === 0) return;
  freeAt = performance.now() + seconds * 1000;
  tellWait();
}

function tellWait() {
  const left = Math.ceil((freeAt - performance.now()) / 1000);
  const closed = left > 0;
  for (const key of byId("keypad").children) key.disabled = closed;
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  byId("wait").textContent = closed ? `Next try in ${clock}` : "";
  if (closed) setTimeout(tellWait, 250);
  else show();
}

byId("keypad").addEventListener("click", (event) => {
  const { digit, key } = event.target.closest("button")?.dataset ?? {};
  if (digit !== undefined) type(digit);
  else if (key === "erase") erase();
  else if (key === "done") done();
});

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^[0-9]$/.test(event.key)) type(event.key);
  else if (event.key === "Backspace") erase();
  else if (event.key === "Enter" && document.activeElement === document.body) done();
  else return;
  event.preventDefault();
});

wait(Number(main.dataset.wait));
if (Number(main.dataset.wait) > 0) show("Too many wrong PINs.");
