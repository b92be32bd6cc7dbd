"""The event streams that are open, one for each page that is connected.

Each has a queue of limited length. When too many streams are open, the oldest is closed.
"""

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.runner import Change

#: Streams that may be open at once. Each keeps one of the server's threads busy; the other threads
#: answer all other requests.
MOST_STREAMS = 4

#: Seconds without a change after which a stream sends a heartbeat. The page sees by it that the
#: station is alive, and the server sees by a write that fails that the page is gone.
HEARTBEAT_EVERY = 5.0

#: Seconds after a change in which station and page are busy with showing it. Once they are over
#: without another change, there is time for what may come next.
SETTLED = 0.1

#: The most changes that wait for a slow client; if there are more, the oldest are dropped. Its page
#: ends up right all the same, since each change is sent as a whole snapshot.
LONGEST_QUEUE = 64


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Nothing has changed for `HEARTBEAT_EVERY` seconds."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Nothing has changed for `SETTLED` seconds since the last change. Comes once after each."""


class Refresh:
    """Something else than the session has changed, for example the panel's health.

    The panel tells its new health, but this does not carry it: whoever makes the snapshot asks for
    the health again. So a snapshot that had to wait in the queue still shows the newest health, and
    all who can change what a page shows (panel, keeper) need to say no more than this.
    """


class Stream:
    """The queue of one client. Iterating over it waits for the next item, and ends on `close`."""

    def __init__(self) -> None:
        self._items: deque[Change | Refresh] = deque(maxlen=LONGEST_QUEUE)
        self._ready = threading.Condition(threading.Lock())
        self._closed = False

    def put(self, item: Change | Refresh) -> None:
        """Queue `item`; returns at once."""
        with self._ready:
            self._items.append(item)
            self._ready.notify()

    def close(self) -> None:
        """End the iteration at once; what is still in the queue is not sent."""
        with self._ready:
            self._closed = True
            self._ready.notify()

    def __iter__(self) -> Iterator[Change | Refresh | Settled | Heartbeat]:
        settled = False  # whoever reads begins with a snapshot, which is like a change
        while True:
            with self._ready:
                if not self._items and not self._closed:
                    self._ready.wait(HEARTBEAT_EVERY if settled else SETTLED)
                if self._closed:
                    return
                item = self._next(settled=settled)
            settled = isinstance(item, Settled | Heartbeat)
            yield item

    def _next(self, *, settled: bool) -> Change | Refresh | Settled | Heartbeat:
        if self._items:
            return self._items.popleft()
        return Heartbeat() if settled else Settled()


class Streams:
    """All open streams. A listener of the runner; any thread may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: deque[Stream] = deque()
        self._closed = False

    def __call__(self, change: Change) -> None:
        """Hand `change` to every stream; returns at once."""
        self._put(change)

    def __len__(self) -> int:
        with self._lock:
            return len(self._open)

    def refresh(self) -> None:
        """Have every stream send a snapshot."""
        self._put(Refresh())

    def open(self) -> Stream:
        """Open a new stream; closes the oldest if there would be more than `MOST_STREAMS`."""
        stream = Stream()
        with self._lock:
            if self._closed:
                stream.close()
            if len(self._open) >= MOST_STREAMS:
                self._open.popleft().close()
            self._open.append(stream)
        return stream

    def release(self, stream: Stream) -> None:
        """Close and forget `stream`, since its client has gone."""
        stream.close()
        with self._lock:
            if stream in self._open:
                self._open.remove(stream)

    def close(self) -> None:
        """Close every stream; one that is opened later is closed at once."""
        with self._lock:
            self._closed = True
            for stream in self._open:
                stream.close()

    def _put(self, item: Change | Refresh) -> None:
        with self._lock:
            for stream in self._open:
                stream.put(item)
