// What colours look like on each other. Layers are [colour, opacity], the farthest first.
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  // Painted on each other, so that any notation and any transparency is computed right.
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
  const luminance = (layers) => {
    const [red, green, blue] = painted(layers).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  // The layers of `element` and all behind it.
  const ground = (element) => {
    const layers = [];
    for (let above = element; above; above = above.parentElement) {
      layers.unshift([getComputedStyle(above).backgroundColor, 1]);
    }
    return [["#000", 1], ...layers];
  };
  // The contrast ratio (WCAG 2) of two stacks of layers.
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  return { ground, ratio };
}
