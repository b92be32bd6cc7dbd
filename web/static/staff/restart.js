// Asks for a restart, once it was confirmed.

import { post } from "../station/post.js";
import "./leave.js";

const button = document.getElementById("restart");

button.addEventListener("click", async () => {
  button.disabled = true;
  const answer = await post(`/staff/restart/${button.dataset.what}`, {});
  const told = answer ? await answer.json() : { error: "The station does not answer." };
  document.getElementById("said").textContent = told.error ?? "It restarts now.";
  button.disabled = told.error === undefined;
});
