"""The clocks, behind types, so that tests can bring their own.

Sessions are timed by one that only goes forward. The wall clock is only written down.

The panel has a type of its own in ``hardware/clock.py``, which can also wake a thread at a moment.
"""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class WallTime:
    """What the machine's wall clock says.

    Attributes:
        at: The date and time in the gym's time zone.
        known: Whether they can be trusted. A Raspberry Pi has no battery for its clock: until a
            time server has been heard, it may be hours or years off.
    """

    at: dt.datetime
    known: bool


#: The machine's wall clock, for what is written down and for nothing else.
WallClock = Callable[[], WallTime]
