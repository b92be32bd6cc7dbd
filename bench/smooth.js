// Notes the long tasks of the page, each [when it began, how long it took, what was shown] in ms, and
// counts frames.

const longTasks = (window.longTasks = []);

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) {
    longTasks.push([startTime, duration, document.querySelector("h1")?.textContent ?? ""]);
  }
}).observe({ type: "longtask", buffered: true });

// The frames begun in each of the next `seconds` seconds.
window.countFrames = (seconds) =>
  new Promise((resolve) => {
    const counts = new Array(seconds).fill(0);
    let from = null;
    const frame = (now) => {
      from ??= now;
      const second = Math.floor((now - from) / 1000);
      if (second >= seconds) return resolve(counts);
      counts[second]++;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
