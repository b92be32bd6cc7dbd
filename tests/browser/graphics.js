// The contrast of the `marks` on the page, each [name, selector, property, against]: what is drawn to
// its ground, or to the fill of what matches `against`. Returns [name, ratio] of all that is there.
(marks) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  // Paints `layers`, each [colour, opacity], on each other, so that any notation is computed right.
  const painted = (layers) => {
    canvas.globalAlpha = 1;
    canvas.clearRect(0, 0, 1, 1);
    for (const [colour, opacity] of layers) {
      canvas.globalAlpha = opacity;
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
  const ground = (element) => {
    const layers = [];
    for (let above = element; above; above = above.parentElement) {
      layers.unshift([getComputedStyle(above).backgroundColor, 1]);
    }
    return [["#000", 1], ...layers];
  };
  const opacity = (element) => {
    let share = 1;
    for (let at = element; at instanceof SVGElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (!at.matches("svg, [class^=u], [class^=t]")) share *= Number(style.opacity);
    }
    return share;
  };
  const found = [];
  for (const [name, selector, property, against] of marks) {
    const [plain, pseudo] = selector.split("::");
    for (const element of document.querySelectorAll(plain)) {
      const behind = ground(pseudo ? element : element.parentElement);
      const style = getComputedStyle(element, pseudo ? `::${pseudo}` : null);
      const own = [style.getPropertyValue(property), Number(style.getPropertyValue(`${property}-opacity`) || 1) * opacity(element)];
      const others = against ? [...document.querySelectorAll(against)].map((other) => [...behind, other instanceof HTMLElement ? [getComputedStyle(other).backgroundColor, 1] : [getComputedStyle(other).fill, opacity(other)]]) : [behind];
      for (const other of others) {
        const [dark, light] = [luminance(painted(other)), luminance(painted([...behind, own]))].sort((one, two) => one - two);
        found.push([name, (light + 0.05) / (dark + 0.05)]);
      }
    }
  }
  return found;
}
