"""A station without screen and panel, in a process of its own, that tells what it does.

It is made to be killed: whatever it has told before is known, whatever it was doing is not.
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
from kiosk.records.store import SessionRecord, Store
from kiosk.runner import Change, Runner, start_ticker
from web.figures import POSES

#: Routine seconds a clock second; a hold of half a minute takes 0.12 s.
SPEED = 250.0

#: Everything that waits for a person is as quick as the dice that play the person.
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

#: Loaded once, before the processes that are killed are forked.
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
    """What the station starts with."""

    state: State


class Stood(NamedTuple):
    """Where the session stood after a change; no step outside of a session."""

    place: int
    step: str | None


class Writing(NamedTuple):
    """A transaction has begun: it leaves `running`, and `record` among the sessions."""

    record: SessionRecord | None
    running: Saved | None


class Written(NamedTuple):
    """The transaction that was begun last has been committed."""


class Teller:
    """Tells the process that will kill this one; any thread may."""

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

    def keep(self, record: SessionRecord, saved: Saved) -> None:
        self._tell(Writing(record, saved))
        super().keep(record, saved)
        self._tell(Written())

    def finish(self, record: SessionRecord) -> None:
        self._tell(Writing(record, None))
        super().finish(record)
        self._tell(Written())

    def abandon_running(self) -> None:
        self._tell(Writing(None, None))
        super().abandon_running()
        self._tell(Written())


def run(directory: Path, pipe: Connection, seed: int) -> None:
    """Run the station as `kiosk.main.station` puts it together, dice for a member."""
    tell = Teller(pipe)
    dice = random.Random(seed)
    # As many routine seconds as at ordinary speed.
    keeper.SAVE_EVERY /= SPEED
    clock = SystemClock()
    keeping = keeper.SessionKeeper(lambda: TellingStore(directory, tell), RULES, clock)
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
