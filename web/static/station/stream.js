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
const anewListeners = [];
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

// Have `listener` called each time that a stream begins: the station may be another one since then.
export function listenAnew(listener) {
  anewListeners.push(listener);
}

// Tell all of `told`. One that fails keeps nobody else from hearing.
function tell(told, event) {
  for (const listener of told) {
    try {
      listener(event);
    } catch (problem) {
      reportError(problem);
    }
  }
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
    tell(listeners, JSON.parse(message.data));
  };
  source.addEventListener("foreseen", (message) => {
    hear();
    tell(aheadListeners, JSON.parse(message.data));
  });
  source.addEventListener("page", (message) => {
    const event = JSON.parse(message.data);
    if (event.edition !== document.body.dataset.edition) location.reload();
    tell(anewListeners, event);
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
