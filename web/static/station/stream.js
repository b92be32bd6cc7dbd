// The stream of the station's events. Each event is a full snapshot, so a page that has lost the
// stream is right again with the first event of the next one.

import { byId } from "./dom.js";

// Without a word from the server for this long (ms), the stream is dead even if it looks open. The
// server says something every 5 s.
const SILENCE = 12_000;

// How long (ms) a stream may be away before the page says so: most come back sooner by themselves.
const AWAY_UNTOLD = 2000;

const LOOK_EVERY = 1000; // ms

const listeners = [];
const aheadListeners = [];
let source = null;
let openedAt = 0;
let heardAt = 0;

// Have `listener` called with every event from now on.
export function listen(listener) {
  listeners.push(listener);
}

// Have `listener` called with every screen that is sent ahead from now on.
export function listenAhead(listener) {
  aheadListeners.push(listener);
}

// Open the stream, and another one whenever it turns out to be dead.
export function connect() {
  heardAt = performance.now();
  openStream();
  setInterval(watchStream, LOOK_EVERY);
}

function openStream() {
  source?.close();
  source = new EventSource("/events");
  openedAt = performance.now();
  source.onmessage = (message) => {
    hear();
    const event = JSON.parse(message.data);
    for (const listener of listeners) listener(event);
  };
  source.addEventListener("foreseen", (message) => {
    hear();
    const event = JSON.parse(message.data);
    for (const listener of aheadListeners) listener(event);
  });
  source.addEventListener("page", (message) => {
    if (JSON.parse(message.data).edition !== document.body.dataset.edition) location.reload();
  });
  source.addEventListener("beat", hear);
}

function hear() {
  heardAt = performance.now();
  byId("offline").hidden = true;
}

// A browser gives a stream up for good after some errors, and can sleep through a dead one.
function watchStream() {
  const now = performance.now();
  const dead = now - Math.max(heardAt, openedAt) > SILENCE;
  const away = source.readyState !== EventSource.OPEN && now - heardAt > AWAY_UNTOLD;
  if (dead || away) byId("offline").hidden = false;
  if (dead || source.readyState === EventSource.CLOSED) openStream();
}
