"""The runner: the one lock around the session, the one thread that ticks, and the fan-out."""

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


#: Someone who wants every change, in order. Called while the runner's lock is held: it must hand
#: the change over and return at once.
ChangeListener = Callable[[Change], None]


class Runner:
    """Owns the session's state. Any thread may post; changes come out one after the other."""

    def __init__(self, state: State, rules: Rules, clock: MonotonicClock) -> None:
        self._state = state
        self._rules = rules
        self._clock = clock
        self._changed = threading.Condition(threading.Lock())
        self._listeners: list[ChangeListener] = []
        self._asked: list[threading.Event] = []
        self._closed = False

    @property
    def rules(self) -> Rules:
        """What stays the same while the station runs."""
        return self._rules

    @property
    def state(self) -> State:
        """The state as of the last change."""
        return self._state

    def now(self) -> float:
        """Clock seconds, on the clock that the session runs by."""
        return self._clock.now()

    def listen(self, listener: ChangeListener) -> None:
        """Hand every later change to `listener`."""
        with self._changed:
            self._listeners.append(listener)

    def post(self, event: Event) -> Outcome:
        """Apply `event` now, and hand what changed to every listener before returning."""
        with self._changed:
            return self._apply(event)

    def tick(self) -> None:
        """Do what has fallen due."""
        self.post(Tick())

    def next_deadline(self) -> float | None:
        """Clock seconds at which something falls due next, or None."""
        return next_deadline(self._state, self._rules)

    def run_ticker(self) -> None:
        """Tick at every deadline until `close`; sleeps in between, without polling."""
        with self._changed:
            while not self._closed:
                while self._asked:
                    self._asked.pop().set()
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
        # A listener that hangs keeps the lock, and must not keep whoever asks.
        if self._changed.acquire(timeout=within):
            try:
                self._asked.append(moved)
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
