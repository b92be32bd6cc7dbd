// The kiosk's page only: tells the station that this page still paints. If it no longer does, the
// station has the browser started anew.

import "./main.js"; // a page without it shows nothing, and must not say that it does

const TELL_EVERY = 10_000; // ms

// Only a page whose script runs and whose frames are drawn comes to the request. It does not go
// through the queue of the presses, so that none of them waits for it.
function tellPainted() {
  requestAnimationFrame(() =>
    fetch("/api/painted", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
      signal: AbortSignal.timeout(3000),
    }).catch(() => undefined), // the station is away; the next one tells
  );
}

tellPainted();
setInterval(tellPainted, TELL_EVERY);
