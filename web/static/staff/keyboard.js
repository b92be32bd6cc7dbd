// Keys on the screen for a name, since a kiosk has no keyboard.

const keyboard = document.getElementById("keyboard");
let field = null; // what is typed into
let capital = false;

function typeIn(text) {
  if (field.value.length >= field.maxLength) return;
  field.value += text;
}

function shift() {
  capital = !capital;
  keyboard.querySelector('[data-act="shift"]').ariaPressed = capital;
  for (const button of keyboard.querySelectorAll("[data-key]")) {
    const { key } = button.dataset;
    button.textContent = capital ? key.toUpperCase() : key;
  }
}

function act(button) {
  if (button.dataset.act === "shift") shift();
  else if (button.dataset.act === "space") typeIn(" ");
  else if (button.dataset.act === "erase") field.value = field.value.slice(0, -1);
  else if (button.dataset.act === "done") field.blur();
  else typeIn(button.textContent);
  show();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function show() {
  document.getElementById("typed").textContent = field.value;
}

if (keyboard) {
  for (const each of document.querySelectorAll('input[type="text"]')) {
    each.addEventListener("input", () => show());
    each.addEventListener("focus", () => {
      field = each;
      keyboard.hidden = false;
      show();
    });
    each.addEventListener("blur", () => {
      keyboard.hidden = true;
    });
  }
  // What is touched here leaves the focus where it is: in the field.
  keyboard.addEventListener("mousedown", (event) => event.preventDefault());
  keyboard.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) act(button);
  });
}
