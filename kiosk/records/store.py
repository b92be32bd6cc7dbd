"""The store: every session, and the running one, in SQLite in the data directory.

Every write is one transaction with ``synchronous=FULL``: once it is committed, it is still there
after a power cut. Nothing personal is stored.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec

from kiosk.core.saved import Saved
from kiosk.core.session import End
from kiosk.records.database import explained, open_database, open_to_read

_log = logging.getLogger(__name__)

#: The database's file in the data directory.
FILE = "matside.sqlite3"


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session as it is stored.

    Attributes:
        number: Its number on this station, from 1.
        started: When it started, by the station's wall clock (UTC, ISO 8601), for example
            ``2026-01-31T17:45:00+00:00``. Nothing is sorted or calculated by it, since the clock
            of a Raspberry Pi may be wrong.
        routine: Id of the routine.
        side_seconds: Seconds a side that were chosen.
        left: Seconds held on the left side.
        right: Seconds held on the right side.
        ended: ``finished``, ``stopped`` or ``abandoned``; None while it runs.
        step: The step that it is in, or ended in.
    """

    number: int
    started: str
    routine: str
    side_seconds: int
    left: float
    right: float
    ended: str | None
    step: str | None


class Store:
    """The database. Its methods may be called from any thread."""

    def __init__(self, directory: Path) -> None:
        """Open the database in `directory`, which is made if it is not there.

        A damaged database is renamed, with the date in its new name, and a new one is begun.

        Raises:
            StoreError: The directory cannot be written, or the database is from a newer Matside.
        """
        self._lock = threading.Lock()
        self._path = directory / FILE
        self._db = open_database(self._path)

    def close(self) -> None:
        """Close the database; closing twice is fine."""
        with self._lock:
            self._db.close()

    def last_number(self) -> int:
        """The number of the newest session, 0 before the first.

        Raises:
            StoreError: It cannot be read.
        """
        with self._lock, explained(self._path):
            row = self._db.execute("SELECT max(number) FROM session").fetchone()
        return int(row[0] or 0)

    def running(self) -> tuple[int, Saved] | None:
        """The session that was running when the station last stopped, and its number.

        Raises:
            StoreError: It cannot be read.
        """
        with self._lock, explained(self._path):
            row = self._db.execute("SELECT number, saved FROM running").fetchone()
        if row is None:
            return None
        try:
            return int(row[0]), _saved_from(row[1])
        except msgspec.DecodeError as cause:
            _log.warning("the saved session %s cannot be read and is dropped: %s", row[0], cause)
            return None

    def sessions(self) -> list[SessionRecord]:
        """Every session, the newest first.

        Raises:
            StoreError: They cannot be read.
        """
        with self._lock, explained(self._path):
            return _sessions(self._db)

    def save_running(self, record: SessionRecord, saved: Saved) -> None:
        """Save the running session.

        Args:
            record: What is known of it so far.
            saved: What is needed to go on with it after a power cut.

        Raises:
            StoreError: It could not be written.
        """
        running = (record.number, msgspec.json.encode(saved).decode())

        def change(db: sqlite3.Connection) -> None:
            _put(db, record)
            db.execute("INSERT OR REPLACE INTO running VALUES (1, ?, ?)", running)

        self._write(change)

    def finish(self, record: SessionRecord) -> None:
        """Save how a session ended; no session is running then. Doing it twice is fine.

        Raises:
            StoreError: It could not be written.
        """

        def change(db: sqlite3.Connection) -> None:
            _put(db, record)
            db.execute("DELETE FROM running")

        self._write(change)
        # Move what was written from the write-ahead log into the database, so that a session that
        # has ended is not lost if the log is damaged.
        with self._lock, explained(self._path):
            self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def abandon_running(self) -> None:
        """Write down the session that was running as abandoned: nobody goes on with it.

        Raises:
            StoreError: It could not be written.
        """

        def change(db: sqlite3.Connection) -> None:
            ended = (End.ABANDONED.value,)
            db.execute("UPDATE session SET ended = ? WHERE ended IS NULL", ended)
            db.execute("DELETE FROM running")

        self._write(change)

    def _write(self, change: Callable[[sqlite3.Connection], None]) -> None:
        """Do `change` in one transaction."""
        with self._lock, explained(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                change(self._db)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def read_sessions(directory: Path) -> list[SessionRecord]:
    """Every session in `directory`, the newest first, whether or not a station runs there.

    Raises:
        StoreError: There is no database, or it cannot be read.
    """
    path = directory / FILE
    db = open_to_read(path)
    try:
        with explained(path):
            return _sessions(db)
    finally:
        db.close()


def _saved_from(text: str) -> Saved:
    """The running session from the text that this version or an earlier one has stored.

    An earlier Matside called the seconds that remain of the step ``left``.

    Raises:
        msgspec.DecodeError: The text is something else.
    """
    values = msgspec.json.decode(text, type=dict[str, Any])
    if "left" in values:
        values["remaining"] = values.pop("left")
    return msgspec.convert(values, Saved)


def _sessions(db: sqlite3.Connection) -> list[SessionRecord]:
    rows = db.execute(
        "SELECT number, started, routine, side_seconds, left_seconds, right_seconds, ended, step "
        "FROM session ORDER BY number DESC"
    )
    return [SessionRecord(*row) for row in rows]


def _put(db: sqlite3.Connection, record: SessionRecord) -> None:
    """Insert or update a session. Its time of start stays as it was first stored."""
    db.execute(
        "INSERT INTO session VALUES (:number, :started, :routine, :side_seconds, :left, :right, "
        ":ended, :step) ON CONFLICT (number) DO UPDATE SET routine = excluded.routine, "
        "side_seconds = excluded.side_seconds, left_seconds = excluded.left_seconds, "
        "right_seconds = excluded.right_seconds, ended = excluded.ended, step = excluded.step",
        asdict(record),
    )
