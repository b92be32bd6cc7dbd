"""The layout of the database: its tables, and the way to it from earlier layouts."""

import datetime as dt
import functools
import sqlite3
import time
from collections.abc import Iterable

from kiosk.records.placing import Slot, slot_of
from kiosk.records.sums import BUTTON_LAYOUT, SUMS, TABLES, add_all, take_away_all

#: The number of the layout. It goes up by 1 with each change.
SCHEMA = 3

#: The tables of each layout.
TABLES_OF = {
    1: {"session", "running"},
    2: {"session", "running", "zone", *TABLES},
    3: {"session", "running", "zone", "outbox", *TABLES},
}

#: What made layout 1. The measurements make old databases of it too.
LAYOUT_1 = (
    """CREATE TABLE session (
    number INTEGER PRIMARY KEY,
    started TEXT NOT NULL,      -- wall time, UTC; a Pi's clock may be wrong after a power cut
    routine TEXT NOT NULL,
    side_seconds INTEGER NOT NULL,
    left_seconds REAL NOT NULL DEFAULT 0,
    right_seconds REAL NOT NULL DEFAULT 0,
    ended TEXT,                 -- finished, stopped, abandoned; null while it runs
    step TEXT                   -- the step it is in, or ended in
)""",
    """CREATE TABLE running (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL,
    saved TEXT NOT NULL
)""",
)

#: What `kiosk.records.record.SessionRecord` says of these columns is not repeated here.
_COLUMNS_SINCE_2 = (
    "language TEXT",
    "clock_known INTEGER",
    "day INTEGER",
    "hour INTEGER",
    "place INTEGER",
    "furthest TEXT",
    "ready_after REAL",
    "made_up REAL",
    "weight_offs TEXT",
    "step_seconds TEXT",
)

_LAYOUT_2 = (
    *(f"ALTER TABLE session ADD COLUMN {column}" for column in _COLUMNS_SINCE_2),
    # By which time zone the sessions were placed.
    "CREATE TABLE zone (only INTEGER PRIMARY KEY CHECK (only = 1), name TEXT NOT NULL)",
    *(one.layout for one in SUMS),
    BUTTON_LAYOUT,
)

#: What waits for the gym's broker.
_LAYOUT_3 = (
    """CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    record TEXT NOT NULL        -- the session as JSON
)""",
)

#: From each layout to the next, from layout 0, which is that of an empty file.
_WAYS: tuple[Iterable[str], ...] = (LAYOUT_1, _LAYOUT_2, _LAYOUT_3)


def lay_out(db: sqlite3.Connection, found: int, zone: dt.tzinfo | None) -> None:
    """Bring the database from the layout `found` to today's, and keep every session.

    That is one transaction: after a power cut in the middle of it the database is as it was.

    Args:
        db: The database, open to write.
        found: The number of its layout, 0 for a new database, up to `SCHEMA`.
        zone: The gym's time zone, None for the machine's own. If the sessions were placed by
            another one, they are placed anew.

    Raises:
        sqlite3.Error: It could not be written; then nothing has changed.
    """
    db.execute("BEGIN IMMEDIATE")
    for way in _WAYS[found:]:
        for statement in way:
            db.execute(statement)
    if found < SCHEMA:
        db.execute(f"PRAGMA user_version = {SCHEMA}")
    _place_all(db, zone)
    # A write that changes nothing. If the database cannot be written, this fails now and not in the
    # middle of a session.
    db.execute("UPDATE running SET only = 1")
    db.execute("COMMIT")


def _place_all(db: sqlite3.Connection, zone: dt.tzinfo | None) -> None:
    """Place all sessions by `zone`, unless they have been placed by it."""
    name = _name_of(zone)
    before = db.execute("SELECT name FROM zone").fetchone()
    if before == (name,):
        return
    _define_places(db, zone)
    if before is not None:
        take_away_all(db)
    db.execute(
        "UPDATE session SET day = day_of(started, clock_known), "
        "hour = hour_of(started, clock_known)"
    )
    add_all(db)
    db.execute("INSERT OR REPLACE INTO zone VALUES (1, ?)", (name,))


def _name_of(zone: dt.tzinfo | None) -> str:
    """The name of `zone`; the machine's own has those of its winter and its summer."""
    return "/".join(time.tzname) if zone is None else str(zone)


def _define_places(db: sqlite3.Connection, zone: dt.tzinfo | None) -> None:
    """Let statements in SQL use `slot_of`, as the functions ``day_of`` and ``hour_of``."""

    # Both functions are asked about the same session, one after the other.
    @functools.lru_cache(maxsize=1)
    def slot(started: str, known: int | None) -> Slot | None:
        return slot_of(started, zone, known=None if known is None else bool(known))

    def day_of(started: str, known: int | None) -> int | None:
        found = slot(started, known)
        return None if found is None else found.day

    def hour_of(started: str, known: int | None) -> int | None:
        found = slot(started, known)
        return None if found is None else found.hour

    db.create_function("day_of", 2, day_of, deterministic=True)
    db.create_function("hour_of", 2, hour_of, deterministic=True)
