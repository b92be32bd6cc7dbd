"""How late the cues of a session are."""

import contextlib
import tempfile
import time

import msgspec

from bench.sessions import APART
from bench.table import Row, percentile
from kiosk.core.session import ButtonDown, ButtonUp, Rules, Status
from kiosk.core.transitions import next_deadline
from kiosk.main.rules import rules_of
from kiosk.main.station import build
from kiosk.ports.clock import SystemClock
from kiosk.runner import Change, Runner, start_ticker
from kiosk.settings.shapes import PanelSection, Settings, StationSection

SPEED = 60.0
SESSIONS = 6


class _Watch:
    """A listener that notes how late each cue is that was due by itself."""

    def __init__(self, rules: Rules, clock: SystemClock) -> None:
        self.late: list[float] = []
        self._rules = rules
        self._clock = clock

    def __call__(self, change: Change) -> None:
        due = next_deadline(change.before, self._rules)
        if change.cue is not None and due is not None and due <= change.at:
            self.late.append((self._clock.now() - due) * 1000)


def measure() -> list[Row]:
    """Milliseconds from a cue's deadline until every other listener has it, panel included."""
    clock = SystemClock()
    with tempfile.TemporaryDirectory(prefix="matside-bench-") as data:
        settings = msgspec.structs.replace(
            Settings(), panel=PanelSection(hardware="mock"), station=StationSection(data=data)
        )
        rules = rules_of(settings, SPEED)
        with contextlib.ExitStack() as stack:
            runner = build(settings, rules, stack, clock).runner
            watch = _Watch(rules, clock)
            runner.listen(watch)
            start_ticker(runner)
            for _ in range(SESSIONS):
                _go_through(runner)
    late = watch.late
    detail = {"cues": float(len(late)), "sessions": SESSIONS, "speed": SPEED}
    return [
        Row("cue lateness, p50", percentile(late, 0.5), "ms", detail=detail),
        Row("cue lateness, p99", percentile(late, 0.99), "ms"),
        Row("cue lateness, latest", max(late), "ms"),
    ]


def _go_through(runner: Runner) -> None:
    """A session from attract to attract, by presses where a step waits for one."""
    _press(runner)
    while runner.state.status is not Status.ATTRACT:
        step = runner.state.step
        timed = step is not None and step.seconds is not None
        if runner.state.status is Status.RUNNING and timed:
            time.sleep(0.05)
        else:
            _press(runner)


def _press(runner: Runner) -> None:
    time.sleep(APART)
    runner.post(ButtonDown())
    runner.post(ButtonUp())
