"""A clock that stands still until a test moves it, with alarms that ring on the way."""

from collections.abc import Callable


class FakeAlarm:
    def __init__(self, name: str, ring: Callable[[], None]) -> None:
        self.name = name
        self.ring = ring
        self.moment: float | None = None

    def set(self, moment: float | None) -> None:
        self.moment = moment

    def call_soon(self, callback: Callable[[], None]) -> None:
        callback()

    def close(self) -> None:
        self.moment = None
        self.ring = lambda: None


class FakeClock:
    """Time for tests. Alarms ring in the test's own thread, each at its very moment."""

    def __init__(self) -> None:
        self.time = 100.0
        self.alarms: list[FakeAlarm] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def alarm(self, name: str, ring: Callable[[], None]) -> FakeAlarm:
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
        """Whether nothing would ever ring."""
        return all(alarm.moment is None for alarm in self.alarms)

    def _due(self, end: float) -> FakeAlarm | None:
        due = [alarm for alarm in self.alarms if alarm.moment is not None and alarm.moment <= end]
        return min(due, key=lambda alarm: alarm.moment or 0.0, default=None)
