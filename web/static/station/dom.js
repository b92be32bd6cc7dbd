// The page's elements by their id, and the box that the screens are shown in.

export const byId = (id) => document.getElementById(id);
export const screen = byId("screen");
