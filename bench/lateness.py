"""How much later than their deadlines the cues of a session sound."""

import contextlib
import tempfile
import time

import msgspec

from bench.table import Row, percentile
from kiosk.core.session import ButtonDown, ButtonUp, Rules
from kiosk.core.transitions import next_deadline
from kiosk.main.rules import library_of, rules_of
from kiosk.main.setup import Setup
from kiosk.main.station import build
from kiosk.ports.clock import SystemClock
from kiosk.runner import Change, Runner, start_ticker
from kiosk.settings.shapes import PanelSection, Settings, StationSection
from tests.drivers.sessions import Standing, go_through, standing_of

SPEED = 60.0
SESSIONS = 6

#: Seconds between presses, so that none is taken for a repetition of the last.
APART = 0.3


class _Watch:
    """A listener that notes how late each cue is that comes by itself, without a press."""

    def __init__(self, rules: Rules, clock: SystemClock) -> None:
        self.late: list[float] = []
        self._rules = rules
        self._clock = clock

    def __call__(self, change: Change) -> None:
        due = next_deadline(change.before, self._rules)
        if change.cue is not None and due is not None and due <= change.at:
            self.late.append((self._clock.now() - due) * 1000)


class _Member:
    """Presses the button, and sees where the session stands."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def standing(self) -> Standing:
        return standing_of(self._runner.state)

    def press(self) -> None:
        self._runner.post(ButtonDown())
        self._runner.post(ButtonUp())


def measure() -> list[Row]:
    """Milliseconds from the deadline of a cue until all listeners of the station have it.

    The panel is one of them. What buzzer and light take then is not in it.
    """
    clock = SystemClock()
    with tempfile.TemporaryDirectory(prefix="matside-bench-") as data:
        settings = msgspec.structs.replace(
            Settings(), panel=PanelSection(hardware="mock"), station=StationSection(data=data)
        )
        rules = rules_of(settings, library_of(settings), SPEED)
        with contextlib.ExitStack() as stack:
            runner = build(Setup(settings, rules), stack, clock).runner
            watch = _Watch(rules, clock)
            runner.listen(watch)
            start_ticker(runner)
            member = _Member(runner)
            for _ in range(SESSIONS):
                go_through(member, lambda: time.sleep(APART))
                member.press()  # from the summary to the attract screen
                time.sleep(APART)
    late = watch.late
    detail = {"cues": float(len(late)), "sessions": SESSIONS, "speed": SPEED}
    return [
        Row("cue lateness, p50", percentile(late, 0.5), "ms", detail=detail),
        Row("cue lateness, p99", percentile(late, 0.99), "ms"),
        Row("cue lateness, latest", max(late), "ms"),
    ]
