// Keeps the screen on: a panel that sleeps cannot be read from the mat.

export function keepAwake() {
  document.addEventListener("visibilitychange", askToStayAwake);
  askToStayAwake();
}

// The browser forgets it whenever the page is hidden.
async function askToStayAwake() {
  if (document.visibilityState === "visible") {
    await navigator.wakeLock?.request("screen").catch(() => undefined);
  }
}
