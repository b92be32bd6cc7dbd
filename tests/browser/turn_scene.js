// Show the scene with this number on the attract screen, fitted to its size.
async (number) => {
  const { fit } = await import("/static/station/fit.js");
  const { showScene } = await import("/static/station/scenes.js");
  const view = document.querySelector("#screen .view");
  await showScene(view, number);
  // The letters of a language load when they are first shown.
  view.getBoundingClientRect();
  if (document.fonts.status === "loading") await document.fonts.ready;
  fit(view);
}
