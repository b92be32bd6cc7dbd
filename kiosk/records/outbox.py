"""The outbox: ended sessions that the gym's broker has not taken yet, or has only just taken.

A session gets into it in the transaction that stores its end, and is struck out some time after the
broker has acknowledged it. What it was is kept whole, so that it can be sent even after the table
of sessions has forgotten it. Nothing is put in while no broker is set.
"""

import sqlite3
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk.records.database import explained, open_to_change
from kiosk.records.record import SessionRecord


@dataclass(frozen=True, slots=True)
class Waiting:
    """A session that waits to be sent.

    Attributes:
        id: Its id in the fleet, a UUID that stays the same however often it is sent.
        record: The session.
    """

    id: str
    record: SessionRecord


_OLDEST = "SELECT id, record FROM outbox WHERE number > ? ORDER BY number LIMIT ?"


def remember(db: sqlite3.Connection, record: SessionRecord) -> None:
    """Put a session that has ended into the outbox; within a transaction of its end.

    If it waits there already, since it went on to make up seconds, its id stays.
    """
    db.execute(
        "INSERT INTO outbox (number, id, record) VALUES (?, ?, ?) "
        "ON CONFLICT (number) DO UPDATE SET record = excluded.record",
        (record.number, str(uuid.uuid4()), msgspec.json.encode(record).decode()),
    )


class Outbox:
    """The outbox as its sender sees it. The file is open only while something is done.

    Args:
        path: The file of the database.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def count(self) -> int:
        """How many sessions are in it.

        Raises:
            StoreError: The database cannot be read, or no station has made it yet.
        """
        with explained(self._path), closing(open_to_change(self._path)) as db:
            return int(db.execute("SELECT count(*) FROM outbox").fetchone()[0])

    def oldest(self, most: int, after: int = 0) -> list[Waiting]:
        """Those that wait for longest and have a number greater than `after`, `most` at the most.

        Raises:
            StoreError: As for `count`.
        """
        with explained(self._path), closing(open_to_change(self._path)) as db:
            rows = db.execute(_OLDEST, (after, most))
            return [Waiting(id_, _record(text)) for id_, text in rows]

    def strike_out(self, ids: Sequence[str]) -> None:
        """Take these out, in one transaction.

        Raises:
            StoreError: It could not be written. Then they are sent again, with the same ids.
        """
        with explained(self._path), closing(open_to_change(self._path)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.executemany("DELETE FROM outbox WHERE id = ?", [(id_,) for id_ in ids])
            db.execute("COMMIT")


def _record(text: str) -> SessionRecord:
    return msgspec.json.decode(text, type=SessionRecord)
