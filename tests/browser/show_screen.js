// Show the HTML of a screen on the page of a station that sends no events meanwhile, with numbers in it
// and fitted to its size. Both facts and scenes are shown, as they would be in the middle of a scene.
async (html) => {
  const { fit } = await import("/static/station/fit.js");
  const place = document.getElementById("screen");
  place.innerHTML = html;
  const view = place.firstElementChild;
  document.documentElement.lang = view.lang;
  document.documentElement.dir = view.dir;
  for (const time of place.querySelectorAll("[data-ledger]")) time.textContent = "1:28";
  for (const time of place.querySelectorAll("[data-remaining]:not([data-breath])")) time.textContent = "0:58";
  for (const bar of place.querySelectorAll("[data-bar]")) bar.style.transform = "scaleX(0.6)";
  for (const fill of place.querySelectorAll("[data-fill]")) fill.style.transform = "translateX(-30%)";
  for (const scene of place.querySelectorAll(".attract > *")) scene.style.animation = "none";
  place.querySelector(".facts li")?.classList.add("on");
  // The letters of a language load when they are first shown.
  place.getBoundingClientRect();
  if (document.fonts.status === "loading") await document.fonts.ready;
  fit(view);
}
