"""Databases with a past: that of a release, and sums as somebody would count them by hand."""

import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.records.record import SessionRecord
from kiosk.records.store import FILE
from kiosk.records.sums import SUMS

#: A zone whose clocks are put forward and back, and one that is the better part of a day away.
BERLIN, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")

#: A statement a line: the database of each release whose layout was another one.
LAYOUTS = Path(__file__).parents[1] / "records" / "layouts"

Counted = Counter[tuple[object, ...]]


def released(directory: Path, version: str = "0.1.0", copies: int = 1) -> Path:
    """Make the database that a station of a released `version` has left in `directory`.

    Args:
        directory: The data directory.
        version: The version.
        copies: How often its sessions are in it, with higher numbers each time.

    Returns:
        The database's file.
    """
    directory.mkdir(exist_ok=True)
    path = directory / FILE
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.executescript((LAYOUTS / f"{version}.sql").read_text())
        db.execute("BEGIN")
        for copy in range(1, copies):
            db.execute(
                "INSERT INTO session SELECT number + ?, started, routine, side_seconds, "
                "left_seconds, right_seconds, ifnull(ended, 'stopped'), step FROM session "
                "WHERE number <= 10",
                (copy * 10,),
            )
        db.execute("COMMIT")
    return path


def ended_session(number: int, day: int = 20_000) -> SessionRecord:
    """A session that has ended, on `day` in days since 1970-01-01."""
    return SessionRecord(
        number,
        "2026-01-31T17:45:00+00:00",
        "psoas-release",
        120,
        120.0,
        61.5,
        "finished",
        "stand-up",
        day=day,
        hour=18,
        weight_offs=("settle",),
        step_seconds=(0.0, 4.5),
    )


def stored_sums(path: Path) -> dict[str, Counted]:
    """The sums in the database at `path`: the first count of each by its key, without zeros."""
    with closing(sqlite3.connect(path)) as db:
        return {
            one.table: Counter(
                {
                    tuple(row[:-1]): row[-1]
                    for row in db.execute(
                        f"SELECT {', '.join(one.keys)}, {one.counts[0]} FROM {one.table}"  # noqa: S608 - names of our own
                    )
                    if row[-1]
                }
            )
            for one in SUMS
        }


def counted(records: Iterable[SessionRecord]) -> dict[str, Counted]:
    """The same sums, counted one by one."""
    sums: dict[str, Counted] = {one.table: Counter() for one in SUMS}
    for record in records:
        if record.ended is not None:
            _count(record, sums)
    return sums


def _count(record: SessionRecord, sums: dict[str, Counted]) -> None:
    day = -1 if record.day is None else record.day
    routine = record.routine
    sums["day_sum"][day, record.ended] += 1
    if record.hour is not None:
        sums["hour_sum"][day, record.hour] += 1
    if record.place is not None:
        sums["step_sum"][routine, day, record.place, record.furthest or ""] += 1
    for step in record.weight_offs or ():
        sums["weight_off_sum"][day, routine, step] += 1
    if record.ready_after is not None:
        sums["ready_sum"][day, routine, _ready(record.ready_after)] += 1
    sums["choice_sum"][day, routine, record.language or ""] += 1
    longer = max(record.left, record.right)
    if record.ended == "finished" and longer > 0:
        sums["even_sum"][day, _lean((record.left - record.right) / longer)] += 1


def _ready(seconds: float) -> int:
    if seconds < 120:
        return int(seconds) // 5 * 5
    return int(seconds) // 15 * 15 if seconds < 600 else 600


def _lean(by: float) -> int:
    size = 0 if abs(by) <= 0.05 else 1 if abs(by) <= 0.25 else 2
    return -size if by < 0 else size


def days(date: str) -> int:
    """The days from 1970-01-01 to `date`, in ISO 8601."""
    return (dt.date.fromisoformat(date) - dt.date(1970, 1, 1)).days
