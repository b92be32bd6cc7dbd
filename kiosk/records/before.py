"""A copy of the database from before its last change of layout, and the way back to it.

An earlier Matside cannot read a later layout. With the copy it has all sessions up to that change.
"""

import contextlib
import datetime as dt
import logging
import os
import sqlite3
from pathlib import Path

from kiosk.core.errors import StoreError
from kiosk.records.layout import SCHEMA

_log = logging.getLogger(__name__)


def copy_of(path: Path) -> Path:
    """Where the copy of the database at `path` is; there is one at most."""
    return path.with_name(f"{path.name}.before")


def keep_copy(db: sqlite3.Connection, path: Path) -> None:
    """Keep a copy of the database, whole or not at all, in place of an earlier copy.

    If there is no room for it, the log says so: a station without a way back is still a station.

    Args:
        db: The database, as its layout was before.
        path: Its file.
    """
    copy = copy_of(path)
    new = copy.with_name(f"{copy.name}.new")
    try:
        new.unlink(missing_ok=True)  # what a power cut left behind
        with contextlib.closing(sqlite3.connect(new)) as target:
            db.backup(target)
        with new.open("rb") as file:
            os.fsync(file.fileno())
        new.replace(copy)
    except (sqlite3.Error, OSError) as cause:
        _log.warning("%s: no copy from before the change of layout: %s", copy, cause)
        # An earlier copy would take the sessions back to an earlier change, with much more lost.
        for left in (new, copy):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def take_back(path: Path) -> Path | None:
    """Put the copy in the place of a database that this version cannot read.

    No station may run meanwhile. What was there is kept under another name.

    Returns:
        The other name; None if this version can read the database, so nothing was done.

    Raises:
        StoreError: There is no copy that this version can read, or the files cannot be moved.
    """
    try:
        if not path.exists() or _layout(path, "mode=rw") <= SCHEMA:
            return None
        copy = copy_of(path)
        if not copy.exists() or _layout(copy, "immutable=1") > SCHEMA:
            raise StoreError(
                f"{copy}: there is no database from before that this version can read."
            )
        now = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
        newer = path.with_name(f"{path.name}.newer-{now}")
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}-wal").rename(f"{newer}-wal")
        Path(f"{path}-shm").unlink(missing_ok=True)
        path.rename(newer)
        copy.rename(path)
    except (sqlite3.Error, OSError) as cause:
        raise StoreError(f"{path}: the copy cannot be taken back: {cause}") from cause
    return newer


def _layout(path: Path, how: str) -> int:
    """The number of the layout of a database that is opened as `how` says, in SQLite's words."""
    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])
