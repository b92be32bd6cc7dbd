// The way out: signs out, and leads back to where members are, or to the keypad.
//
// At the panel the staff area is a frame over the station's page, which then does all of this itself
// (area.js).

import { ask } from "./ask.js";

if (parent === window) {
  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-leave]") === null) return;
    const told = await ask("/staff/sign-out", {});
    location.replace(told.go ?? "/staff/");
  });
}
