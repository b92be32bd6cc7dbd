// Requests that change something, one after the other: an "up" that overtook its "down" would leave
// the button held.

let lastPost = Promise.resolve();

// Send `body` as JSON to `path`. The promise has the answer, or undefined if none came: the stream
// shows when the server is away. None has come after `patience` ms.
export function post(path, body, patience = 3000) {
  const answer = lastPost.then(() =>
    fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    }).catch(() => undefined),
  );
  lastPost = answer;
  return answer;
}
