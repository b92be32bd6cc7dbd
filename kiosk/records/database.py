"""The database file: opening it, and moving it away when it is damaged."""

import contextlib
import datetime as dt
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kiosk.core.errors import DamagedStoreError, StoreError
from kiosk.records.before import keep_copy
from kiosk.records.layout import SCHEMA, TABLES_OF, lay_out

_log = logging.getLogger(__name__)

#: Seconds to wait for another process that is writing at the moment.
BUSY = 2.0

#: SQLite's codes for a file that is no database, or one that contradicts itself.
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def open_database(path: Path, zone: dt.tzinfo | None = None) -> sqlite3.Connection:
    """Open the database at `path` to write, and make it and its directory if they are not there.

    A damaged one is set aside, and a new one is begun. One of an earlier version is brought to
    today's layout.

    Args:
        path: The file.
        zone: The gym's time zone, by which sessions are placed; None for the machine's own.

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
            return _prepared(path, zone)
        except sqlite3.DatabaseError as cause:
            if not _is_damage(cause):
                raise
            _set_aside(path, cause)
            return _prepared(path, zone)


def open_to_read(path: Path, *, check: bool = True) -> sqlite3.Connection:
    """Open the database at `path` to read; changes nothing, whether or not a station runs.

    Args:
        path: The file.
        check: Whether to read all of it first, to find any damage. With many sessions that takes a
            second or more.

    Raises:
        StoreError: It is not there, cannot be read, is damaged, or is from a newer Matside.
    """
    with explained(path):
        if not path.exists():
            raise _missing(path)
        # Without a write-ahead log no process has the database open. It is then opened as one that
        # cannot change, which needs no lock file, so that it can be read on a read-only disk too.
        log = Path(f"{path}-wal")
        db = _connected(path, "ro" if log.exists() else "ro&immutable=1")
        try:
            if (_layout if check else _layout_number)(db, path) == 0:
                raise _missing(path)
        except BaseException:
            db.close()
            raise
        return db


def open_to_change(path: Path) -> sqlite3.Connection:
    """Open the database at `path`, which a station has made and keeps, beside that station.

    Raises:
        StoreError: It is from another version of Matside.
        sqlite3.Error: It is not there, or cannot be opened.
    """
    db = _connected(path, "rw")
    try:
        db.execute("PRAGMA synchronous=FULL")
        if (found := _layout_number(db, path)) != SCHEMA:
            raise StoreError(f"{path}: has layout {found} instead of {SCHEMA}. Start the station.")
    except BaseException:
        db.close()
        raise
    return db


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn every error of SQLite or the disk into a `StoreError` that says what to do."""
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
    """Whether the content of the file is wrong, and not the disk or the rights."""
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def _set_aside(path: Path, damage: sqlite3.DatabaseError) -> None:
    """Move the damaged database at `path` out of the way.

    Its write-ahead log goes with it, since the sessions in it may still be rescued. The log is
    moved first: if the power is cut between the two, no new database finds the log of an old one.
    """
    aside = _free_name(path)
    for suffix in ("-wal", ""):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{aside}{suffix}")
    Path(f"{path}-shm").unlink(missing_ok=True)
    _log.error("the database is damaged (%s); set aside as %s, and a new one begun", damage, aside)


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    """A connection to the database; `mode` is that of SQLite's file names, for example ``ro``."""
    name = f"{path.resolve().as_uri()}?mode={mode}"
    db = sqlite3.connect(
        name, timeout=BUSY, uri=True, check_same_thread=False, isolation_level=None
    )
    # A text with a damaged byte is read with a replacement character. An error would make all
    # sessions unreadable.
    db.text_factory = lambda text: text.decode(errors="replace")
    return db


def _prepared(path: Path, zone: dt.tzinfo | None) -> sqlite3.Connection:
    """The database, checked, with its tables and ready to be written."""
    db = _connected(path, "rwc")
    try:
        found = _layout(db, path)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA cache_size=-256")
        if 0 < found < SCHEMA:
            _log.info("the database is brought from layout %d to %d", found, SCHEMA)
            keep_copy(db, path)
        lay_out(db, found, zone)
    except BaseException:
        db.close()
        raise
    return db


def _layout(db: sqlite3.Connection, path: Path) -> int:
    """Check the whole file, and give the number of its layout, 0 for a new database.

    Raises:
        StoreError: It is from a newer Matside.
        sqlite3.DatabaseError: It is damaged.
    """
    found = _layout_number(db, path)
    damage = db.execute("PRAGMA quick_check").fetchone()[0]
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if damage == "ok" and tables != TABLES_OF.get(found, set()):
        damage = f"its tables are {', '.join(sorted(tables)) or 'gone'}"
    if damage != "ok":
        problem = sqlite3.DatabaseError(damage)
        problem.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise problem
    return found


def _layout_number(db: sqlite3.Connection, path: Path) -> int:
    """The number of the database's layout, 0 for a new database.

    Raises:
        StoreError: It is from a newer Matside.
    """
    found = int(db.execute("PRAGMA user_version").fetchone()[0])
    if found > SCHEMA:
        raise StoreError(
            f"{path}: is from a newer Matside (layout {found}, this one knows {SCHEMA}). "
            f"Update Matside, or name another directory with --data DIR."
        )
    return found


def _free_name(path: Path) -> Path:
    """A name that no file has yet, for example ``matside.sqlite3.damaged-20260131-174500``."""
    now = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
    first = aside = path.with_name(f"{path.name}.damaged-{now}")
    number = 1
    while aside.exists() or Path(f"{aside}-wal").exists():
        number += 1
        aside = Path(f"{first}-{number}")
    return aside
