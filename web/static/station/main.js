// The station's page: shows what the server renders, counts down between its events, and sends what
// touch and keyboard do. The session itself lives on the server.
//
// The files of this folder are ES modules. The server joins those that a page needs into one script
// (web/assets.py says what that asks of them).

import { keepAwake } from "./awake.js";
import { flash } from "./cues.js";
import { byId, screen } from "./dom.js";
import { turnFacts } from "./facts.js";
import { beginAsBefore, fitSoon } from "./fit.js";
import { takeInput } from "./input.js";
import { showNumbers } from "./numbers.js";
import { showPress } from "./ring.js";
import { connect, listen } from "./stream.js";

let shownHtml = null;
let shownVersion = null;

function show(event) {
  const other = event.html !== shownHtml;
  shownVersion = event.version;
  if (other) swap(event.html);
  showNumbers(event);
  if (other) fitSoon(tellVersion);
  else tellVersion();
  showPress(event.clock.pressed, event.held);
  if (event.cue) flash(event.cue);
}

function swap(html) {
  screen.innerHTML = html;
  shownHtml = html;
  const view = screen.firstElementChild;
  beginAsBefore(view);
  byId("announce").textContent = view?.dataset.announce ?? "";
  turnFacts();
}

// Which version of the session the page shows, for the tests.
function tellVersion() {
  document.body.dataset.version = shownVersion;
}

listen(show);
takeInput();
keepAwake();
connect();
