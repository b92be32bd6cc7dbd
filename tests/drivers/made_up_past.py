"""A gym's past of any length, made up by dice: for pictures of statistics, and to measure them."""

import datetime as dt
import json
import math
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kiosk.core.plan import Step, plan_session
from kiosk.core.routine import Kind, Routine, Side
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.records.placing import day_number
from kiosk.records.record import ButtonUse, SessionRecord
from kiosk.records.store import Keeping, Store
from kiosk.records.sums import add_all, add_button_use
from web.figures import POSES

ZONE = ZoneInfo("Europe/Berlin")

#: How often each routine and each language is chosen.
_ROUTINES = {
    "psoas-release": 46,
    "no-pressure-psoas": 17,
    "couch-stretch": 9,
    "figure-four": 8,
    "half-kneeling": 6,
    "ninety-ninety": 5,
    "glute-ball": 4,
    "foot-ball": 3,
    "upper-back-ball": 2,
    "kettlebell-calf": 2,
}
_LANGUAGES = {"en": 58, "de": 22, "es": 8, "pl": 6, "ar": 6}

#: How many sessions begin in each hour from 6 on, on a working day and at the weekend.
_WORKING = (4, 9, 8, 4, 3, 3, 5, 4, 2, 3, 5, 11, 16, 14, 8, 3)
_WEEKEND = (0, 0, 3, 8, 12, 11, 8, 5, 4, 5, 5, 4, 2, 1, 0, 0)

#: How many different sessions there are at most; days, hours and numbers differ in all of them.
_KINDS = 4000


class _Moment(NamedTuple):
    started: str
    day: int | None
    hour: int | None


