// Show screens, one after the other, and tell what is wrong with each: [name, sentence]. Of an attract
// screen all scenes are shown if `scenes` says so. `show` is the function of show_screen.js, `turn` that
// of turn_scene.js, and `look` that of layout.js.
async ({ screens, mat, scenes, show, turn, look }) => {
  const place = document.getElementById("screen");
  const found = [];
  for (const [name, html] of screens) {
    await show(html);
    for (const fact of place.querySelectorAll(".facts li")) fact.classList.add("on");
    inspect(name);
    const count = scenes ? place.querySelectorAll(".say[data-invitation]").length * 2 : 0;
    for (let number = 0; number < count; number++) {
      await turn(number);
      inspect(`${name} scene ${number}`);
    }
  }
  return found;

  function inspect(name) {
    for (const text of place.querySelectorAll("h1, .title, .timer, [data-side] .band .side b")) {
      const size = parseFloat(getComputedStyle(text).fontSize);
      if (text.checkVisibility() && size < mat) found.push([name, `"${text.textContent}" has ${size} px for the mat, at least ${mat}`]);
    }
    for (const button of place.querySelectorAll("button")) {
      const wide = button.scrollWidth - button.clientWidth;
      const high = Math.max(0, ...[...button.children].map(part => part.getBoundingClientRect().height)) - button.clientHeight;
      if (button.checkVisibility() && high > 0.5) found.push([name, `"${button.textContent.trim()}" is higher than its target by ${high.toFixed()}`]);
      if (button.checkVisibility() && wide > 0) found.push([name, `"${button.textContent.trim()}" is wider than its target by ${wide}`]);
    }
    const drawing = place.querySelector(".inset");
    if (drawing && !drawing.checkVisibility()) found.push([name, "the drawing of the spot has made way"]);
    const labels = [...place.querySelectorAll(".inset text")].filter(label => label.getBoundingClientRect().width > 0);
    labels.forEach((one, number) => {
      const { left, right, bottom } = one.getBoundingClientRect();
      for (const other of labels.slice(number + 1)) {
        const box = other.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(other).fontSize) * other.getScreenCTM().a;
        const beside = box.right < left || box.left > right;
        // The lines of two labels may touch, since their boxes are higher than their letters.
        if (!beside && bottom > box.top + size * 0.5) found.push([name, `the label "${one.textContent}" lies on "${other.textContent}"`]);
      }
    });
    for (const label of place.querySelectorAll(".inset text")) {
      const { left, right } = label.getBoundingClientRect();
      const frame = label.closest("svg").getBoundingClientRect();
      const out = Math.max(frame.left - left, right - frame.right);
      if (right > left && out > 1) found.push([name, `the label "${label.textContent}" is cut by ${out.toFixed()}`]);
    }
    for (const sentence of look()) found.push([name, sentence]);
  }
}
