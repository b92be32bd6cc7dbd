"""The store: every session, and the running one, in SQLite in the data directory.

Every write is one transaction with ``synchronous=FULL``: what was committed survives the plug
being pulled. Nothing personal is stored.
"""

import contextlib
import datetime as dt
import json
import logging
import queue
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk.core.errors import StoreError
from kiosk.core.ledger import Ledger
from kiosk.core.saved import Saved, save
from kiosk.core.session import Rules, State
from kiosk.runner import Change

_log = logging.getLogger(__name__)

#: The layout of the database that this version writes.
SCHEMA = 1

#: A running hold is saved at least this often, in clock seconds.
SAVE_EVERY = 5.0

_CREATE = """
CREATE TABLE session (
    number INTEGER PRIMARY KEY,
    started TEXT NOT NULL,      -- wall time, UTC; a Pi's clock may be wrong after a power cut
    routine TEXT NOT NULL,
    side_seconds INTEGER NOT NULL,
    left_seconds REAL NOT NULL DEFAULT 0,
    right_seconds REAL NOT NULL DEFAULT 0,
    ended TEXT,                 -- finished, stopped, abandoned; null while it runs
    step TEXT                   -- the step it ended in
);
CREATE TABLE running (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL,
    saved TEXT NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session as it is stored.

    Attributes:
        number: Its number on this station, from 1.
        started: When it started, by the station's wall clock (UTC, ISO 8601).
        routine: Id of the routine.
        side_seconds: Seconds a side that were chosen.
        left: Seconds held on the left, `right` likewise.
        ended: ``finished``, ``stopped`` or ``abandoned``; None while it runs.
        step: The step that it ended in, None while it runs.
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

        A damaged database is set aside under a dated name, and a new one is begun.

        Raises:
            StoreError: The directory cannot be written, or the database is from a newer Matside.
        """
        self._lock = threading.Lock()
        self._path = directory / "matside.sqlite3"
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._db = self._open()
        except OSError as cause:
            raise StoreError(
                f"{directory}: the data directory cannot be made: {cause.strerror or cause}. "
                f"Give this user the right to write there, or name another with --data DIR."
            ) from cause
        except sqlite3.OperationalError as cause:
            raise StoreError(
                f"{self._path}: the database cannot be written: {cause}. Give this user the "
                f"right to write there, free some disk space, or name another with --data DIR."
            ) from cause

    def close(self) -> None:
        """Close the database; closing twice is fine."""
        with self._lock:
            self._db.close()

    def last_number(self) -> int:
        """The number of the newest session, 0 before the first."""
        with self._reading() as db:
            row = db.execute("SELECT max(number) FROM session").fetchone()
        return int(row[0] or 0)

    def running(self) -> tuple[int, Saved] | None:
        """The session that was running when the station last stopped, and its number."""
        with self._reading() as db:
            row = db.execute("SELECT number, saved FROM running").fetchone()
        if row is None:
            return None
        try:
            return int(row[0]), msgspec.json.decode(row[1], type=Saved)
        except msgspec.ValidationError as cause:
            _log.warning("the saved session %s cannot be read and is dropped: %s", row[0], cause)
            return None

    def sessions(self) -> list[SessionRecord]:
        """Every session, the newest first."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT number, started, routine, side_seconds, left_seconds, right_seconds, "
                "ended, step FROM session ORDER BY number DESC"
            ).fetchall()
        return [SessionRecord(*row) for row in rows]

    def keep(self, number: int, saved: Saved) -> None:
        """Save the running session.

        Raises:
            StoreError: It could not be written.
        """
        with self._writing() as db:
            _begin(db, number, saved)
            _set_ledger(db, number, saved.ledger)
            db.execute(
                "INSERT OR REPLACE INTO running VALUES (1, ?, ?)",
                (number, msgspec.json.encode(saved).decode()),
            )

    def finish(self, number: int, ended: str, step: str, ledger: Ledger) -> None:
        """Save how session `number` ended; nothing is running then.

        Raises:
            StoreError: It could not be written.
        """
        with self._writing() as db:
            _set_ledger(db, number, ledger)
            db.execute(
                "UPDATE session SET ended = ?, step = ? WHERE number = ?", (ended, step, number)
            )
            db.execute("DELETE FROM running")

    def _open(self) -> sqlite3.Connection:
        try:
            return self._prepared()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as cause:
            now = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
            aside = self._path.with_name(f"{self._path.name}.damaged-{now}")
            self._path.rename(aside)
            for leftover in ("-wal", "-shm"):
                self._path.with_name(self._path.name + leftover).unlink(missing_ok=True)
            _log.error("the database is damaged (%s); set aside as %s", cause, aside)
            return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA cache_size=-256")
            damage = db.execute("PRAGMA quick_check").fetchone()[0]
            if damage != "ok":
                raise sqlite3.DatabaseError(damage)
            found = int(db.execute("PRAGMA user_version").fetchone()[0])
            if found > SCHEMA:
                raise StoreError(
                    f"{self._path}: is from a newer Matside (layout {found}, this one knows "
                    f"{SCHEMA}). Update Matside, or name another directory with --data DIR."
                )
            if found == 0:
                db.executescript(f"BEGIN; {_CREATE} PRAGMA user_version = {SCHEMA}; COMMIT;")
            else:
                # A write that changes nothing: says now, not mid-session, that it can't be written.
                db.executescript("BEGIN IMMEDIATE; DELETE FROM running WHERE 0; COMMIT;")
        except BaseException:
            db.close()
            raise
        return db

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._db

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                self._db.execute("COMMIT")
            except sqlite3.Error as cause:
                with contextlib.suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise StoreError(
                    f"{self._path}: cannot be written: {cause}. Check the disk's space and rights."
                ) from cause


class SessionKeeper:
    """Writes the session to the store in a thread of its own, so that no cue waits for a disk."""

    def __init__(self, store: Store, rules: Rules) -> None:
        self._store = store
        self._rules = rules
        self._changes: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
        self._thread.start()

    def __call__(self, change: Change) -> None:
        """Take `change`; returns at once."""
        self._changes.put(change)

    def close(self) -> None:
        """Write what is waiting, then end the thread."""
        self._changes.put(None)
        self._thread.join(timeout=5)

    def _run(self) -> None:
        holding: Change | None = None
        saves = 0
        while True:
            try:
                change = self._changes.get(timeout=SAVE_EVERY if holding else None)
            except queue.Empty:
                saves += 1
                if holding is not None:
                    self._write(holding.state, holding.at + saves * SAVE_EVERY)
                continue
            if change is None:
                return
            self._take(change)
            holding, saves = (change, 0) if change.state.holding else (None, 0)

    def _take(self, change: Change) -> None:
        if change.state.session != change.before.session:
            choices = change.state.choices
            _log.info("session %d started: %s", change.state.session, choices.routine)
        if change.ending is not None:
            ending = change.ending
            self._guarded(ending.session, ending.end.value, ending.step.id, ending.ledger)
        elif change.state.step is not None:
            self._write(change.state, change.at)

    def _write(self, state: State, now: float) -> None:
        saved = save(state, now, self._rules)
        if saved is None:
            return
        try:
            self._store.keep(state.session, saved)
        except StoreError as problem:
            _log.warning("%s", problem)

    def _guarded(self, number: int, ended: str, step: str, ledger: Ledger) -> None:
        _log.info(
            "session %d %s at %s: left %.0f s, right %.0f s",
            number,
            ended,
            step,
            ledger.left,
            ledger.right,
        )
        try:
            self._store.finish(number, ended, step, ledger)
        except StoreError as problem:
            _log.warning("%s", problem)


def as_json(records: list[SessionRecord]) -> str:
    """`records` as a JSON list, for export."""
    return json.dumps([msgspec.to_builtins(record) for record in records], indent=1)


def _begin(db: sqlite3.Connection, number: int, saved: Saved) -> None:
    started = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    db.execute(
        "INSERT INTO session (number, started, routine, side_seconds) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (number) DO UPDATE SET routine = excluded.routine, "
        "side_seconds = excluded.side_seconds, ended = NULL, step = NULL",
        (number, started, saved.choices.routine, saved.choices.seconds),
    )


def _set_ledger(db: sqlite3.Connection, number: int, ledger: Ledger) -> None:
    db.execute(
        "UPDATE session SET left_seconds = ?, right_seconds = ? WHERE number = ?",
        (round(ledger.left, 3), round(ledger.right, 3), number),
    )
