// Give the station's box each of `sizes`, [name, width, height], and tell what the screen that is shown
// is like at each: [name, the sizes in px of the letters of `letters`, what is wrong]. All sizes of the
// page follow from that box, so the window need not change its own for it, which takes several frames;
// and a small window is painted sooner while the test goes from screen to screen.
// `look` is the function of layout.js.
async ({ sizes, letters, look }) => {
  const { fit } = await import("/static/station/fit.js");
  const station = document.getElementById("station");
  const view = document.querySelector("#screen .view");
  const found = [];
  station.style.position = "fixed"; // the box may be larger than the window
  for (const [name, width, height] of sizes) {
    station.style.width = `${width}px`;
    station.style.height = `${height}px`;
    // The letters of a language load when they are first shown.
    view.getBoundingClientRect();
    if (document.fonts.status === "loading") await document.fonts.ready;
    fit(view);
    const shown = [...view.querySelectorAll(letters)].filter((each) => each.checkVisibility());
    found.push([name, shown.map((each) => parseFloat(getComputedStyle(each).fontSize)), look()]);
  }
  station.removeAttribute("style");
  return found;
}
