"""Sums over sessions, one table for each picture of the statistics.

Reading a million sessions takes most of a second; reading these tables takes some milliseconds. So
a session that ends is added to them, in the transaction that stores its end. They outlive the
sessions that they are made of.

Each is told by one query over the table of sessions. Put to one session it says what that one adds;
put to all of them it makes the table anew.
"""

import sqlite3
from dataclasses import dataclass

from kiosk.records.placing import NO_DAY
from kiosk.records.record import NOT_USED, ButtonUse


@dataclass(frozen=True, slots=True)
class Sum:
    """One table of sums.

    Attributes:
        table: Its name.
        keys: The columns that together are its key, with their types in SQL. What it is read by
            comes first: days, or the one routine whose picture it is.
        counts: The columns that are added up.
        adds: What a session adds: a query in SQL for keys and counts up to its ``WHERE``, where
            ``:sign`` is 1, or -1 to take away what was added before.
        only: Which sessions add something, in SQL.
    """

    table: str
    keys: dict[str, str]
    counts: tuple[str, ...]
    adds: str
    only: str = "true"

    @property
    def layout(self) -> str:
        """The statement in SQL that makes the table."""
        keys = ", ".join(f"{name} {kind} NOT NULL" for name, kind in self.keys.items())
        counts = ", ".join(f"{name} INTEGER NOT NULL DEFAULT 0" for name in self.counts)
        key = ", ".join(self.keys)
        return f"CREATE TABLE {self.table} ({keys}, {counts}, PRIMARY KEY ({key})) WITHOUT ROWID"

    def statement(self, which: str) -> str:
        """The statement in SQL that adds the sessions that fulfil the condition `which`."""
        keys, groups = ", ".join(self.keys), ", ".join(map(str, range(1, len(self.keys) + 1)))
        added = ", ".join(f"{name} = {name} + excluded.{name}" for name in self.counts)
        return (
            f"INSERT INTO {self.table} ({keys}, {', '.join(self.counts)}) {self.adds} "
            f"WHERE ended IS NOT NULL AND {self.only} AND {which} GROUP BY {groups} "
            f"ON CONFLICT ({keys}) DO UPDATE SET {added}"
        )


#: A damaged text in the column must not keep the others from being counted.
_WEIGHT_OFFS = "CASE WHEN json_valid(weight_offs) THEN weight_offs ELSE '[]' END"

#: By how much of itself the shorter side may differ: up to these shares of the longer side, a
#: session is even, or somewhat uneven. Above the second it is very uneven.
EVEN, SOMEWHAT_UNEVEN = 0.05, 0.25

_LEAN = "(left_seconds - right_seconds) / max(left_seconds, right_seconds)"

#: The time to get ready is counted in steps of so many seconds, below so many seconds.
READY_STEPS = ((5, 120), (15, 600))

_FINE, _COARSE = READY_STEPS

