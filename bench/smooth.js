// Notes each long task of the page: when it began and how long it took, in milliseconds, and what was
// on the screen. It can count frames too.

const longTasks = (window.longTasks = []);

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) {
    longTasks.push([startTime, duration, document.querySelector("#screen h1")?.textContent ?? ""]);
  }
}).observe({ type: "longtask", buffered: true });

// Counts the frames that begin in each of the next seconds; gives a number for each.
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
