"""Waits for what other threads do: not longer than that takes, and never without an end."""

import threading
import time
from collections.abc import Callable
from typing import Any

#: The most seconds to wait for another thread. It is far more than a thread takes, and a wait ends
#: as soon as what it waits for has come.
SOON = 10.0


def until(true: Callable[[], object]) -> bool:
    """Wait until `true()` is true, for `SOON` seconds at most; return whether it is."""
    end = time.monotonic() + SOON
    while not true() and time.monotonic() < end:
        time.sleep(0.001)
    return bool(true())


class Told:
    """Keeps what another thread tells, and waits for it.

    Attributes:
        items: What `tell` was called with, the oldest first.
    """

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._new = threading.Condition()

    def tell(self, *item: Any) -> None:
        """Take `item`. It takes any arguments, so it can be any callback."""
        with self._new:
            self.items.append(item)
            self._new.notify_all()

    def has(self, count: int) -> bool:
        """Wait for `count` items, for `SOON` seconds at most; return whether they have come."""
        with self._new:
            return self._new.wait_for(lambda: len(self.items) >= count, SOON)