@dataclass
class MadeUpPast:
    """A past that is the same each time.

    Attributes:
        directory: The data directory that gets it.
        first: Its first day.
        days: How many days it has.
        sessions: How many sessions it has.
        seed: What the dice begin with.
    """

    directory: Path
    first: dt.date
    days: int
    sessions: int
    seed: int = 26

    def make(self) -> None:
        """Write it into a new database."""
        dice = random.Random(self.seed)
        kinds = list(_kinds(dice, min(_KINDS, self.sessions // 2)))
        rows = (
            _row(dice.choice(kinds), number, moment)
            for number, moment in enumerate(self._moments(dice), start=1)
        )
        with closing(Store(self.directory, Keeping(ZONE))) as store:
            db = store._db
            db.execute("PRAGMA synchronous=OFF")
            db.execute("PRAGMA cache_size=-64000")
            db.execute("BEGIN")
            db.executemany(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            add_all(db)
            for day in range(self.days):
                add_button_use(db, day_number(self.first) + day, self._button(dice, day))
            db.execute("COMMIT")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _moments(self, dice: random.Random) -> Iterator[_Moment]:
        """When each session began; one in 200 while the clock was not set."""
        shares = [self._share(day) for day in range(self.days)]
        places = sorted(dice.choices(range(self.days), shares, k=self.sessions))
        for place in places:
            date = self.first + dt.timedelta(days=place)
            hour = dice.choices(range(6, 22), _WEEKEND if date.weekday() > 4 else _WORKING)[0]
            at = dt.datetime(date.year, date.month, date.day, hour, dice.randrange(60), tzinfo=ZONE)
            started = at.astimezone(dt.UTC).isoformat(timespec="seconds")
            known = dice.random() > 0.005
            yield _Moment(started, day_number(date) if known else None, hour if known else None)

    def _share(self, day: int) -> float:
        """How much goes on that day: little at weekends and in summer, more from year to year."""
        date = self.first + dt.timedelta(days=day)
        weekday = (1.0, 1.1, 1.0, 1.05, 0.8, 0.7, 0.45)[date.weekday()]
        season = 1 + 0.25 * math.cos(2 * math.pi * (date.timetuple().tm_yday - 20) / 365)
        closed = (date.month, date.day) in {(1, 1), (12, 25), (12, 26)}
        return 0.0 if closed else weekday * season * (1 + day / max(self.days, 1) / 3)

    def _button(self, dice: random.Random, day: int) -> ButtonUse:
        """A contact that bounces more and more, until it is replaced after four fifths."""
        presses = round(self.sessions / self.days * self._share(day) * dice.uniform(14, 18))
        age = day / self.days if day < self.days * 0.8 else (day - self.days * 0.8) / self.days
        bounced = round(presses * (0.01 + 0.2 * age * age) * dice.uniform(0.6, 1.4))
        return ButtonUse(
            presses=presses,
            ignored=round(presses * dice.uniform(0.005, 0.03)),
            glitches=dice.choices([0, 1, 2, 7], [85, 10, 4, 1])[0],
            bounced=bounced,
            extra_edges=round(bounced * dice.uniform(1.5, 3)),
        )


def _kinds(dice: random.Random, count: int) -> Iterator[SessionRecord]:
    routines = RoutineReader(POSES).read_folder(SHIPPED_ROUTINES)
    weights = {name: weight for name, weight in _ROUTINES.items() if name in routines}
    for _ in range(count):
        name = dice.choices(list(weights), list(weights.values()))[0]
        yield _kind(dice, routines[name])


def _kind(dice: random.Random, routine: Routine) -> SessionRecord:
    """One session: most are finished, and who stops does it early, or in a hold that hurts."""
    seconds = dice.choice([routine.default_seconds, *routine.side_seconds])
    steps = plan_session(routine, Side.RIGHT, seconds)
    patience = dice.uniform(0.6, 2.2)
    ended = dice.choices(["finished", "stopped", "abandoned"], [74, 18, 8])[0]
    last = len(steps) - 1
    if ended != "finished":
        last = min(int(dice.expovariate(1 / 5)), len(steps) - 2)
    record = SessionRecord(
        number=0,
        started="",
        routine=routine.id,
        side_seconds=seconds,
        left=0.0,
        right=0.0,
        ended=ended,
        step=steps[last].id,
        language=dice.choices(list(_LANGUAGES), list(_LANGUAGES.values()))[0],
        clock_known=True,
        place=last,
        furthest=steps[last].id,
        made_up=0.0,
    )
    return _held(dice, record, steps[: last + 1], patience)


def _held(
    dice: random.Random, record: SessionRecord, steps: tuple[Step, ...], patience: float
) -> SessionRecord:
    """What was held in `steps`, when they began, and where weight off was called."""
    now, times, offs, ready = 0.0, [], [], None
    held = dict.fromkeys(Side, 0.0)
    for step in steps:
        times.append(round(now, 1))
        if step.kind is not Kind.HOLD:
            now += patience * dice.uniform(2, 9)
            continue
        ready = times[-1] if ready is None else ready
        share = 1.0 if dice.random() < 0.93 else dice.uniform(0.1, 0.9)
        for side in Side if step.side is None else (step.side,):
            held[side] += (step.seconds or 0) * share
        now += (step.seconds or 0) * share
        if dice.random() < 0.012:
            offs.append(step.id)
            now += dice.uniform(5, 40)
    missing = [record.side_seconds - seconds for seconds in held.values()]
    made_up = 0.0
    if record.ended == "finished" and max(missing) > 15 and dice.random() < 0.4:
        made_up = sum(max(0.0, by) for by in missing)
        held = {side: max(seconds, float(record.side_seconds)) for side, seconds in held.items()}
    return replace(
        record,
        left=round(held[Side.LEFT], 3),
        right=round(held[Side.RIGHT], 3),
        made_up=round(made_up, 3),
        ready_after=ready,
        weight_offs=tuple(offs),
        step_seconds=tuple(times),
    )


def _row(kind: SessionRecord, number: int, moment: _Moment) -> tuple[object, ...]:
    """The row of the table of sessions, in the order of its columns."""
    return (
        number,
        moment.started,
        kind.routine,
        kind.side_seconds,
        kind.left,
        kind.right,
        kind.ended,
        kind.step,
        kind.language,
        moment.day is not None,
        moment.day,
        moment.hour,
        kind.place,
        kind.furthest,
        kind.ready_after,
        kind.made_up,
        json.dumps(kind.weight_offs, separators=(",", ":")),
        json.dumps(kind.step_seconds, separators=(",", ":")),
    )
