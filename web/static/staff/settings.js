// The settings: what was changed is kept here until it is saved, and only that is sent.

import { ask } from "./ask.js";
import "./keyboard.js";
import "./leave.js";

const SAMPLE_PART = 0.0758; // of the screen's diagonal: letters for the mat, at 2 m on 7 inches
const AGAIN = 500; // ms between two questions whether the station is back

const byId = (id) => document.getElementById(id);
const settings = byId("settings");
const changes = new Map();

// What a row says now.
const READ = {
  switch: (row) => row.querySelector(".switch").ariaChecked === "true",
  buttons: (row) => JSON.parse(row.querySelector('[aria-pressed="true"]')?.dataset.value ?? "null"),
  stepper: (row) => Number(row.querySelector(".stepper").dataset.value),
  list: (row) =>
    [...row.querySelectorAll('.pick[aria-pressed="true"]')].map(
      (pick) => pick.parentElement.dataset.value,
    ),
  text: (row) => row.querySelector("input").value.trim() || null,
};

READ.folded = READ.buttons;

const read = (row) => READ[row.dataset.kind](row);

const before = new Map(); // what each row said when it was last saved, as JSON

function noteAsBefore(row) {
  before.set(row.dataset.name, JSON.stringify(read(row)));
}

function noteChange(row) {
  const { name } = row.dataset;
  const value = read(row);
  if (JSON.stringify(value) === before.get(name)) changes.delete(name);
  else changes.set(name, value);
  tell("");
  showSample();
}

// Say something beside the buttons that save and discard, which are there only if they are needed.
function tell(said, isError = false) {
  byId("said").textContent = said || (changes.size === 1 ? "1 change" : `${changes.size} changes`);
  byId("said").className = isError ? "said" : "";
  byId("save").hidden = changes.size === 0 && !said;
  byId("write").disabled = byId("discard").disabled = changes.size === 0;
}

function press(row, button) {
  for (const each of row.querySelectorAll(".buttons button")) each.ariaPressed = each === button;
  const folded = row.querySelector("details");
  if (!folded) return;
  folded.querySelector("summary span").textContent = button.textContent;
  folded.open = false;
}

function pick(row, button) {
  button.ariaPressed = button.ariaPressed !== "true";
  const all = row.querySelectorAll(".pick");
  row.querySelector("summary span").textContent = `${read(row).length} of ${all.length}`;
}

function step(box, by) {
  const { low, high, value } = box.dataset;
  const size = Number(box.dataset.step);
  let next = Math.round((Number(value) + by * size) / size) * size;
  next = Math.min(Number(high), Math.max(Number(low), next));
  box.dataset.value = String(Math.round(next * 100) / 100);
  box.querySelector("output").textContent = box.dataset.value;
}

settings.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = button?.closest(".row");
  if (!row) return;
  if (button.role === "switch") button.ariaChecked = button.ariaChecked !== "true";
  else if (button.dataset.by) step(button.parentElement, Number(button.dataset.by));
  else if (button.matches(".pick")) pick(row, button);
  else if (button.dataset.move !== undefined) moveUp(button.parentElement);
  else press(row, button);
  noteChange(row);
});

function moveUp(item) {
  item.previousElementSibling?.before(item);
}

settings.addEventListener("input", (event) => noteChange(event.target.closest(".row")));

// Letters as large as a headline would be with what is set now, on this very screen.
function showSample() {
  if (!byId("sample")) return; // only the station's own screen can show it
  const number = (name) => {
    const row = settings.querySelector(`[data-name="screen.${name}"]`);
    return row ? read(row) : 0;
  };
  const distance = number("viewing_distance_m");
  const inches = number("screen_inches");
  const diagonal = Math.hypot(screen.width, screen.height);
  const size = diagonal * SAMPLE_PART * (distance / 2) * (7 / inches);
  byId("sample").style.fontSize = `${size}px`;
  byId("sample-words").textContent =
    `On a screen of ${inches} inches, headlines are so large. Lie down on the mat: can you read it?`;
}

async function write(path, body) {
  byId("write").disabled = byId("undo").disabled = true;
  const told = await ask(path, { edition: settings.dataset.edition, ...body });
  byId("undo").disabled = false;
  if (told.error) {
    tell(told.error, true);
    return;
  }
  changes.clear();
  settings.dataset.edition = told.edition;
  if (!told.now) {
    for (const row of settings.querySelectorAll(".row")) noteAsBefore(row);
    if (path !== "/staff/settings") setTimeout(() => location.reload(), 4 * AGAIN);
    tell("Saved. In force as soon as the session under way has ended.");
    return;
  }
  tell("Saved. One moment …");
  setTimeout(showAnew, 2 * AGAIN);
}

// Show the page anew once the station is back on its new settings.
async function showAnew() {
  const answer = await fetch("/staff/settings").catch(() => undefined);
  if (answer?.ok) location.reload();
  else setTimeout(showAnew, AGAIN);
}

byId("write").addEventListener("click", () =>
  write("/staff/settings", { changes: Object.fromEntries(changes) }),
);
byId("discard").addEventListener("click", () => location.reload());
byId("undo").addEventListener("click", () => write("/staff/settings/undo", {}));
byId("import")?.addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) await write("/staff/settings/import", { name: file.name, content: await file.text() });
  event.target.value = "";
});

for (const row of settings.querySelectorAll(".row")) noteAsBefore(row);
showSample();
