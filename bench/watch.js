// Notes, in ms of performance.now(): when each key went down, and for each new screen when its event
// came, when it was in the page, when the frame that shows it began, when that was rendered, and when
// the next frame began.

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
      // A task that is queued before a frame is rendered runs after it has been, though other tasks
      // may come in between; the next frame is the latest that it can have been.
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
  const observer = new MutationObserver(look);
  observer.observe(document.getElementById("screen").parentElement, { childList: true });
  observer.observe(document.getElementById("screen"), { childList: true });
});
