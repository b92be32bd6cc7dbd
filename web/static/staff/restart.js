// Asks for a restart, once it was confirmed.

import { ask } from "./ask.js";
import "./leave.js";

const button = document.getElementById("restart");

button.addEventListener("click", async () => {
  button.disabled = true;
  const told = await ask(`/staff/restart/${button.dataset.what}`, {});
  document.getElementById("said").textContent = told.error ?? "It restarts now.";
  button.disabled = told.error === undefined;
});
