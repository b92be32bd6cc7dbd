// The station's page: shows what the server renders, counts down between its events, and sends
// what touch and keyboard do. The session itself lives on the server.

const $ = (id) => document.getElementById(id);
const screen = $("screen");
const REDUCED = matchMedia("(prefers-reduced-motion: reduce)");

// Without a word from the server for this long, the stream is dead even if it looks open.
const SILENCE = 12_000;
const HELD = 1200;
// A tap is over before this, and never shows the ring: its frame would delay that of the next screen.
const RING_AFTER = 100;

let latest = null; // the last event
let latestAt = 0; // performance.now() when it came
let shownHtml = null;
let frame = 0;

// --- what the server says ------------------------------------------------------------------------

let source = null;
let heard = 0;

function connect() {
  source?.close();
  source = new EventSource("/events");
  heard = performance.now();
  source.onmessage = (event) => {
    hear();
    show(JSON.parse(event.data));
  };
  source.addEventListener("beat", hear);
}

function hear() {
  heard = performance.now();
  $("offline").hidden = true;
}

// A browser gives a stream up for good after some errors, and can sleep through a dead one.
setInterval(() => {
  const silent = performance.now() - heard > SILENCE;
  if (silent || source.readyState !== EventSource.OPEN) {
    $("offline").hidden = !silent && performance.now() - heard < 2000;
    if (silent || source.readyState === EventSource.CLOSED) connect();
  }
}, 1000);

function show(event) {
  latest = event;
  latestAt = performance.now();
  const other = event.html !== shownHtml;
  if (other) swap(event.html);
  drawBar();
  drawClock();
  if (other) fitting.port2.postMessage(null);
  else document.body.dataset.version = event.version;
  ring(event.clock.pressed);
  if (event.cue) flash(event.cue);
  document.dispatchEvent(new CustomEvent("station", { detail: event }));
}

function swap(html) {
  // Left running, the motion of a bar that is gone would cost a whole frame sixty times a second.
  barMotion?.cancel();
  screen.innerHTML = html;
  shownHtml = html;
  const view = screen.firstElementChild;
  const level = levels.get(view?.className);
  if (level) view.dataset.fit = level;
  $("announce").textContent = view?.dataset.announce ?? "";
  armFacts();
}

// --- room for every text ---------------------------------------------------------------------------

// The letters for the mat never shrink. Where the texts are too long for them, other things make
// way, one level after the other (see the style sheet), until it fits.
const LEVELS = 3;
const TURNED = document.body.matches("[class*=turned]");

// In a task of its own, once a new screen has all its texts: so it is laid out only once, and a slow
// processor can hear the button between reading it and laying it out.
const fitting = new MessageChannel();
fitting.port1.onmessage = () => {
  fit();
  document.body.dataset.version = latest.version;
};

// What a kind of screen needed the last time, for a frame that comes before it has been measured.
const levels = new Map();

function fit() {
  const view = screen.firstElementChild;
  if (!view) return;
  view.removeAttribute("data-fit");
  if (TURNED) document.body.classList.add("measuring"); // as if it hung upright: boxes have a bottom
  for (let level = 1; level <= LEVELS && crowded(view); level++) view.dataset.fit = level;
  document.body.classList.remove("measuring");
  levels.set(view.className, view.dataset.fit);
}

function crowded(view) {
  const { bottom, height } = view.getBoundingClientRect();
  if (view.lastElementChild.getBoundingClientRect().bottom > bottom + 1) return true;
  const show = view.querySelector(".show");
  const room = show.getBoundingClientRect();
  return [...show.children].some((part) => {
    const box = part.getBoundingClientRect();
    if (box.height === 0 || getComputedStyle(part).position === "absolute") return false;
    if (part.matches(".picture") && box.height < height * LEAST_PICTURE) return true;
    return box.top < room.top - 1 || box.bottom > room.bottom + 1 || box.right > room.right + 1;
  });
}

// A smaller picture than this share of the screen's height shows nothing.
const LEAST_PICTURE = 0.12;

new ResizeObserver(fit).observe(screen);
document.fonts.ready.then(fit);

// --- the running numbers -------------------------------------------------------------------------

const text = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function elapsed() {
  return ((performance.now() - latestAt) / 1000) * latest.speed;
}

function drawClock() {
  clearTimeout(frame);
  const { clock, ledger } = latest;
  const passed = clock.running ? elapsed() : 0;
  const left = clock.remaining === null ? null : Math.max(0, clock.remaining - passed);
  for (const element of screen.querySelectorAll("[data-remaining]")) {
    // Shows 1 until the last second is over, as a countdown is read aloud.
    if (left !== null) setText(element, text(Math.ceil(left - 1e-3)));
  }
  for (const element of screen.querySelectorAll("[data-ledger]")) {
    const side = element.dataset.ledger;
    const growing = clock.counting === side ? Math.min(passed, clock.remaining) : 0;
    setText(element, text(Math.floor(ledger[side] + growing + 1e-3)));
  }
  if (clock.running && left > 0) {
    const toNext = left - Math.ceil(left - 1) || 1;
    frame = setTimeout(drawClock, Math.max(8, (toNext * 1000) / latest.speed));
  }
}

