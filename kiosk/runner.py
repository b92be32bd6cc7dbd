"""The runner holds the session's state: events come in from any thread, changes go out in order.

One lock guards the state. One thread, the ticker, sleeps until the next deadline of the session,
for example the end of a hold. Every change is handed to every listener.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.cues import Cue
from kiosk.core.session import Ending, Event, Outcome, Rules, State, Tick
from kiosk.core.transitions import advance, next_deadline
from kiosk.ports.clock import MonotonicClock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the session, as it is handed to the listeners.

    Attributes:
        before: The state before it.
        state: The state after it.
        at: Clock seconds when it happened.
        cue: What sounds now, or None.
        ending: The end of a session, or None.
    """

    before: State
    state: State
    at: float
    cue: Cue | None
    ending: Ending | None

    @property
    def is_press(self) -> bool:
        """Whether it came because the button went down."""
        return self.state.press is not None and self.before.press is None


#: Called with every change, in order, while the runner's lock is held. It must return at once: a
#: listener that has much to do hands the change to a thread of its own.
ChangeListener = Callable[[Change], None]


class Runner:
    """Owns the session's state. Any thread may post events.

    Args:
        state: The state to begin with.
        rules: What sessions run by.
        clock: The clock that sessions run by.
    """

    def __init__(self, state: State, rules: Rules, clock: MonotonicClock) -> None:
        self._state = state
        self._rules = rules
        self._clock = clock
        self._changed = threading.Condition(threading.Lock())
        self._listeners: list[ChangeListener] = []
        # Events that the ticker sets when it next wakes, to show that it still runs.
        self._signs_of_life: list[threading.Event] = []
        self._closed = False

    @property
    def rules(self) -> Rules:
        """What sessions run by; it stays the same while the station runs."""
        return self._rules

    @property
    def state(self) -> State:
        """The state as of the last change."""
        return self._state

    def now(self) -> float:
        """Clock seconds, by the clock that sessions run by."""
        return self._clock.now()

    def listen(self, listener: ChangeListener) -> None:
        """Hand every change from now on to `listener`."""
        with self._changed:
            self._listeners.append(listener)

    def post(self, event: Event) -> Outcome:
        """Apply `event` now; every listener has been handed the change when this returns."""
        with self._changed:
            return self._apply(event)

    def tick(self) -> None:
        """Have the session do what is due by now, for example end a hold."""
        self.post(Tick())

    def next_deadline(self) -> float | None:
        """Clock seconds at which the session next does something by itself, None if never."""
        return next_deadline(self._state, self._rules)

    def run_ticker(self) -> None:
        """Tick at every deadline until `close`. Sleeps in between; it does not poll."""
        with self._changed:
            while not self._closed:
                while self._signs_of_life:
                    self._signs_of_life.pop().set()
                due = self.next_deadline()
                wait = None if due is None else due - self._clock.now()
                if wait is None or wait > 0:
                    self._changed.wait(wait)
                else:
                    self._apply(Tick())

    def unresponsive(self, within: float) -> list[str]:
        """Names of the runner's threads that did not respond within `within` seconds.

        Wakes the ticker to find out. Empty if all is well.
        """
        moved = threading.Event()
        # A listener that hangs never gives the lock back. The wait for the lock is limited, so that
        # the thread that asks here does not hang too.
        if self._changed.acquire(timeout=within):
            try:
                self._signs_of_life.append(moved)
                self._changed.notify_all()
            finally:
                self._changed.release()
            moved.wait(within)
        return [] if moved.is_set() else ["ticker"]

    def close(self) -> None:
        """End `run_ticker`."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _apply(self, event: Event) -> Outcome:
        now = self._clock.now()
        before = self._state
        outcome = advance(before, event, now, self._rules)
        if outcome.state is not before:
            self._state = outcome.state
            self._changed.notify_all()
            self._hand_out(Change(before, outcome.state, now, outcome.cue, outcome.ending))
        return outcome

    def _hand_out(self, change: Change) -> None:
        for listener in self._listeners:
            try:
                listener(change)
            except Exception:  # noqa: BLE001 - one broken listener must not silence the others
                _log.exception("a listener failed on version %d", change.state.version)


def start_ticker(runner: Runner) -> threading.Thread:
    """Start the one thread that ticks `runner`."""
    thread = threading.Thread(target=runner.run_ticker, name="ticker", daemon=True)
    thread.start()
    return thread
