"""The store: every session, and the running one, in SQLite in the data directory.

Every write is one transaction with ``synchronous=FULL``: once it is committed, it is still there
after a power cut. Nothing personal is stored.
"""

import contextlib
import datetime as dt
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from kiosk.core.saved import Saved
from kiosk.core.session import End
from kiosk.records.database import explained, open_database, open_to_read
from kiosk.records.outbox import remember
from kiosk.records.record import NOT_USED, ButtonUse, SessionRecord, put, records
from kiosk.records.sums import add_button_use, add_session, forget_before, take_away_session

_log = logging.getLogger(__name__)

#: The database's file in the data directory.
FILE = "matside.sqlite3"

#: How many old sessions are deleted at most when one ends.
FORGOTTEN_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long the past is kept, and by which clock.

    Attributes:
        zone: The gym's time zone, None for the machine's own.
        sessions_days: Days for which each session is kept by itself.
        sums_days: Days for which the sums of a day are kept; None keeps them for good.
        outbox: Whether sessions that end are put into the outbox, for the gym's broker.
    """

    zone: dt.tzinfo | None = None
    sessions_days: int = 400
    sums_days: int | None = None
    outbox: bool = False


class Store:
    """The database. Its methods may be called from any thread."""

    def __init__(self, directory: Path, keeping: Keeping = Keeping()) -> None:
        """Open the database in `directory`, which is made if it is not there.

        A damaged database is renamed, with the date in its new name, and a new one is begun.

        Args:
            directory: The data directory.
            keeping: How long the past is kept, and by which clock.

        Raises:
            StoreError: The directory cannot be written, or the database is from a newer Matside.
        """
        self._lock = threading.Lock()
        self._path = directory / FILE
        self._keeping = keeping
        # The last day on which old sums were looked for.
        self._tidied: int | None = None
        self._db = open_database(self._path, keeping.zone)

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
            return list(records(self._db))

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

    def finish(self, record: SessionRecord, use: ButtonUse = NOT_USED) -> None:
        """Save how a session ended; no session is running then. Doing it twice is fine.

        What is older than it may become is forgotten.

        Args:
            record: The session.
            use: What the button has been through since the last one.

        Raises:
            StoreError: It could not be written.
        """

        def change(db: sqlite3.Connection) -> None:
            _put(db, record)
            db.execute("DELETE FROM running")
            if self._keeping.outbox:
                remember(db, record)
            add_button_use(db, record.day, use)
            if record.day is not None:
                self._forget_the_old(db, record.day)

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
            running = db.execute("SELECT number FROM session WHERE ended IS NULL").fetchall()
            for (number,) in running:
                ended = (End.ABANDONED.value, number)
                db.execute("UPDATE session SET ended = ? WHERE number = ?", ended)
                add_session(db, number)
                if self._keeping.outbox:
                    remember(db, next(records(db, number=number)))
            db.execute("DELETE FROM running")

        self._write(change)

    def count_button(self, day: int | None, use: ButtonUse) -> None:
        """Count what the button has been through while no session ended.

        Args:
            day: Days since 1970-01-01, None if nobody knows the day.
            use: What it has been through.

        Raises:
            StoreError: It could not be written.
        """
        self._write(lambda db: add_button_use(db, day, use))

    def _forget_the_old(self, db: sqlite3.Connection, today: int) -> None:
        """Delete what is older than it may become.

        The newest session is never deleted, since numbers go on from it. At most
        `FORGOTTEN_AT_ONCE` sessions are: that keeps a session's end quick, and a clock that is
        years ahead for a while cannot empty the table.
        """
        oldest = today - self._keeping.sessions_days
        first = db.execute(
            "SELECT number, day FROM session WHERE day IS NOT NULL ORDER BY number LIMIT ?",
            (FORGOTTEN_AT_ONCE,),
        ).fetchall()
        old = [number for number, day in first if day < oldest]
        if old:
            db.execute(
                "DELETE FROM session WHERE number IN ("
                "SELECT number FROM session WHERE number <= ? AND ended IS NOT NULL "
                "AND (day IS NULL OR day < ?) AND number < (SELECT max(number) FROM session) "
                "ORDER BY number LIMIT ?)",
                (old[-1], oldest, FORGOTTEN_AT_ONCE),
            )
        if self._keeping.sums_days is not None and self._tidied != today:
            self._tidied = today
            forget_before(db, today - self._keeping.sums_days)

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
    with reading(directory) as db:
        return list(records(db))


def count_sessions(directory: Path) -> int:
    """How many sessions `directory` has, whether or not a station runs there.

    Raises:
        StoreError: There is no database, or it cannot be read.
    """
    with reading(directory) as db:
        return int(db.execute("SELECT count(*) FROM session").fetchone()[0])


def count_ended_on(directory: Path, day: int) -> int:
    """How many sessions of `day`, in days since 1970-01-01, have ended; reads only these.

    Raises:
        StoreError: There is no database, or it cannot be read.
    """
    with reading(directory, check=False) as db:
        found = db.execute("SELECT ifnull(sum(sessions), 0) FROM day_sum WHERE day = ?", (day,))
        return int(found.fetchone()[0])


@contextlib.contextmanager
def reading(directory: Path, *, check: bool = True) -> Iterator[sqlite3.Connection]:
    """The database in `directory`, open to read, whether or not a station runs there.

    Args:
        directory: The data directory.
        check: Whether to read all of it first, to find any damage.

    Raises:
        StoreError: There is no database, or it cannot be read; also if that is found later.
    """
    path = directory / FILE
    db = open_to_read(path, check=check)
    try:
        with explained(path):
            yield db
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


def _put(db: sqlite3.Connection, record: SessionRecord) -> None:
    """Insert or update a session, and keep the sums true.

    A session may be finished, go on to make up missing seconds, and be finished again.
    """
    stored = db.execute("SELECT ended FROM session WHERE number = ?", (record.number,)).fetchone()
    if stored is not None and stored[0] is not None:
        take_away_session(db, record.number)
    put(db, record)
    if record.ended is not None:
        add_session(db, record.number)
