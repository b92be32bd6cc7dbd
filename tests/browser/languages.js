// Show screens, one after the other, on the page of a station that sends no events meanwhile, and
// tell what is wrong with each: [name, sentence]. `look` is the function of layout.js.
async ({ screens, mat, look }) => {
  const { fit } = await import("/static/station/fit.js");
  await document.fonts.ready;
  const place = document.getElementById("screen");
  const found = [];
  for (const [name, html] of screens) {
    place.innerHTML = html;
    const view = place.firstElementChild;
    document.documentElement.lang = view.lang;
    document.documentElement.dir = view.dir;
    for (const time of place.querySelectorAll("[data-ledger]")) time.textContent = "1:28";
    for (const time of place.querySelectorAll("[data-remaining]:not([data-breath])")) time.textContent = "0:58";
    for (const fact of place.querySelectorAll(".facts li")) fact.classList.add("on");
    for (const scene of place.querySelectorAll(".attract > *")) scene.style.animation = "none";
    // The letters of a language load when they are first shown.
    place.getBoundingClientRect();
    if (document.fonts.status === "loading") await document.fonts.ready;
    fit(view);
    for (const text of place.querySelectorAll("h1, .timer, [data-side] .band .side b")) {
      const size = parseFloat(getComputedStyle(text).fontSize);
      if (text.checkVisibility() && size < mat) found.push([name, `"${text.textContent}" has ${size} px for the mat, at least ${mat}`]);
    }
    for (const sentence of look()) found.push([name, sentence]);
  }
  return found;
}
