// The texts of the page with less contrast to what is behind them than `least`, a sentence each.
(least) => {
  const { ground, ratio } = colours;
  const wrong = [];
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest(".unseen, svg")) continue;
    const behind = ground(element);
    const found = ratio(behind, [...behind, [getComputedStyle(element).color, 1]]);
    if (found < least) wrong.push(`${found.toFixed(1)}:1 for "${element.textContent.trim().slice(0, 40)}"`);
  }
  return wrong;
}
