// The attract screen's scenes, one after the other: a fact with the station's own invitation, and, if
// other languages are offered, the invitation in one of them in every other scene.

import { fit } from "./fit.js";

// How long (ms) one scene is shown: just short of the fading in css/screens/attract.css (10 s), which
// leaves the screen dark from there on.
const SCENE = 9_600;

let sceneTimer = 0;

// Begin anew with the scenes of `view`, the one that is shown now, if it has any.
export function turnScenes(view) {
  clearInterval(sceneTimer);
  showFirstScene(view);
  if (view.dataset.scene === undefined) return;
  sceneTimer = setInterval(async () => {
    await showScene(view, Number(view.dataset.scene) + 1);
    fit(view);
  }, SCENE);
}

// Show a scene of `view` in its own language, with one of its facts by chance, unless it shows one.
export function showFirstScene(view) {
  if (view.querySelector(".facts") === null || view.dataset.scene !== undefined) return;
  const facts = view.querySelectorAll(".facts li").length;
  showScene(view, Math.floor(Math.random() * facts) * 2);
}

// Scenes with an even number have the station's own language, and so has one whose invitation does not
// come.
export async function showScene(view, number) {
  const languages = view.dataset.invitations?.split(" ") ?? [];
  const round = languages.length === 0 ? number : Math.floor(number / 2);
  const wanted = number % 2 === 0 ? undefined : languages[round % languages.length];
  view.dataset.scene = number;
  const code = wanted !== undefined && (await fetchInvitation(view, wanted)) ? wanted : null;
  const own = code === null;
  for (const part of view.querySelectorAll(".own")) part.classList.toggle("unseen", !own);
  for (const part of view.querySelectorAll("[data-invitation]")) {
    part.hidden = part.dataset.invitation !== code;
  }
  for (const name of view.querySelectorAll(".names button")) {
    name.classList.toggle("invited", name.lang === code);
  }
  const facts = [...view.querySelectorAll(".facts li")];
  facts.forEach((fact, place) => fact.classList.toggle("on", place === round % facts.length));
  // The whole layout is mirrored and moved, so that no pixel stays lit.
  view.classList.toggle("mirrored", round % 2 === 1);
  view.classList.toggle("again", number % 2 === 1);
}

// Put the invitation in the language `code` into `view`, unless it is there. Tells whether it is.
async function fetchInvitation(view, code) {
  if (view.querySelector(`[data-invitation="${code}"]`) !== null) return true;
  const html = await fetch(`/invitation/${code}`, { signal: AbortSignal.timeout(3000) })
    .then((answer) => (answer.ok ? answer.text() : ""))
    .catch(() => "");
  if (html === "") return false;
  const parts = document.createElement("template");
  parts.innerHTML = html;
  view.querySelector(".show").before(parts.content.querySelector(".say"));
  view.querySelector(".foot").append(parts.content.querySelector(".here"));
  return true;
}
