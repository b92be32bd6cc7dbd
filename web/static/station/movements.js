// What moves in the figures. It comes with the screen that shows them, as text, so that a page need not
// load the movements of all figures there are. Each becomes a style sheet of the page once, and stays.

const adopted = new Set();

// Let the figures of a screen move: `sheets` has the style sheet of each figure that does.
export function adoptMovements(sheets) {
  for (const text of sheets) {
    if (adopted.has(text)) continue;
    adopted.add(text);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }
}
