// The mock panel beside the screen: drives the mock's pins, and lets its buzzer be heard.

import { post } from "./station.js";

const $ = (id) => document.getElementById(id);
const round = $("mock-button");
let sound = null;
let playing = [];
let timers = [];

function level(down) {
  round.classList.toggle("down", down);
  return post("/api/mock/button", { level: down ? "down" : "up" });
}

let held = false;
round.addEventListener("pointerdown", (event) => {
  round.setPointerCapture(event.pointerId);
  sound ??= new AudioContext();
  held = true;
  level(true);
});
for (const name of ["pointerup", "pointercancel"]) {
  round.addEventListener(name, () => {
    if (held) level(false);
    held = false;
  });
}
round.addEventListener("keydown", (event) => {
  if ((event.key === " " || event.key === "Enter") && !event.repeat) level(true);
});
round.addEventListener("keyup", (event) => {
  if (event.key === " " || event.key === "Enter") level(false);
});

for (const radio of document.querySelectorAll("[name=fault]")) {
  radio.addEventListener("change", () => post("/api/mock/fault", { fault: radio.value }).then(read));
}

document.addEventListener("station", ({ detail }) => {
  cut();
  light(detail.light);
  if (detail.cue) play(detail.cue, detail.light);
  read();
});

function cut() {
  timers.forEach(clearTimeout);
  playing.forEach((tone) => tone.stop());
  timers = [];
  playing = [];
  sounding(false);
}

function sounding(on) {
  $("mock-buzzer").textContent = on ? "on" : "off";
  $("mock-sounder").classList.toggle("on", on);
}

function play(cue, rest) {
  let at = 0;
  for (const pulse of cue.pulses) {
    timers.push(setTimeout(() => pulseOn(pulse), at * 1000));
    at += pulse.on;
    timers.push(setTimeout(pulseOff, at * 1000));
    at += pulse.off;
  }
  timers.push(setTimeout(() => light(rest), at * 1000 + 1));
}

function pulseOn(pulse) {
  light(true);
  sounding(true);
  if (!sound || !$("mock-sound").checked) return;
  const tone = new OscillatorNode(sound, { type: "square", frequency: pulse.hertz });
  tone.connect(new GainNode(sound, { gain: 0.08 })).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + pulse.on);
  playing.push(tone);
}

function pulseOff() {
  light(false);
  sounding(false);
}

function light(on) {
  round.classList.toggle("lit", on);
  $("mock-light").textContent = on ? "on" : "off";
}

async function read() {
  const answer = await fetch("/api/mock").catch(() => undefined);
  if (!answer?.ok) return;
  const pins = await answer.json();
  const name = (part) => (part.pin === null ? "none" : `GPIO${part.pin}`);
  $("mock-pins").textContent = `${name(pins.button)} ${name(pins.buzzer)} ${name(pins.light)}`;
  round.classList.toggle("down", pins.button.down);
  document.querySelector(`[name=fault][value=${pins.fault}]`).checked = true;
}
