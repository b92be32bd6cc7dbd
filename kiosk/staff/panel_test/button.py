"""The test of the button: for a minute at the most, its presses are counted and begin no session.

It is the one thing of the staff area that keeps a press from a member, so it ends by itself:

- after `LONGEST` seconds, or as soon as the page that shows it has not asked for `SILENCE` seconds.
  Whatever becomes of the page, the frame or the browser, the button is a member's again by then;
- at once when a session begins, which a touch or a key still does;
- with the station: nothing of it is on the disk.

A press belongs whole to whoever got its beginning. The release of a press that the test took is
the test's too, also if the test has ended meanwhile, and that of a press from before goes on to
the session.

A button that stays down for so long that the panel calls it stuck is told to the session all the
same (`ButtonStuck`). That is no press. It is how the contact is, and its coming free is told too,
so nothing of it stays; and if it is really stuck, members have to know when the test is over.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.session import Status
from kiosk.ports.clock import MonotonicClock
from kiosk.ports.panel import ButtonHealth, Edge
from kiosk.runner import Change, Runner
from kiosk.staff.panel_test.presses import ButtonReport, Presses, report

#: Seconds that a test lasts at the most.
LONGEST = 60.0

#: Seconds after which a test is over if the page that shows it has not asked how it goes. The page
#: asks a few times a second.
SILENCE = 3.0


@dataclass
class _Test:
    """A test that has begun, and which may be over by now.

    Attributes:
        before: The counts of the button when it began.
        end: When it is over at the latest.
        asked: When the page last asked.
        presses: The presses so far.
    """

    before: ButtonHealth
    end: float
    asked: float
    presses: Presses

    def goes_on(self, now: float) -> bool:
        return now < min(self.end, self.asked + SILENCE)


@dataclass(frozen=True, slots=True)
class Look:
    """How a test goes.

    Attributes:
        seen: What it has seen so far.
        left: Seconds that it still lasts; 0 if it is over.
    """

    seen: ButtonReport
    left: float


class ButtonTest:
    """Stands between the panel's button and the session. Any thread may use it.

    Args:
        runner: Has the session.
        clock: The time.
        button: The counts of the button.
    """

    def __init__(
        self, runner: Runner, clock: MonotonicClock, button: Callable[[], ButtonHealth]
    ) -> None:
        self._runner = runner
        self._clock = clock
        self._button = button
        self._lock = threading.Lock()  # held for a moment only, and never while others are asked
        self._test: _Test | None = None
        self._has_press = False

    def takes(self, edge: Edge) -> bool:
        """Whether the test takes what the button just did; if not, it is the session's."""
        now = self._clock.now()
        with self._lock:
            test = self._test
            if edge is Edge.DOWN:
                self._has_press = test is not None and test.goes_on(now)
            if self._has_press and test is not None:
                presses = test.presses
                test.presses = presses.down(now) if edge is Edge.DOWN else presses.up(now)
            return self._has_press

    def __call__(self, change: Change) -> None:
        """End the test once a session runs; a listener of the runner."""
        if change.state.status is not Status.ATTRACT:
            self._forget()

    def begin(self) -> bool:
        """Begin a test, in the place of one that goes on; says no if a session runs."""
        before, now = self._button(), self._clock.now()
        with self._lock:
            self._test = _Test(before, now + LONGEST, now, Presses())
        # A session that has begun before this line may have told of it before there was a test.
        if self._runner.state.status is not Status.ATTRACT:
            self._forget()
            return False
        return True

    def look(self) -> Look | None:
        """How the test goes, for the page that shows it; None if there is none."""
        counts, now = self._button(), self._clock.now()
        with self._lock:
            test = self._test
            if test is None:
                return None
            left = 0.0
            if test.goes_on(now):
                test.asked = now
                left = test.end - now
            return Look(report(test.presses, test.before, counts, now), left)

    def end(self) -> ButtonReport | None:
        """End the test, if there is one; gives what it has seen."""
        look = self.look()
        self._forget()
        return None if look is None else look.seen

    def _forget(self) -> None:
        with self._lock:
            self._test = None