SUMS = (
    # Sessions a day by how they ended, with what was held in them.
    Sum(
        table="day_sum",
        keys={"day": "INTEGER", "ended": "TEXT"},
        counts=("sessions", "left_seconds", "right_seconds", "made_up_sessions", "made_up_seconds"),
        adds=f"SELECT ifnull(day, {NO_DAY}), ended, :sign * count(*), "
        "sum(:sign * CAST(round(left_seconds) AS INTEGER)), "
        "sum(:sign * CAST(round(right_seconds) AS INTEGER)), "
        "sum(:sign * (ifnull(made_up, 0) >= 0.5)), "
        "sum(:sign * CAST(round(ifnull(made_up, 0)) AS INTEGER)) FROM session",
    ),
    # Hour and weekday.
    Sum(
        table="hour_sum",
        keys={"day": "INTEGER", "hour": "INTEGER"},
        counts=("sessions",),
        adds="SELECT day, hour, :sign * count(*) FROM session",
        only="day IS NOT NULL AND hour IS NOT NULL",
    ),
    # How far sessions came: the furthest step of each.
    Sum(
        table="step_sum",
        keys={"routine": "TEXT", "day": "INTEGER", "place": "INTEGER", "step": "TEXT"},
        counts=("sessions",),
        adds=f"SELECT routine, ifnull(day, {NO_DAY}), place, ifnull(furthest, ''), "
        ":sign * count(*) FROM session",
        only="place IS NOT NULL",
    ),
    # In which steps weight off was called, and how often.
    Sum(
        table="weight_off_sum",
        keys={"day": "INTEGER", "routine": "TEXT", "step": "TEXT"},
        counts=("times",),
        adds=f"SELECT ifnull(day, {NO_DAY}), routine, value, :sign * count(*) "
        f"FROM session, json_each({_WEIGHT_OFFS})",
    ),
    # How even the sides of a finished session were, from -2 (the left side far shorter) to 2.
    Sum(
        table="even_sum",
        keys={"day": "INTEGER", "lean": "INTEGER"},
        counts=("sessions",),
        adds=f"SELECT ifnull(day, {NO_DAY}), CASE WHEN {_LEAN} < -{SOMEWHAT_UNEVEN} THEN -2 "
        f"WHEN {_LEAN} < -{EVEN} THEN -1 WHEN {_LEAN} <= {EVEN} THEN 0 "
        f"WHEN {_LEAN} <= {SOMEWHAT_UNEVEN} THEN 1 ELSE 2 END, :sign * count(*) FROM session",
        only="ended = 'finished' AND max(left_seconds, right_seconds) > 0",
    ),
    # Seconds that members took to get ready, in steps.
    Sum(
        table="ready_sum",
        keys={"day": "INTEGER", "routine": "TEXT", "seconds": "INTEGER"},
        counts=("sessions",),
        adds=f"SELECT ifnull(day, {NO_DAY}), routine, "
        f"CASE WHEN ready_after < {_FINE[1]} THEN {_FINE[0]} * CAST(ready_after / {_FINE[0]} "
        f"AS INTEGER) WHEN ready_after < {_COARSE[1]} THEN {_COARSE[0]} * "
        f"CAST(ready_after / {_COARSE[0]} AS INTEGER) ELSE {_COARSE[1]} END, "
        ":sign * count(*) FROM session",
        only="ready_after IS NOT NULL",
    ),
    # What was chosen; and of how many sessions it is known whether weight off was called.
    Sum(
        table="choice_sum",
        keys={"day": "INTEGER", "routine": "TEXT", "language": "TEXT"},
        counts=("sessions", "sessions_told"),
        adds=f"SELECT ifnull(day, {NO_DAY}), routine, ifnull(language, ''), :sign * count(*), "
        "sum(:sign * (weight_offs IS NOT NULL)) FROM session",
    ),
)

#: What the button went through, by day; it is told by the panel and not by sessions.
BUTTON_TABLE = "button_sum"

BUTTON_LAYOUT = (
    f"CREATE TABLE {BUTTON_TABLE} (day INTEGER PRIMARY KEY, presses INTEGER NOT NULL, "
    "ignored INTEGER NOT NULL, glitches INTEGER NOT NULL, bounced INTEGER NOT NULL, "
    "extra_edges INTEGER NOT NULL)"
)

TABLES = (*(one.table for one in SUMS), BUTTON_TABLE)

_ONE = tuple(one.statement("number = :number") for one in SUMS)


def add_session(db: sqlite3.Connection, number: int) -> None:
    """Add the stored session `number` to all sums; one that runs adds nothing."""
    _add(db, number, 1)


def take_away_session(db: sqlite3.Connection, number: int) -> None:
    """Take away from all sums what the session `number` has added, as it is stored now."""
    _add(db, number, -1)


def add_button_use(db: sqlite3.Connection, day: int | None, use: ButtonUse) -> None:
    """Add what the button has been through to the sums of `day`, None if nobody knows the day."""
    if use == NOT_USED:
        return
    db.execute(
        f"INSERT INTO {BUTTON_TABLE} VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (day) DO UPDATE SET "
        "presses = presses + excluded.presses, ignored = ignored + excluded.ignored, "
        "glitches = glitches + excluded.glitches, bounced = bounced + excluded.bounced, "
        "extra_edges = extra_edges + excluded.extra_edges",
        (
            NO_DAY if day is None else day,
            use.presses,
            use.ignored,
            use.glitches,
            use.bounced,
            use.extra_edges,
        ),
    )


def add_all(db: sqlite3.Connection) -> None:
    """Add all stored sessions that have ended to all sums."""
    for one in SUMS:
        db.execute(one.statement("true"), {"sign": 1})


def take_away_all(db: sqlite3.Connection) -> None:
    """Take away from all sums what the stored sessions have added.

    What sessions have added that are no longer stored stays.
    """
    for one in SUMS:
        db.execute(one.statement("true"), {"sign": -1})
        db.execute(f"DELETE FROM {one.table} WHERE {one.counts[0]} = 0")


def forget_before(db: sqlite3.Connection, day: int) -> None:
    """Delete the sums of all days before `day`; what has no day is kept."""
    for table in TABLES:
        db.execute(f"DELETE FROM {table} WHERE day < ? AND day <> {NO_DAY}", (day,))


def _add(db: sqlite3.Connection, number: int, sign: int) -> None:
    for statement in _ONE:
        db.execute(statement, {"number": number, "sign": sign})
