// The station's page: shows what the server renders, counts down between its events, and sends what
// touch and keyboard do. The session itself lives on the server.
//
// The files of this folder are ES modules. The server joins those that a page needs into one script
// (web/assets.py says what that asks of them).

import { keepAwake } from "./awake.js";
import { flash } from "./cues.js";
import { byId, screen } from "./dom.js";
import { beginAsBefore, fitSoon } from "./fit.js";
import { finishChange, foresee, showForeseen } from "./foresee.js";
import { takeInput } from "./input.js";
import { adoptMovements } from "./movements.js";
import { runBars, showNumbers } from "./numbers.js";
import { showPress } from "./ring.js";
import { turnScenes } from "./scenes.js";
import { connect, listen, listenAhead } from "./stream.js";

let shownKey = null; // names the screen that is shown
let shownVersion = null;

function show(event) {
  finishChange();
  const another = event.screen !== shownKey;
  shownKey = event.screen;
  shownVersion = event.version;
  if (another && showForeseen(event.screen, () => begin(event, another))) {
    showNumbers(event);
    tellVersion();
  } else {
    if (another) replaceScreen(event.html, event.movements);
    showNumbers(event);
    begin(event, another);
    if (another) fitSoon(tellVersion);
    else tellVersion();
  }
}

function replaceScreen(html, movements) {
  adoptMovements(movements);
  screen.innerHTML = html;
  beginAsBefore(screen.firstElementChild);
}

// Begin what goes with `event` besides the screen itself, and with a new screen if it is one.
function begin(event, another) {
  if (another) {
    const view = screen.firstElementChild;
    speakAs(view);
    byId("announce").textContent = view.dataset.announce;
    turnScenes(view);
  }
  runBars();
  showPress(event.clock.pressed, event.held);
  if (event.cue) flash(event.cue);
}

// Let the page around `view` follow its language: for screen readers, and for what is said besides.
function speakAs(view) {
  const page = document.documentElement;
  if (page.lang === view.lang) return;
  page.lang = view.lang;
  page.dir = view.dir;
  byId("offline").textContent = view.dataset.connecting;
}

// Which version of the session the page shows, for the tests.
function tellVersion() {
  document.body.dataset.version = shownVersion;
}

listen(show);
listenAhead(foresee);
takeInput(screen.parentElement);
keepAwake();
connect();
