// Asks the station to do something, and tells what it says to that.

import { post } from "../station/post.js";

const PATIENCE = 20_000; // ms; a small computer takes seconds to change a PIN

// What the station answers to `body` at `path`; as `error`, why it does not do it.
export async function ask(path, body) {
  const answer = await post(path, body, PATIENCE);
  if (!answer) return { error: "The station does not answer." };
  return answer.json().catch(() => ({ error: `The station refuses it (${answer.status}).` }));
}
