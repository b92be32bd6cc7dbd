"""What is counted while sessions run, because nobody else counts it."""

from collections.abc import Callable
from itertools import product

from kiosk.core.session import End, Ending, Rules
from kiosk.core.transitions import next_deadline
from kiosk.runner import Change
from web.metrics.histogram import Histogram

#: Upper bounds in seconds. A press should be on the screen within 0.1 s, and a cue is to come
#: within 0.05 s of its moment.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Meters:
    """A listener of the runner. It comes after the one that plays the cues.

    It runs with the lock of the runner, and nothing else writes to its counts of sessions.

    Attributes:
        sessions: Sessions that have ended since the station started, by routine and ending.
        weight_offs: How often weight off was called in them, by routine.
        lateness: How late cues were that come at a moment of their own.
        press_to_event: How long it took from presses to their events.

    Args:
        rules: What sessions run by.
        now: Gives clock seconds, by the clock that sessions run by.
    """

    def __init__(self, rules: Rules, now: Callable[[], float]) -> None:
        self.sessions = dict.fromkeys(product(rules.routines, (end.value for end in End)), 0)
        self.weight_offs = dict.fromkeys(rules.routines, 0)
        self.lateness = Histogram(BOUNDS)
        self.press_to_event = Histogram(BOUNDS)
        self._rules = rules
        self._now = now
        self._counted: int | None = None
        self._counted_weight_offs = 0

    def __call__(self, change: Change) -> None:
        """Count what `change` has brought; returns at once."""
        if change.cue is not None:
            due = next_deadline(change.before, self._rules)
            if due is not None and due <= change.at:
                self.lateness.put(self._now() - due)
        if change.ending is not None:
            self._count(change.ending)

    def _count(self, ending: Ending) -> None:
        """Count the end of a session.

        One that goes on to make up seconds ends twice. Its first ending stands, since what has been
        counted cannot be taken back; of its calls of weight off the later ones are added.
        """
        routine = ending.choices.routine
        called = 0 if ending.story is None else len(ending.story.weight_offs)
        if ending.session != self._counted:
            self._counted, self._counted_weight_offs = ending.session, 0
            self.sessions[routine, ending.end.value] += 1
        self.weight_offs[routine] += called - self._counted_weight_offs
        self._counted_weight_offs = called

    def sent(self, pressed_at: float) -> None:
        """Take down that the event of a press at `pressed_at` has just been made ready."""
        self.press_to_event.put(self._now() - pressed_at)
