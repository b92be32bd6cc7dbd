// Notes for every key press, in ms after it: when the screen that it led to was in the page, when
// the frame that shows it began, when that was rendered, and when the next frame began.

const painted = (window.painted = []);
let pressed = null;

addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true });

addEventListener("DOMContentLoaded", () => {
  new MutationObserver(() => {
    if (pressed === null) return;
    const from = pressed;
    pressed = null;
    const after = () => performance.now() - from;
    const swapped = after();
    requestAnimationFrame(() => {
      const frame = after();
      // A task that is queued before a frame is rendered runs after it has been, though other tasks
      // may come in between; the next frame is the latest that it can have been.
      const { port1, port2 } = new MessageChannel();
      let rendered = 0;
      port1.onmessage = () => (rendered = after());
      port2.postMessage(null);
      requestAnimationFrame(() => {
        const next = after();
        painted.push({ swapped, frame, rendered: rendered || next, next });
      });
    });
  }).observe(document.getElementById("screen"), { childList: true });
});