function setText(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

let barMotion = null;
let fillMotion = null;

// Both run on the compositor: the bar to its end, and what fills up of the side that is worked on.
function drawBar() {
  const { clock, ledger } = latest;
  barMotion?.cancel();
  fillMotion?.cancel();
  const duration = clock.running ? (clock.remaining * 1000) / latest.speed : 0;
  const bar = screen.querySelector("[data-bar]");
  if (bar && clock.remaining !== null) {
    const from = `scaleX(${clock.remaining / clock.total})`;
    bar.style.transform = from;
    barMotion = glide(bar, from, "scaleX(0)", duration);
  }
  for (const element of screen.querySelectorAll("[data-fill]")) {
    const { fill: side, of } = element.dataset;
    const filled = (seconds) => `translateX(${Math.min(0, (seconds / of - 1) * 100)}%)`;
    const from = filled(ledger[side]);
    element.style.transform = from;
    if (clock.counting === side) {
      fillMotion = glide(element, from, filled(ledger[side] + clock.remaining), duration);
    }
  }
}

function glide(element, from, to, duration) {
  if (duration === 0) return null;
  return element.animate({ transform: [from, to] }, { duration, fill: "forwards" });
}

// --- what is seen of cues and of the button ------------------------------------------------------

let flashMotion = null;

function flash(cue) {
  const element = $("flash");
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

let filling = null;
let ringing = 0;

function ring(pressed) {
  if (pressed === null) {
    clearTimeout(ringing);
    ringing = 0;
    filling?.cancel();
    $("ring").classList.remove("on");
  } else if (!ringing) {
    const down = performance.now() - pressed * 1000;
    ringing = setTimeout(fillRing, Math.max(0, RING_AFTER - pressed * 1000), down);
  }
}

function fillRing(down) {
  $("ring").classList.add("on");
  filling = $("ring")
    .querySelector(".fill")
    .animate({ strokeDashoffset: [100, 0] }, { duration: HELD, fill: "forwards" });
  filling.currentTime = performance.now() - down;
}

// --- why facts, one after the other ----------------------------------------------------------------

let factTimer = 0;

// Just short of the fading in the style sheet, which leaves the screen dark until then.
const SCENE = 9_600;

function armFacts() {
  clearInterval(factTimer);
  const facts = [...screen.querySelectorAll(".facts li")];
  if (facts.length === 0) return;
  let turn = Math.floor(Math.random() * facts.length);
  const next = () => {
    facts.forEach((fact, number) => fact.classList.toggle("on", number === turn % facts.length));
    // The whole layout is mirrored and moved, so that no pixel stays lit.
    screen.firstElementChild.classList.toggle("mirrored", turn % 2 === 1);
    turn++;
  };
  next();
  factTimer = setInterval(next, SCENE);
}

// --- what touch and keyboard say -------------------------------------------------------------------

let sending = Promise.resolve();

// One after the other: an "up" that overtook its "down" would leave the button held.
export function post(path, body) {
  const answer = sending.then(() =>
    fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(3000),
    }).catch(() => undefined), // the stream shows that the server is away
  );
  sending = answer;
  return answer;
}

const button = (action) => post("/api/button", { action });

let touching = null; // the pointer that is the button now
let choosing = null; // the control that a pointer went down on

screen.addEventListener("pointerdown", (event) => {
  choosing = event.target.closest("[data-choose]");
  if (choosing || touching !== null || event.button > 0) return;
  touching = event.pointerId;
  ring(0);
  button("down");
});

for (const name of ["pointerup", "pointercancel"]) {
  addEventListener(name, (event) => {
    if (event.pointerId !== touching) return;
    touching = null;
    ring(null);
    button("up");
  });
}

screen.addEventListener("click", (event) => {
  const control = event.target.closest("[data-choose]");
  // What a touch has just brought under the finger was not meant by it.
  const meant = control && (control === choosing || event.detail === 0);
  choosing = null;
  if (!meant) return;
  const { choose, value } = control.dataset;
  post("/api/choose", { [choose]: choose === "seconds" ? Number(value) : value });
});

const KEYS = new Set([" ", "Enter", "PageDown"]);
let key = null;

addEventListener("keydown", (event) => {
  const onControl = event.target.closest?.("button, input, [data-choose]");
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Backspace") {
    event.preventDefault();
    post("/api/back", {});
  } else if (KEYS.has(event.key) && key === null && !(onControl && event.key !== "PageDown")) {
    event.preventDefault();
    key = event.key;
    ring(0);
    button("down");
  }
});

addEventListener("keyup", (event) => {
  if (event.key === key) release();
});
addEventListener("blur", release);

function release() {
  if (key === null) return;
  key = null;
  ring(null);
  button("up");
}

addEventListener("contextmenu", (event) => event.preventDefault());

// A panel that sleeps cannot be read from the mat.
async function stayAwake() {
  if (document.visibilityState === "visible") {
    await navigator.wakeLock?.request("screen").catch(() => undefined);
  }
}
document.addEventListener("visibilitychange", stayAwake);
REDUCED.addEventListener("change", () => latest && drawBar());

stayAwake();
connect();
