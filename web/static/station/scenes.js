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
  sceneTimer = setInterval(() => {
    showScene(view, Number(view.dataset.scene) + 1);
    fit(view);
  }, SCENE);
}

// Show a scene of `view` in its own language, with one of its facts by chance, unless it shows one.
export function showFirstScene(view) {
  if (view.querySelector(".facts") === null || view.dataset.scene !== undefined) return;
  const facts = view.querySelectorAll(".facts li").length;
  showScene(view, Math.floor(Math.random() * facts) * 2);
}

// Scenes with an even number have the station's own language.
export function showScene(view, number) {
  const invitations = [...view.querySelectorAll(".say[data-invitation]")];
  const own = invitations.length === 0 || number % 2 === 0;
  const round = invitations.length === 0 ? number : Math.floor(number / 2);
  const code = own ? null : invitations[round % invitations.length].dataset.invitation;
  view.dataset.scene = number;
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
