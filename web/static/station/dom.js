// The page's elements by their id, and the box with the screen that is shown.

export const byId = (id) => document.getElementById(id);
export let screen = byId("screen");

// Show `box`, which lies beside the shown box, in its place; returns the one that is not shown any
// more. The style sheet lets nobody see a box by any other name.
export function changeScreen(box) {
  const before = screen;
  before.id = "screen-before";
  box.id = "screen";
  screen = box;
  return before;
}
