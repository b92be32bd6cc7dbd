// Takes the place of EventSource in a page, to measure how fast the page would be without it: it asks
// the station every 250 ms. It asks for the whole page, so that one answer has the new screen in it.
// To ask for the session's JSON would need a second request, and be slower.

window.EventSource = class extends EventTarget {
  static OPEN = 1;
  static CLOSED = 2;
  readyState = 1;

  constructor() {
    super();
    let shown = null;
    this.timer = setInterval(async () => {
      const answer = await fetch("/?panel=off").catch(() => null);
      if (!answer?.ok) return;
      const page = await answer.text();
      this.dispatchEvent(new Event("beat"));
      if (page === shown) return;
      shown = page;
      const html = new DOMParser().parseFromString(page, "text/html").getElementById("screen").innerHTML;
      const clock = { remaining: null, total: null, running: false, counting: [], pressed: null };
      const still = { cue: null, clock, speed: 1, held: 1.2, ledger: { left: 0, right: 0 }, movements: [] };
      const event = { version: 0, screen: html, html, ...still };
      this.onmessage({ data: JSON.stringify(event) });
    }, 250);
  }

  close() {
    clearInterval(this.timer);
  }
};
