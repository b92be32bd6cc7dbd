// The mock panel beside the screen: drives the mock's pins, and lets its buzzer be heard.

import { byId } from "./dom.js";
import "./main.js";
import { post } from "./post.js";
import { listen } from "./stream.js";

const LOOKS_AT_LIGHT = 45; // every 200 ms: as long as the station blinks it, and a little longer

const mockButton = byId("mock-button");
let audio = null; // a browser lets a page make sounds only once somebody has touched it
let tones = [];
let pulseTimers = [];
let mockButtonHeld = false;

function drive(down) {
  showContact(down);
  post("/api/mock/button", { level: down ? "down" : "up" });
}

mockButton.addEventListener("pointerdown", (event) => {
  mockButton.setPointerCapture(event.pointerId);
  audio ??= new AudioContext();
  mockButtonHeld = true;
  drive(true);
});
for (const name of ["pointerup", "pointercancel"]) {
  mockButton.addEventListener(name, () => {
    if (mockButtonHeld) drive(false);
    mockButtonHeld = false;
  });
}
mockButton.addEventListener("keydown", (event) => {
  if ((event.key === " " || event.key === "Enter") && !event.repeat) drive(true);
});
mockButton.addEventListener("keyup", (event) => {
  if (event.key === " " || event.key === "Enter") drive(false);
});

for (const radio of document.querySelectorAll("[name=fault]")) {
  radio.addEventListener("change", () =>
    post("/api/mock/fault", { fault: radio.value }).then(readPins),
  );
}

listen((event) => {
  endCue();
  showLight(event.light);
  if (event.cue) playCue(event.cue, event.light);
  readPins();
});

// In the staff area something is tried at the panel; no event of the stream tells of it.
addEventListener("panel-test", ({ detail: cue }) => {
  endCue();
  if (cue) playCue(cue, true);
  else watchLight(LOOKS_AT_LIGHT);
});

async function watchLight(looksLeft) {
  const pins = await readPins();
  if (pins) showLight(pins.light.on);
  if (looksLeft > 1) setTimeout(() => watchLight(looksLeft - 1), 200);
}

function endCue() {
  pulseTimers.forEach(clearTimeout);
  tones.forEach((tone) => tone.stop());
  pulseTimers = [];
  tones = [];
  showBuzzer(false);
}

// Play `cue`, then show the light as it is at rest.
function playCue(cue, restingLight) {
  let at = 0;
  for (const pulse of cue.pulses) {
    pulseTimers.push(setTimeout(() => beginPulse(pulse), at * 1000));
    at += pulse.on;
    pulseTimers.push(setTimeout(endPulse, at * 1000));
    at += pulse.off;
  }
  pulseTimers.push(setTimeout(() => showLight(restingLight), at * 1000 + 1));
}

function beginPulse(pulse) {
  showLight(true);
  showBuzzer(true);
  if (!audio || !byId("mock-sound").checked) return;
  const tone = new OscillatorNode(audio, { type: "square", frequency: pulse.hertz });
  tone.connect(new GainNode(audio, { gain: 0.08 })).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + pulse.on);
  tones.push(tone);
}

function endPulse() {
  showLight(false);
  showBuzzer(false);
}

function showContact(down) {
  mockButton.classList.toggle("down", down);
  byId("mock-contact").textContent = down ? "down" : "up";
}

function showBuzzer(on) {
  byId("mock-buzzer").textContent = on ? "on" : "off";
  byId("mock-sounder").classList.toggle("on", on);
}

function showLight(on) {
  mockButton.classList.toggle("lit", on);
  byId("mock-light").textContent = on ? "on" : "off";
}

// Show what the pins say of button and fault; gives all that they say.
async function readPins() {
  const answer = await fetch("/api/mock").catch(() => undefined);
  if (!answer?.ok) return undefined;
  const pins = await answer.json();
  for (const part of ["button", "buzzer", "light"]) {
    const { pin } = pins[part];
    byId(`mock-${part}-pin`).textContent = pin === null ? "none" : `GPIO${pin}`;
  }
  showContact(pins.button.down);
  document.querySelector(`[name=fault][value=${pins.fault}]`).checked = true;
  return pins;
}

// Whether the panel is folded away is remembered for the tab.
const FOLDED = "mock-panel-folded";
const mockFold = document.querySelector("#mock-panel details");
mockFold.open = sessionStorage.getItem(FOLDED) === null;
mockFold.addEventListener("toggle", () => {
  if (mockFold.open) sessionStorage.removeItem(FOLDED);
  else sessionStorage.setItem(FOLDED, "yes");
});
