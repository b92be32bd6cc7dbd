"""The keeper: writes the session to the store while it runs, and tries again when it cannot.

A disk that is full, gone or read-only never stops the station or a session: sessions that have
ended wait in memory until they can be written, and the log says so once.
"""

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from kiosk.core.errors import DamagedStoreError, StoreError
from kiosk.core.moves import attract
from kiosk.core.saved import Saved, offer, save
from kiosk.core.session import Ending, Rules, State, Status
from kiosk.ports.clock import MonotonicClock, WallClock
from kiosk.ports.panel import ButtonHealth
from kiosk.ports.saving import Saving
from kiosk.records.button import ButtonMeter
from kiosk.records.record import NOT_USED, ButtonUse, SessionRecord, Start, told
from kiosk.records.store import Store
from kiosk.records.unwritten import Unwritten
from kiosk.runner import Change

_log = logging.getLogger(__name__)

#: Clock seconds after which the session is saved again while the seconds of a step run.
SAVE_EVERY = 5.0

#: Clock seconds after which a write that has failed is tried again. Every change tries it too.
RETRY_EVERY = 30.0

#: The most sessions that wait in memory for the disk; they take a few megabytes. If there are more,
#: the oldest are lost.
MOST_WAITING = 10_000


class SessionKeeper:
    """Keeps the store up to date with the session.

    Only one thread may use it, but any thread may read `problem` and `saving`.

    Args:
        open_store: Opens the store. It is called again each time that it has raised StoreError.
        rules: What the station runs by.
        clock: The clock that the session runs by.
        wall: The wall clock.
        on_health: Called when `problem` has come or gone.
        button: Gives what the panel has counted of the button since the station started.
        unwritten: Has what the keeper before could not write, and is given what this one cannot.
    """

    def __init__(  # noqa: PLR0913 - each is one thing of the world outside
        self,
        open_store: Callable[[], Store],
        rules: Rules,
        clock: MonotonicClock,
        *,
        wall: WallClock,
        unwritten: Unwritten,
        on_health: Callable[[], None] = lambda: None,
        button: Callable[[], ButtonHealth] = ButtonHealth,
    ) -> None:
        self._open_store = open_store
        self._rules = rules
        self._clock = clock
        self._on_health = on_health
        self._wall = wall
        self._store: Store | None = None
        left = unwritten.take()
        self._unwritten = unwritten
        self._numbers = left.numbers
        # Whether the store may still have a running session that nobody goes on with.
        self._left_over = True
        self._state: State | None = None
        self._start = Start.at(wall())
        self._button = ButtonMeter(button)
        # Sessions that have ended and are not written yet, with their numbers in this run.
        self._ended: deque[SessionRecord] = deque(left.ended, maxlen=MOST_WAITING)
        self._due: float | None = None
        self._problem: str | None = None
        self._writes = self._failures = 0

    @property
    def problem(self) -> str | None:
        """Why sessions are not being saved, and what to do about it; None while they are."""
        return self._problem

    @property
    def saving(self) -> Saving:
        """How the saving of sessions goes."""
        return Saving(self._writes, self._failures, len(self._ended), self._problem)

    def recover(self) -> State:
        """Take up what the last run left in the store, and give the state to begin with.

        A session that a power cut has interrupted is offered again if enough of it was done;
        otherwise it is written down as abandoned.

        Returns:
            The state in which the station invites to a session, or the one in which it offers to
            go on with the interrupted session.
        """
        now = self._clock.now()
        try:
            store = self._opened()
            # What an earlier keeper has left comes first: it may have ended the session that the
            # store has as running. The button has not been counted yet in this run.
            while self._ended:
                store.finish(self._for_store(self._ended[0]))
                self._ended.popleft()
            running = store.running()
        except StoreError as problem:
            self._failed(problem)
            return attract(now, self._rules)
        offered = None if running is None else self._offer(*running, now)
        if offered is not None:
            self._left_over = False
            return offered
        self.save()
        return attract(now, self._rules)

    def note(self, change: Change) -> None:
        """Remember `change`, so that the next `save` writes it."""
        if change.ending is not None:
            self._end(change.ending)
        if change.state.session != change.before.session:
            self._start = Start.at(self._wall())
            number = self._numbers.in_store(change.state.session)
            _log.info("session %d started: %s", number, change.state.choices.routine)
        self._state = change.state

    def seconds_until_save(self) -> float | None:
        """Clock seconds until `save` is due even if nothing changes, None if it is not then."""
        return None if self._due is None else max(0.0, self._due - self._clock.now())

    def save(self) -> None:
        """Write everything that the store does not have yet."""
        self._due = None
        try:
            store = self._opened()
            while self._ended:
                total = self._button_total()
                use = self._button.since_written(total)
                store.finish(self._for_store(self._ended[0]), use)
                self._button.has_written(total)
                self._ended.popleft()
            if self._left_over:
                store.abandon_running()
                self._left_over = False
            self._save_running(store)
        except StoreError as problem:
            self._failed(problem)
        else:
            self._worked()

    def close(self) -> None:
        """Close the store, and leave what could not be written to the next keeper."""
        sessions = 0 if self._state is None else self._state.session
        self._unwritten.leave(self._numbers, sessions, self._ended)
        try:
            self._count_button()
        except StoreError as problem:
            _log.error("what the button has been through lately is lost: %s", problem)
        finally:
            self._close_store()

    def _button_total(self) -> ButtonUse:
        return self._button.total(0 if self._state is None else self._state.ignored)

    def _count_button(self) -> None:
        """Count what the button has been through since the last session ended."""
        total = self._button_total()
        use = self._button.since_written(total)
        if self._store is not None and use != NOT_USED:
            self._store.count_button(Start.at(self._wall()).day, use)
            self._button.has_written(total)

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def _opened(self) -> Store:
        if self._store is None:
            self._store = self._open_store()
        if not self._numbers.known:
            self._numbers.learn(self._store.last_number())
        return self._store

    def _offer(self, number: int, saved: Saved, now: float) -> State | None:
        offered = offer(saved, now, self._rules, self._numbers.in_run(number))
        _log.info(
            "session %d was cut off at %s and %s",
            number,
            saved.step,
            "is offered again" if offered else "is over: too little was done, or it has changed",
        )
        return offered

    def _save_running(self, store: Store) -> None:
        """Save the session that runs, if one does, and say when to save it again."""
        state, now = self._state, self._clock.now()
        saved = None if state is None else save(state, now, self._rules)
        if state is None or saved is None:
            return
        record = self._record(state.session, saved)
        store.save_running(self._for_store(record), saved)
        timed = state.step is not None and state.step.seconds is not None
        if state.status is Status.RUNNING and timed:
            self._due = now + SAVE_EVERY

    def _end(self, ending: Ending) -> None:
        _log.info(
            "session %d %s at %s: left %.0f s, right %.0f s",
            self._numbers.in_store(ending.session),
            ending.end.value,
            ending.step.id,
            ending.ledger.left,
            ending.ledger.right,
        )
        self._ended.append(self._record(ending.session, ending))

    def _record(self, session: int, of: Ending | Saved) -> SessionRecord:
        """The record of session `session` of this run, which has ended or still runs."""
        if isinstance(of, Ending):
            ended, step = of.end.value, of.step.id
        else:
            ended, step = None, of.step
        return SessionRecord(
            number=session,
            started=self._start.started,
            routine=of.choices.routine,
            side_seconds=of.choices.seconds,
            left=round(of.ledger.left, 3),
            right=round(of.ledger.right, 3),
            ended=ended,
            step=step,
            language=of.choices.language,
            clock_known=self._start.clock_known,
            day=self._start.day,
            hour=self._start.hour,
            **told(of.story, of.ledger.total),
        )

    def _for_store(self, record: SessionRecord) -> SessionRecord:
        return replace(record, number=self._numbers.in_store(record.number))

    def _failed(self, problem: StoreError) -> None:
        self._failures += 1
        if isinstance(problem, DamagedStoreError):
            self._close_store()  # the next try opens it, and opening moves a damaged one away
        self._due = self._clock.now() + RETRY_EVERY
        before, self._problem = self._problem, str(problem)
        if before is None:
            _log.error("sessions are not being saved: %s", problem)
            self._on_health()

    def _worked(self) -> None:
        self._writes += 1
        if self._problem is not None:
            self._problem = None
            last = self._numbers.in_store(0 if self._state is None else self._state.session)
            _log.info("sessions are being saved again; the last is session %d", last)
            self._on_health()


class KeeperThread:
    """Gives the keeper a thread of its own, so that no cue has to wait for a disk.

    A listener of the runner. Whoever made the keeper leaves it to this thread from then on.
    """

    def __init__(self, keeper: SessionKeeper) -> None:
        self._keeper = keeper
        self._changes: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
        self._thread.start()

    def __call__(self, change: Change) -> None:
        """Hand `change` to the keeper's thread; returns at once."""
        self._changes.put(change)

    def close(self) -> None:
        """Write what is waiting, close the store and end the thread, in 5 seconds at most."""
        self._changes.put(None)
        self._thread.join(timeout=5)

    def _run(self) -> None:
        going_on = True
        while going_on:
            try:
                going_on = self._note_all()
                self._keeper.save()
            except Exception:  # noqa: BLE001 - one failure must not end the saving for good
                _log.exception("the keeper failed, and goes on")
        self._keeper.close()

    def _note_all(self) -> bool:
        """Wait for changes, or for a save to fall due; False once told to end."""
        try:
            change = self._changes.get(timeout=self._keeper.seconds_until_save())
            while change is not None:
                self._keeper.note(change)
                change = self._changes.get_nowait()
        except queue.Empty:
            return True
        return False
