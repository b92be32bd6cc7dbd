// The keypad: our own, since a kiosk has no keyboard; digits of a keyboard count too. What is typed is
// in no input field, so no browser offers to remember it.

import { ask } from "./ask.js";
import "./leave.js";

const SHORTEST = 6;
const LONGEST = 12;

const main = document.querySelector("main");
const byId = (id) => document.getElementById(id);
const purpose = main.dataset.ask; // "sign-in", "choose" or "change"
const asked = byId("asked").textContent; // what is asked for first

let digits = "";
let old = null; // the PIN that is to be changed, once it was found right
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
  if (purpose === "sign-in") await signIn(typed);
  else if (purpose === "change" && old === null) await proveOld(typed);
  else if (typed.length < SHORTEST) askNew(`A PIN has ${SHORTEST} to ${LONGEST} digits.`);
  else if (first === null) askAgain(typed);
  else if (typed === first) await keep(typed);
  else askNew("The two were not the same. Choose a PIN.");
}

async function signIn(pin) {
  const told = await send("/staff/sign-in", { pin });
  if (told.go) location.replace(told.go);
  else refuse(told);
}

// Whoever wants another PIN signs in anew first, so that a wrong old one is told at once.
async function proveOld(pin) {
  const told = await send("/staff/sign-in", { pin });
  if (told.go) {
    old = pin;
    askNew();
  } else refuse(told);
}

async function keep(pin) {
  const path = old === null ? "/staff/choose" : "/staff/pin";
  const told = await send(path, old === null ? { pin } : { pin: old, new_pin: pin });
  if (!told.go) {
    askNew(told.error);
    wait(told.wait ?? 0);
  } else if (old === null) location.replace(told.go);
  else tellChanged();
}

function askAgain(typed) {
  first = typed;
  askFor("Type it once more");
}

function askNew(said) {
  first = null;
  askFor(old === null ? asked : "New PIN", said);
}

function askFor(words, said) {
  byId("asked").textContent = words;
  show(said);
}

function refuse(told) {
  show(told.error);
  wait(told.wait ?? 0);
}

function tellChanged() {
  old = first = null;
  busy = true; // nothing more is typed
  askFor("The PIN is changed");
  for (const each of [byId("hint"), byId("typed"), byId("keypad")]) each.hidden = true;
  byId("back").textContent = "Back to the settings";
  byId("back").focus();
}

async function send(path, body) {
  busy = true;
  show("One moment …");
  const told = await ask(path, body);
  busy = false;
  return told;
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
