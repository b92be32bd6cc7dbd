// The texts of the page with less contrast to what is behind them than `least`, a sentence each.
(least) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  // Paints `colours` on each other, so that any notation and any transparency is computed right.
  const painted = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const wrong = [];
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest(".unseen, svg")) continue;
    const grounds = [];
    for (let above = element; above; above = above.parentElement) {
      grounds.unshift(getComputedStyle(above).backgroundColor);
    }
    const ground = painted(["#000", ...grounds]);
    const letters = painted(["#000", ...grounds, getComputedStyle(element).color]);
    const [dark, light] = [luminance(ground), luminance(letters)].sort((one, other) => one - other);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < least) wrong.push(`${ratio.toFixed(1)}:1 for "${element.textContent.trim().slice(0, 40)}"`);
  }
  return wrong;
}
