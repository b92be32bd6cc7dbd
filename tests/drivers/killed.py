"""A station without screen and panel, in a process of its own that a test kills.

It tells the test what it does, before and after it does it. So the test knows what must be in the
store when the process has been killed at any moment.
"""

import random
import threading
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from kiosk.core.routine import Side
from kiosk.core.saved import Saved
from kiosk.core.session import (
    Back,
    ButtonDown,
    ButtonHeld,
    ButtonUp,
    Choices,
    Choose,
    Event,
    Rules,
    State,
    Timing,
)
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.ports.clock import SystemClock
from kiosk.records import keeper
from kiosk.records.record import NOT_USED, ButtonUse, SessionRecord
from kiosk.records.store import Store
from kiosk.records.unwritten import Unwritten
from kiosk.runner import Change, Runner, start_ticker
from kiosk.wall_clock import SystemWallClock
from web.figures import POSES

#: How many routine seconds pass in a clock second: a hold of half a minute takes 0.12 s.
SPEED = 250.0

#: Dice play the member here, and press many times a second. What waits for a person is as quick.
TIMES = Timing(
    held=0.02,
    repeat=0.0,
    after_advance=0.0,
    asking_after=0.08,
    asking_ends_after=0.03,
    paused_ends_after=0.1,
    summary_ends_after=0.03,
    resume_ends_after=0.1,
)

#: Loaded only once: the processes that are killed are forked later, and have it already.
RULES = Rules(
    RoutineReader(POSES).read_folder(SHIPPED_ROUTINES),
    Choices("psoas-release", Side.RIGHT, 120, "en"),
    SPEED,
    TIMES,
)

_DEEDS: tuple[tuple[Event, ...], ...] = (
    *[(ButtonDown(), ButtonUp())] * 14,
    *[(ButtonHeld(), ButtonUp())] * 2,
    (ButtonDown(),),
    (Back(),),
    (Choose(side=Side.LEFT, seconds=60),),
    (),
)


class Offered(NamedTuple):
    """The state that the station starts with."""

    state: State


class Stood(NamedTuple):
    """Where the session stood after a change; the step is None outside of a session."""

    place: int
    step: str | None


class Writing(NamedTuple):
    """A transaction is about to begin, which will store `running`, and `record` as a session."""

    record: SessionRecord | None
    running: Saved | None


class Written(NamedTuple):
    """The transaction that was begun last has been committed."""


class Teller:
    """Tells things to the process that will kill this one; any thread may use it."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def __call__(self, message: object) -> None:
        with self._lock:
            self._pipe.send(message)


class TellingStore(Store):
    """A store that tells of each transaction before and after it."""

    def __init__(self, directory: Path, tell: Teller) -> None:
        super().__init__(directory)
        self._tell = tell

    def save_running(self, record: SessionRecord, saved: Saved) -> None:
        self._tell(Writing(record, saved))
        super().save_running(record, saved)
        self._tell(Written())

    def finish(self, record: SessionRecord, use: ButtonUse = NOT_USED) -> None:
        self._tell(Writing(record, None))
        super().finish(record, use)
        self._tell(Written())

    def abandon_running(self) -> None:
        self._tell(Writing(None, None))
        super().abandon_running()
        self._tell(Written())


def run(directory: Path, pipe: Connection, seed: int) -> None:
    """Run a station with the parts that `kiosk.main.station` has, and dice for a member."""
    tell = Teller(pipe)
    dice = random.Random(seed)
    # Save as often as at ordinary speed, counted in routine seconds.
    keeper.SAVE_EVERY /= SPEED
    clock = SystemClock()
    keeping = keeper.SessionKeeper(
        lambda: TellingStore(directory, tell),
        RULES,
        clock,
        wall=SystemWallClock(),
        unwritten=Unwritten(),
    )
    state = keeping.recover()
    runner = Runner(state, RULES, clock)
    tell(Offered(replace(state, press=None)))

    def stood(change: Change) -> None:
        step = change.state.step
        tell(Stood(change.state.index, None if step is None else step.id))

    runner.listen(stood)
    runner.listen(keeper.KeeperThread(keeping))
    start_ticker(runner)
    while True:
        for event in dice.choice(_DEEDS):
            runner.post(event)
        time.sleep(dice.expovariate(1 / 0.006))
