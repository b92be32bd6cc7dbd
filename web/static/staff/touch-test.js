// Fields that fill the screen, and each turns bright when a finger is felt there. Once all are, the
// touch works.

import { keep } from "./test-answer.js";
import "./leave.js";

const PAUSE = 5000; // ms without a new field after which one that does not react is expected
const WIDTH = 3; // fields that the key covers

const fields = document.getElementById("fields");
const giveUp = document.getElementById("give-up");
const cells = [...fields.querySelectorAll("i")];
const columns = Number(fields.dataset.columns);
const rows = Number(fields.dataset.rows);
let waiting = 0;

const isFelt = (cell) => cell.classList.contains("felt");

function feel(event) {
  if (event.buttons === 0) return; // a mouse that only passes by
  const box = fields.getBoundingClientRect();
  for (const { clientX, clientY } of [event, ...event.getCoalescedEvents()]) {
    const column = Math.floor((columns * (clientX - box.left)) / box.width);
    const row = Math.floor((rows * (clientY - box.top)) / box.height);
    const isInside = column >= 0 && column < columns && row >= 0 && row < rows;
    if (isInside) mark(cells[row * columns + column]);
  }
}

function mark(cell) {
  if (isFelt(cell)) return;
  cell.classList.add("felt");
  giveUp.hidden = true;
  waitForNext();
  if (cells.every(isFelt)) keep(true);
}

function waitForNext() {
  clearTimeout(waiting);
  waiting = setTimeout(offerToGiveUp, PAUSE);
}

// The key lies where touches have been felt, so that it can be touched; if there is no such place,
// in the middle.
function offerToGiveUp() {
  let place = Math.floor(rows / 2) * columns + Math.floor((columns - WIDTH) / 2);
  for (let first = 0; first < cells.length; first++) {
    const isInRow = (first % columns) + WIDTH <= columns;
    if (isInRow && cells.slice(first, first + WIDTH).every(isFelt)) place = first;
  }
  giveUp.style.gridRow = String(Math.floor(place / columns) + 1);
  giveUp.style.gridColumn = `${(place % columns) + 1} / span ${WIDTH}`;
  giveUp.hidden = false;
}

document.getElementById("run")?.addEventListener("click", () => {
  fields.style.gridTemplate = `repeat(${rows}, 1fr) / repeat(${columns}, 1fr)`;
  fields.hidden = false;
  waitForNext();
});
for (const kind of ["pointerdown", "pointermove"]) fields.addEventListener(kind, feel);
fields.addEventListener("contextmenu", (event) => event.preventDefault());
giveUp.addEventListener("click", () => {
  const missed = cells.filter((cell) => !isFelt(cell)).length;
  if (missed > 0) keep(false, { missed });
});
