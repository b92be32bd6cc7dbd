// Notes when things happen in the page, in milliseconds of performance.now().
//
// `keys` has when each key went down. `screens` has, for each new screen, when its event came
// (heard), when it was in the page (swapped), when the frame that shows it began (frame), when that
// frame was rendered (rendered), and when the next frame began (next).

const keys = (window.keys = []);
const screens = (window.screens = []);
let heard = 0;

addEventListener("keydown", (event) => keys.push(event.timeStamp), { capture: true });

window.EventSource = class extends EventSource {
  constructor(...options) {
    super(...options);
    this.addEventListener("message", () => (heard = performance.now()));
  }
};

addEventListener("DOMContentLoaded", () => {
  const view = () => document.querySelector("#screen > .view");
  let shown = view();
  const look = () => {
    if (view() === shown) return;
    shown = view();
    const screen = { heard, swapped: performance.now() };
    requestAnimationFrame(() => {
      screen.frame = performance.now();
      // This task is queued just before the frame is rendered, so it runs when that has been done.
      // Other tasks may run before it. If it is not run before the next frame, the start of that one
      // is taken.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (screen.rendered = performance.now());
      port2.postMessage(null);
      requestAnimationFrame(() => {
        screen.next = performance.now();
        screen.rendered ??= screen.next;
        screens.push(screen);
      });
    });
  };
  new MutationObserver(look).observe(document.getElementById("station"), {
    subtree: true,
    childList: true,
    attributeFilter: ["id"],
  });
});
