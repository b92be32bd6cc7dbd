// Show screens, one after the other, and tell what is wrong with each: [name, sentence]. `show` is the
// function of show_screen.js, and `look` that of layout.js.
async ({ screens, mat, show, look }) => {
  const place = document.getElementById("screen");
  const found = [];
  for (const [name, html] of screens) {
    await show(html);
    for (const fact of place.querySelectorAll(".facts li")) fact.classList.add("on");
    for (const text of place.querySelectorAll("h1, .timer, [data-side] .band .side b")) {
      const size = parseFloat(getComputedStyle(text).fontSize);
      if (text.checkVisibility() && size < mat) found.push([name, `"${text.textContent}" has ${size} px for the mat, at least ${mat}`]);
    }
    for (const label of place.querySelectorAll(".inset text")) {
      const { left, right } = label.getBoundingClientRect();
      const drawing = label.closest("svg").getBoundingClientRect();
      const out = Math.max(drawing.left - left, right - drawing.right);
      if (right > left && out > 1) found.push([name, `the label "${label.textContent}" is cut by ${out.toFixed()}`]);
    }
    for (const sentence of look()) found.push([name, sentence]);
  }
  return found;
}
