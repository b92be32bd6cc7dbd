"""The one clock of the station, behind a type that tests can fake."""

import time
from typing import Protocol


class MonotonicClock(Protocol):
    """A clock that only goes forward."""

    def now(self) -> float:
        """Clock seconds since some fixed moment."""


class SystemClock:
    """The machine's monotonic clock; no change of the wall time moves it."""

    def now(self) -> float:
        """Clock seconds since some fixed moment."""
        return time.monotonic()
