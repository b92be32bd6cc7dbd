"""The panel's time: a monotonic clock, and alarms that ring at a moment of it.

Everything in `hardware` that waits does so through an `Alarm`, so that tests can put a clock of
their own in place of this one and need no real time.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

_log = logging.getLogger(__name__)


class Alarm(Protocol):
    """Rings once at the moment it is set to."""

    def set(self, moment: float | None) -> None:
        """Ring at `moment` (seconds of the clock) instead of any moment before; None: never."""

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` soon from where the alarm rings, as a sign that it could ring."""

    def close(self) -> None:
        """Never ring again. Closing twice is fine."""


class AlarmClock(Protocol):
    """Where the panel's time comes from; seconds, monotonic."""

    def now(self) -> float:
        """Seconds since some fixed moment."""

    def sleep(self, seconds: float) -> None:
        """Do nothing for `seconds`."""

    def alarm(self, name: str, ring: Callable[[], None]) -> Alarm:
        """A new alarm called `name`, not set, that calls `ring` outside of any lock."""


class SystemAlarmClock:
    """CLOCK_MONOTONIC, which is also what the kernel stamps the edges of GPIO lines with."""

    def now(self) -> float:
        """Seconds since boot."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Do nothing for `seconds`."""
        time.sleep(seconds)

    def alarm(self, name: str, ring: Callable[[], None]) -> Alarm:
        """An alarm that rings in a thread of its own."""
        return AlarmThread(name, ring)


class AlarmThread:
    """An alarm with a thread of its own, which does not wake while it is not set."""

    def __init__(self, name: str, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._moment: float | None = None
        self._calls: list[Callable[[], None]] = []
        self._closed = False
        self._changed = threading.Condition(threading.Lock())
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def set(self, moment: float | None) -> None:
        """Ring at `moment` instead of any moment before; None: never."""
        with self._changed:
            self._moment = moment
            self._changed.notify()

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` soon in the alarm's thread."""
        with self._changed:
            self._calls.append(callback)
            self._changed.notify()

    def close(self) -> None:
        """Never ring again; waits for a ring that is going on, except from within it."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        while call := self._next():
            try:
                call()
            except Exception:  # noqa: BLE001 - whatever it is, the next ring is due
                _log.exception("%s failed, and goes on", self._thread.name)

    def _next(self) -> Callable[[], None] | None:
        """Sleep until there is something to call; None when closed."""
        with self._changed:
            while not self._closed:
                if self._calls:
                    return self._calls.pop()
                if self._moment is None:
                    self._changed.wait()
                    continue
                left = self._moment - time.monotonic()
                if left <= 0:
                    self._moment = None
                    return self._ring
                self._changed.wait(left)
            return None
