"""The clock that sessions are timed by, behind a type, so that tests can bring their own.

The panel has a type of its own in ``hardware/clock.py``, which can also wake a thread at a moment.
"""

import time
from typing import Protocol


class MonotonicClock(Protocol):
    """A clock that only goes forward, whatever is done to the date and time of the machine."""

    def now(self) -> float:
        """Clock seconds: the seconds since some fixed moment, which need not be known."""


class SystemClock:
    """The machine's monotonic clock."""

    def now(self) -> float:
        """The seconds since some fixed moment, often the start of the machine."""
        return time.monotonic()
