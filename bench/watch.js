// Notes for every key press when the screen that it led to was painted: [ms, ms to the next frame].

const painted = (window.painted = []);
let pressed = null;

addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true });

addEventListener("DOMContentLoaded", () => {
  new MutationObserver(() => {
    if (pressed === null) return;
    const from = pressed;
    pressed = null;
    requestAnimationFrame(() => {
      // A task that is queued before a frame is rendered runs after it has been.
      const { port1, port2 } = new MessageChannel();
      let rendered = 0;
      port1.onmessage = () => (rendered = performance.now());
      port2.postMessage(null);
      requestAnimationFrame(() => painted.push([rendered - from, performance.now() - from]));
    });
  }).observe(document.getElementById("screen"), { childList: true });
});
