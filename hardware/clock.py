"""The panel's time: a monotonic clock, and alarms that ring at a moment of it.

The button's filter, the pattern of a cue and a stuck button are all waited for with an `Alarm`.
Tests put a clock of their own in the place of this one, so that none of them waits for real time.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

_log = logging.getLogger(__name__)


class Alarm(Protocol):
    """Rings once at the moment that it is set to, and is then not set any more."""

    def set(self, moment: float | None) -> None:
        """Ring at `moment` and not at the moment that was set before.

        Args:
            moment: Seconds of the clock that made this alarm; one that has passed rings at once.
                None: do not ring.
        """

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` soon in the thread that rings, which shows that this thread runs."""

    def close(self) -> None:
        """Never ring again. Closing twice is fine."""


class AlarmClock(Protocol):
    """A clock that only goes forward, in seconds, and that makes alarms."""

    def now(self) -> float:
        """Seconds since some fixed moment."""

    def sleep(self, seconds: float) -> None:
        """Do nothing for `seconds`."""

    def alarm(self, name: str, ring: Callable[[], None]) -> Alarm:
        """A new alarm, which is not set yet.

        Args:
            name: For people who look at the threads of the process.
            ring: Called when the alarm rings. No lock of the alarm is held while it runs.
        """


class SystemAlarmClock:
    """CLOCK_MONOTONIC, which is also the clock of the times that the kernel gives to edges."""

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
    """An alarm with a thread of its own, which sleeps without waking while the alarm is not set.

    Args:
        name: Of the thread.
        ring: Called in the thread when the alarm rings. What it raises is logged, and the alarm
            goes on.
    """

    def __init__(self, name: str, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._moment: float | None = None
        self._calls: list[Callable[[], None]] = []
        self._closed = False
        self._changed = threading.Condition(threading.Lock())
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def set(self, moment: float | None) -> None:
        """Ring at `moment` and not at the moment that was set before; None: do not ring."""
        with self._changed:
            self._moment = moment
            self._changed.notify()

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` soon in the alarm's thread."""
        with self._changed:
            self._calls.append(callback)
            self._changed.notify()

    def close(self) -> None:
        """Never ring again. Closing twice is fine.

        Returns once a ring that is going on has ended, unless that ring is the caller.
        """
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
        """Sleep until there is something to call, and give it; None once the alarm is closed."""
        with self._changed:
            while not self._closed:
                if self._calls:
                    return self._calls.pop()
                if self._moment is None:
                    self._changed.wait()
                    continue
                remaining = self._moment - time.monotonic()
                if remaining <= 0:
                    self._moment = None
                    return self._ring
                self._changed.wait(remaining)
            return None
