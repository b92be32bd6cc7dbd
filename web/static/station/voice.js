// The voice: plays the sentences that an event names, once its cue is over. A newer cue or sentence cuts
// them off, and what would come too late is dropped.

import "./main.js";
import { listen, listenAhead, listenAnew } from "./stream.js";

// A sentence that could begin only so much later (ms) than it should is not said.
const LATEST = 300;

// A screen that sleeps loses so much (ms) of the first sound that it gets.
const WAKING = 500;

// How many sentences are kept ready to be played.
const MOST_READY = 24;

const speech = new AudioContext();
const volume = new GainNode(speech);
const ready = new Map(); // by name, the promise of the sound, which is null if it did not come
let speaking = []; // the sounds that play, or are to play
let wokenAt = null; // when the sound came on: performance.now(), null while it is off
let turn = 0; // counts the events, so that a sentence knows when another has taken its place

volume.connect(speech.destination);
// Chromium gives the device up after half a minute of silence. This tone, which is too low and too
// quiet to be heard, keeps it.
const hum = new OscillatorNode(speech, { frequency: 20 });
hum.connect(new GainNode(speech, { gain: 1e-5 })).connect(speech.destination);
hum.start();

// A browser that is not the kiosk's lets a page make sounds only once somebody has touched it.
for (const touch of ["pointerdown", "keydown"]) {
  addEventListener(touch, () => wokenAt !== null && speech.resume(), { capture: true });
}

async function fetchSound(clip) {
  try {
    const answer = await fetch(`/voice/${clip}`);
    if (answer.ok) return await speech.decodeAudioData(await answer.arrayBuffer());
  } catch {
    // The station is away, or the file is damaged: the sentence is not said.
  }
  ready.delete(clip); // it may come the next time
  return null;
}

function soundOf(clip) {
  if (!ready.has(clip)) ready.set(clip, fetchSound(clip));
  const sound = ready.get(clip);
  ready.delete(clip); // and in again, as the one that was used last
  ready.set(clip, sound);
  if (ready.size > MOST_READY) ready.delete(ready.keys().next().value);
  return sound;
}

function keepSoundOn(on) {
  if (!on) {
    wokenAt = null;
    speech.suspend();
  } else if (wokenAt === null) {
    wokenAt = performance.now();
    speech.resume();
  }
}

function cutOff() {
  turn += 1;
  for (const sound of speaking) sound.stop();
  speaking = [];
}

async function say({ clips, after, volume: percent }) {
  const mine = turn;
  const due = Math.max(performance.now() + after * 1000, wokenAt + WAKING);
  volume.gain.value = (percent / 100) ** 2; // the ear takes a quarter of the power for half as loud
  const [, ...sounds] = await Promise.all([speech.resume(), ...clips.map(soundOf)]);
  const early = due - performance.now();
  if (mine !== turn || early < -LATEST) return;
  let at = speech.currentTime + Math.max(0, early) / 1000;
  for (const buffer of sounds.filter(Boolean)) {
    const sound = new AudioBufferSourceNode(speech, { buffer });
    sound.connect(volume);
    sound.start(at);
    speaking.push(sound);
    at += buffer.duration;
  }
}

listen((event) => {
  keepSoundOn(event.status !== "attract");
  if (event.voice.stop) cutOff();
  if (event.voice.clips.length > 0) say(event.voice);
});
listenAhead((event) => event.clips.forEach(soundOf));
listenAnew(() => ready.clear()); // the station may have other sounds by now
