"""Waits for what other threads do, as shortly as possible and never without an end."""

import threading
import time
from collections.abc import Callable
from typing import Any

#: Seconds that no wait for another thread should take; nothing sleeps for it.
SOON = 10.0


def until(true: Callable[[], object]) -> bool:
    """Wait for another thread to make `true()` true; whether it did so within `SOON`."""
    end = time.monotonic() + SOON
    while not true() and time.monotonic() < end:
        time.sleep(0.001)
    return bool(true())


class Told:
    """Keeps what another thread tells, and waits for it.

    Attributes:
        items: What `tell` was called with, the first first.
    """

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._new = threading.Condition()

    def tell(self, *item: Any) -> None:
        """Take `item`; for a callback of any signature."""
        with self._new:
            self.items.append(item)
            self._new.notify_all()

    def has(self, count: int) -> bool:
        """Whether at least `count` items have been told before long."""
        with self._new:
            return self._new.wait_for(lambda: len(self.items) >= count, SOON)
