// Updates: tells what lies there and how it goes, sends files in pieces, and asks for the
// installation.

import { ask } from "./ask.js";
import "./leave.js";

const AGAIN = 2000; // ms between two looks while an update goes on, or a session is waited for
const ENDS = ["done", "refused", "failed", "fell-back"];

const byId = (id) => document.getElementById(id);
const state = byId("state");
let asked = 0; // until when a just wanted update is looked for, in ms of the page's clock

function say(text) {
  byId("said").textContent = text;
}

async function tellState() {
  const answer = await fetch("/staff/updates/state").catch(() => undefined);
  if (answer?.redirected) location.replace("/staff/enter"); // nobody is signed in any more
  else if (answer?.ok) state.innerHTML = await answer.text();
  const stage = byId("result")?.dataset.stage;
  const goesOn = stage !== undefined && !ENDS.includes(stage);
  if (goesOn || performance.now() < asked || !answer?.ok) setTimeout(tellState, AGAIN);
}

state.addEventListener("click", async (event) => {
  if (event.target.id !== "install") return;
  event.target.disabled = true;
  const told = await ask("/staff/updates/install", {});
  say(told.error ?? "It is being installed. Whoever is signed in is signed out when it starts.");
  event.target.disabled = told.error === undefined;
  asked = performance.now() + 5 * AGAIN;
  if (told.error === undefined) setTimeout(tellState, AGAIN);
});

function base64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

// Send a file piece by piece. What is wrong with it is thrown.
async function send(file, size) {
  const tell = async (path, body) => {
    const told = await ask(path, body);
    if (told.error) throw new Error(told.error);
  };
  await tell("/staff/updates/begin", { name: file.name, size: file.size });
  for (let offset = 0; offset < file.size; offset += size) {
    const piece = new Uint8Array(await file.slice(offset, offset + size).arrayBuffer());
    await tell("/staff/updates/piece", { name: file.name, offset, content: base64(piece) });
    say(`${file.name}: ${Math.round((100 * (offset + piece.length)) / file.size)} %`);
  }
}

byId("files")?.addEventListener("change", async (event) => {
  const input = event.target;
  input.disabled = true;
  try {
    for (const file of input.files) await send(file, Number(input.dataset.piece));
    say("All is here.");
  } catch (problem) {
    say(problem.message);
  }
  input.value = "";
  input.disabled = false;
  tellState();
});

tellState();
