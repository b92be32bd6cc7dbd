"""The open event streams: each a bounded queue of changes, the oldest evicted for a new one."""

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.runner import Change

#: Streams that may be open at once. Each holds one of the server's threads; the rest serve
#: everything else.
MOST_STREAMS = 4

#: Seconds without a change after which a stream says that it is alive, so that a dead client
#: is noticed by the write.
HEARTBEAT = 5.0

#: Changes that a slow client may lag behind by; it loses the oldest beyond that. Every change is
#: sent as a full snapshot, so it ends up right all the same.
LONGEST_QUEUE = 64


@dataclass(frozen=True, slots=True)
class Beat:
    """Nothing has changed for `HEARTBEAT` seconds."""


class Refresh:
    """Something besides the session has changed (the panel's health): send a snapshot."""


class Stream:
    """One client's queue. Iterating blocks until there is something, and ends on `close`."""

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
        """End the iteration, at once."""
        with self._ready:
            self._closed = True
            self._ready.notify()

    def __iter__(self) -> Iterator[Change | Refresh | Beat]:
        while True:
            with self._ready:
                if not self._items and not self._closed:
                    self._ready.wait(HEARTBEAT)
                if self._closed:
                    return
                item = self._items.popleft() if self._items else Beat()
            yield item


class Streams:
    """All open streams; a listener of the runner."""

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
        """A new stream; closes the oldest if there would be more than `MOST_STREAMS`."""
        stream = Stream()
        with self._lock:
            if self._closed:
                stream.close()
            if len(self._open) >= MOST_STREAMS:
                self._open.popleft().close()
            self._open.append(stream)
        return stream

    def release(self, stream: Stream) -> None:
        """Forget `stream`, whose client has gone."""
        stream.close()
        with self._lock:
            if stream in self._open:
                self._open.remove(stream)

    def close(self) -> None:
        """End every stream, and every later one at once."""
        with self._lock:
            self._closed = True
            for stream in self._open:
                stream.close()

    def _put(self, item: Change | Refresh) -> None:
        with self._lock:
            for stream in self._open:
                stream.put(item)
