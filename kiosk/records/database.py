"""The database file: opened and laid out, and set aside when it is damaged."""

import contextlib
import datetime as dt
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kiosk.core.errors import DamagedStoreError, StoreError

_log = logging.getLogger(__name__)

#: The layout of the database that this version writes.
SCHEMA = 1

#: Seconds to wait for another process that is just writing.
BUSY = 2.0

_TABLES = """
CREATE TABLE session (
    number INTEGER PRIMARY KEY,
    started TEXT NOT NULL,      -- wall time, UTC; a Pi's clock may be wrong after a power cut
    routine TEXT NOT NULL,
    side_seconds INTEGER NOT NULL,
    left_seconds REAL NOT NULL DEFAULT 0,
    right_seconds REAL NOT NULL DEFAULT 0,
    ended TEXT,                 -- finished, stopped, abandoned; null while it runs
    step TEXT                   -- the step it is in, or ended in
);
CREATE TABLE running (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL,
    saved TEXT NOT NULL
);
"""

#: SQLite's codes for a file that is no database, or one that contradicts itself.
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def open_database(path: Path) -> sqlite3.Connection:
    """Open the database at `path` to write, and make it and its directory if they are not there.

    A damaged one is set aside, and a new one is begun.

    Raises:
        StoreError: It cannot be written, or is from a newer Matside.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise StoreError(
            f"{path.parent}: the data directory cannot be made: {cause.strerror or cause}. "
            f"Give this user the right to write there, or name another with --data DIR."
        ) from cause
    with explained(path):
        try:
            return _prepared(path)
        except sqlite3.DatabaseError as cause:
            if not _is_damage(cause):
                raise
            _set_aside(path, cause)
            return _prepared(path)


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open the database at `path` to read; changes nothing, whether or not a station runs.

    Raises:
        StoreError: It is not there, cannot be read, is damaged, or is from a newer Matside.
    """
    with explained(path):
        if not path.exists():
            raise _missing(path)
        # Without a write-ahead log nobody has it open: no lock is needed, nor a disk to put it on.
        log = Path(f"{path}-wal")
        db = _connected(path, "ro" if log.exists() else "ro&immutable=1")
        try:
            if _layout(db, path) == 0:
                raise _missing(path)
        except BaseException:
            db.close()
            raise
        return db


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong with the database at `path` into a `StoreError`."""
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as cause:
        if isinstance(cause, sqlite3.DatabaseError) and _is_damage(cause):
            raise DamagedStoreError(
                f"{path}: the database is damaged: {cause}. A station sets it aside by itself."
            ) from cause
        raise StoreError(
            f"{path}: the database cannot be used: {cause}. Give this user the right to "
            f"write there, free some disk space, or name another directory with --data DIR."
        ) from cause


def _missing(path: Path) -> StoreError:
    return StoreError(
        f"{path}: there is no database yet. It is made when a station first runs with this "
        f"data directory; name another with --data DIR."
    )


def _is_damage(cause: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is wrong, not the disk or the rights."""
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def _set_aside(path: Path, damage: sqlite3.DatabaseError) -> None:
    """Move the damaged database at `path` out of the way.

    Its write-ahead log goes with it, since sessions in it may still be rescued; it goes first, so
    that a new database never meets the log of an old one.
    """
    aside = _free_name(path)
    for suffix in ("-wal", ""):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{aside}{suffix}")
    Path(f"{path}-shm").unlink(missing_ok=True)
    _log.error("the database is damaged (%s); set aside as %s, and a new one begun", damage, aside)


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    name = f"{path.resolve().as_uri()}?mode={mode}"
    db = sqlite3.connect(
        name, timeout=BUSY, uri=True, check_same_thread=False, isolation_level=None
    )
    # A flipped bit in a text must not make every session unreadable.
    db.text_factory = lambda text: text.decode(errors="replace")
    return db


def _prepared(path: Path) -> sqlite3.Connection:
    db = _connected(path, "rwc")
    try:
        found = _layout(db, path)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA cache_size=-256")
        if found == 0:
            db.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version={SCHEMA}; COMMIT;")
        else:
            # Says now, not mid-session, that it cannot be written.
            db.executescript("BEGIN IMMEDIATE; UPDATE running SET only = 1; COMMIT;")
    except BaseException:
        db.close()
        raise
    return db


def _layout(db: sqlite3.Connection, path: Path) -> int:
    """The layout's number, 0 for a new database; checks the whole file on the way."""
    found = int(db.execute("PRAGMA user_version").fetchone()[0])
    if found > SCHEMA:
        raise StoreError(
            f"{path}: is from a newer Matside (layout {found}, this one knows {SCHEMA}). "
            f"Update Matside, or name another directory with --data DIR."
        )
    damage = db.execute("PRAGMA quick_check").fetchone()[0]
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if damage == "ok" and tables != ({"session", "running"} if found else set()):
        damage = f"its tables are {', '.join(sorted(tables)) or 'gone'}"
    if damage != "ok":
        problem = sqlite3.DatabaseError(damage)
        problem.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise problem
    return found


def _free_name(path: Path) -> Path:
    """A name with the date for a file that is set aside; never that of another."""
    now = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
    first = aside = path.with_name(f"{path.name}.damaged-{now}")
    number = 1
    while aside.exists() or Path(f"{aside}-wal").exists():
        number += 1
        aside = Path(f"{first}-{number}")
    return aside
