// The contrast of the `marks` on the page, each [name, selector, property, against]: what is drawn to
// its ground, or to the fill of what matches `against`. Returns [name, ratio] of all that is there.
(marks) => {
  const { ground, ratio } = colours;
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
        found.push([name, ratio(other, [...behind, own])]);
      }
    }
  }
  return found;
}
