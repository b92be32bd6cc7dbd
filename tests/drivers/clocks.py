"""The clocks of the tests: they stand still until a test moves them, so no test waits for them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.ports.clock import WallTime


class FakeAlarm:
    """An alarm of a `FakeClock`; it rings in the thread that moves the clock."""

    def __init__(self, name: str, ring: Callable[[], None]) -> None:
        self.name = name
        self.ring = ring
        self.moment: float | None = None

    def set(self, moment: float | None) -> None:
        """Ring at `moment`, and no longer at a moment that was set before; with None never."""
        self.moment = moment

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` at once: there is no other thread that could be stuck."""
        callback()

    def close(self) -> None:
        """Do not ring any more."""
        self.moment = None
        self.ring = lambda: None


class FakeClock:
    """A monotonic clock for the station and its panel.

    A test either moves it with `advance`, and every alarm that falls due on the way rings at its
    very moment, or sets `time` where there are no alarms.

    Attributes:
        time: What it says now, in clock seconds.
        readings: How often it has been read.
        alarms: Every alarm that was ever made.
    """

    def __init__(self, time: float = 100.0) -> None:
        self.time = time
        self.readings = 0
        self.alarms: list[FakeAlarm] = []

    def now(self) -> float:
        """Clock seconds."""
        self.readings += 1
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let `seconds` pass at once, in the place of a sleep that would last so long."""
        self.advance(seconds)

    def alarm(self, name: str, ring: Callable[[], None]) -> FakeAlarm:
        """A new alarm that calls `ring`; it is not set yet."""
        alarm = FakeAlarm(name, ring)
        self.alarms.append(alarm)
        return alarm

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass."""
        end = self.time + seconds
        while due := self._due(end):
            moment = due.moment
            assert moment is not None
            self.time = max(self.time, moment)
            due.moment = None
            due.ring()
        self.time = end

    @property
    def is_quiet(self) -> bool:
        """Whether no alarm is set."""
        return all(alarm.moment is None for alarm in self.alarms)

    def _due(self, end: float) -> FakeAlarm | None:
        due = [alarm for alarm in self.alarms if alarm.moment is not None and alarm.moment <= end]
        return min(due, key=lambda alarm: alarm.moment or 0.0, default=None)


@dataclass
class WallClock:
    """A clock on the wall, which somebody may set to any time of day.

    Attributes:
        time: The date and time that it shows.
        known: Whether that can be trusted.
    """

    time: dt.datetime = dt.datetime(2026, 5, 4, 18, 30, tzinfo=dt.UTC)
    known: bool = True

    def __call__(self) -> WallTime:
        """The time of day."""
        return WallTime(self.time, self.known)

    def jump(self, hours: float) -> None:
        """Put the clock `hours` forward, or back if they are below 0."""
        self.time += dt.timedelta(hours=hours)
