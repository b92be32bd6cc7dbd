// Requests that change something, one after the other: an "up" that overtook its "down" would leave
// the button held.

let lastPost = Promise.resolve();

// Send `body` as JSON to `path`. The promise has the answer, or undefined if none came: the stream
// shows when the server is away.
export function post(path, body) {
  const answer = lastPost.then(() =>
    fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(3000),
    }).catch(() => undefined),
  );
  lastPost = answer;
  return answer;
}
