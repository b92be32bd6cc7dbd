// What is wrong with the boxes of the screen that is shown, a sentence each.
() => {
  const wrong = [];
  const station = document.getElementById("station").getBoundingClientRect();
  const leaves = "h1, h2, p, li, dt, dd, button, strong, .stop, .choices span, .count span";
  const ALLOWED = 1; // half pixels

  const name = (element) => {
    const said = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    return `${element.tagName.toLowerCase()}.${element.className} "${said}"`;
  };
  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest("[hidden], .unseen");

  for (const element of [document.documentElement, document.body, ...document.querySelectorAll("#station, #screen, #screen *")]) {
    if (element instanceof SVGElement || !shown(element)) continue;
    const clips = getComputedStyle(element).overflow !== "visible" || element.matches("html, body, #station, #screen, .view, .foot");
    if (!clips) continue;
    if (element.scrollWidth > element.clientWidth + ALLOWED) wrong.push(`${name(element)} is wider than its box by ${element.scrollWidth - element.clientWidth}`);
    if (element.scrollHeight > element.clientHeight + ALLOWED) wrong.push(`${name(element)} is taller than its box by ${element.scrollHeight - element.clientHeight}`);
  }

  for (const box of document.querySelectorAll("#screen .show, #screen .view")) {
    const room = box.getBoundingClientRect();
    for (const part of box.children) {
      if (!shown(part) || getComputedStyle(part).position === "absolute") continue;
      const inner = part.getBoundingClientRect();
      const out = Math.max(room.left - inner.left, inner.right - room.right, room.top - inner.top, inner.bottom - room.bottom);
      if (out > ALLOWED) wrong.push(`${name(part)} leaves its ${box.className} by ${out.toFixed()}`);
    }
  }

  // The ink of a text is its lines, without the gaps that its box may have around them.
  const ink = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const lines = [...range.getClientRects()].filter((line) => line.width > 1 && line.height > 1);
    if (lines.length === 0) return null;
    // Of a line's height in this font, a quarter is above the capitals and a sixth below the
    // baseline, where only some letters have a tail.
    const tail = /[gjpqy,;()]/.test(element.textContent) ? 0 : 0.15;
    return {
      left: Math.min(...lines.map((line) => line.left)),
      right: Math.max(...lines.map((line) => line.right)),
      top: Math.min(...lines.map((line) => line.top + line.height * 0.2)),
      bottom: Math.max(...lines.map((line) => line.bottom - line.height * tail)),
    };
  };
  const texts = [...document.querySelectorAll("#screen *")]
    .filter((element) => element.matches(leaves) && shown(element))
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((element) => ({ element, box: ink(element) }))
    .filter(({ box }) => box !== null);

  // No cue may cover a text, so none may stand where the edge is lit.
  const edge = parseFloat(getComputedStyle(document.getElementById("flash")).borderTopWidth);
  for (const { element, box } of texts) {
    const out = Math.max(station.left - box.left, box.right - station.right, station.top - box.top, box.bottom - station.bottom) + edge;
    if (out > ALLOWED) wrong.push(`${name(element)} is at the edge that a cue lights, or beyond it, by ${out.toFixed()}`);
  }
  texts.forEach((one, number) => {
    for (const other of texts.slice(number + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      // Facts take turns in one place, and so do the two words of a hold.
      if (one.element.closest(".facts, .beat") && one.element.parentElement === other.element.parentElement) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across > ALLOWED && down > ALLOWED) wrong.push(`${name(one.element)} and ${name(other.element)} overlap by ${across.toFixed()} × ${down.toFixed()}`);
    }
  });

  // A drawing has its place to itself.
  for (const picture of document.querySelectorAll("#screen :is(.picture, .inset) > .figure")) {
    if (!shown(picture)) continue;
    const drawn = picture.getBoundingClientRect();
    for (const { element, box } of texts) {
      const across = Math.min(drawn.right, box.right) - Math.max(drawn.left, box.left);
      const down = Math.min(drawn.bottom, box.bottom) - Math.max(drawn.top, box.top);
      if (across > ALLOWED && down > ALLOWED) wrong.push(`${name(element)} lies on a drawing by ${across.toFixed()} × ${down.toFixed()}`);
    }
  }

  for (const control of document.querySelectorAll("#screen button, #screen [data-choose]")) {
    if (control.closest("[hidden]")) continue;
    const { width, height } = control.getBoundingClientRect();
    if (width < 64 || height < 64) wrong.push(`${name(control)} is only ${width} × ${height}`);
  }
  return wrong;
}
