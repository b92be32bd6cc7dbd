// What is seen of a cue: the edge of the screen lights up in the cue's own pattern.

import { byId } from "./dom.js";

let flashMotion = null;

export function flash(cue) {
  const element = byId("flash");
  element.dataset.cue = cue.name;
  const total = cue.pulses.reduce((sum, pulse) => sum + pulse.on + pulse.off, 0);
  const frames = [];
  let at = 0;
  for (const pulse of cue.pulses) {
    frames.push({ opacity: 1, offset: at / total, easing: "step-end" });
    at += pulse.on;
    if (at < total) frames.push({ opacity: 0, offset: at / total, easing: "step-end" });
    at += pulse.off;
  }
  frames.push({ opacity: 0, offset: 1 });
  // Kept at hand: to ask the element for its motions would lay out the new screen once more.
  flashMotion?.cancel();
  flashMotion = element.animate(frames, { duration: total * 1000 });
}
