"""The gym's PostgreSQL, in which the sessions are kept."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg.conninfo import conninfo_to_dict

from kiosk.archive.layout import migrate
from kiosk.archive.reading import COLUMNS, Row, Unreadable
from kiosk.core.errors import ArchiveError

#: Seconds that a try to reach the database takes at most, and a statement.
CONNECT_WITHIN, ANSWER_WITHIN = 10, 20

_INSERT = (
    f"INSERT INTO matside_session ({', '.join(COLUMNS)}) "
    f"VALUES ({', '.join(['%s'] * len(COLUMNS))}) ON CONFLICT (id) DO NOTHING"
)

_INSERT_UNREADABLE = (
    "INSERT INTO matside_unreadable (digest, topic, payload, problem) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (digest) DO NOTHING"
)


#: What is raised for a value that the database, or the library on the way to it, does not take.
_NOT_KEPT = (psycopg.DataError, psycopg.IntegrityError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A session on its way into the database.

    Attributes:
        row: The row of the session.
        otherwise: What is kept if the database refuses the row.
    """

    row: Row
    otherwise: Unreadable


class Database:
    """The database. It connects when it is needed, and again after an error.

    Args:
        url: Where it is, such as ``postgresql://archive@db.gym.lan/gym``.

    Raises:
        ArchiveError: `url` is none.
    """

    def __init__(self, url: str) -> None:
        try:
            self._where = {key: value for key, value in conninfo_to_dict(url).items() if value}
        except psycopg.Error:
            # The library's own text repeats the URL, which may have a password.
            raise ArchiveError(
                "--database is no address of a PostgreSQL. It must be such as "
                "postgresql://archive@db.gym.lan/gym"
            ) from None
        self._db: psycopg.Connection | None = None

    def keep(self, parcels: Sequence[Parcel], unreadable: Sequence[Unreadable]) -> int:
        """Keep all of it in one transaction; it is on the disk when this returns.

        Returns:
            How many of the sessions were not there yet.

        Raises:
            ArchiveError: The database cannot be used now; nothing of it was kept.
        """
        try:
            db = self._opened()
            try:
                return _keep(db, parcels, unreadable)
            except _NOT_KEPT:
                return _keep_one_by_one(db, parcels, unreadable)
        except psycopg.Error as problem:
            self.close()
            raise ArchiveError(self._told(problem)) from None

    def close(self) -> None:
        """End the connection; doing so twice is fine."""
        if self._db is not None:
            with contextlib.suppress(psycopg.Error):
                self._db.close()
            self._db = None

    def _opened(self) -> psycopg.Connection:
        if self._db is None:
            options = f"-c statement_timeout={ANSWER_WITHIN * 1000} -c synchronous_commit=on"
            # A connection whose other end has gone is given up within half a minute.
            wanted = {
                "connect_timeout": CONNECT_WITHIN,
                "keepalives_idle": 10,
                "keepalives_interval": 5,
                "keepalives_count": 3,
                "tcp_user_timeout": ANSWER_WITHIN * 1000,
                "application_name": "matside archive",
                **self._where,
                "options": f"{self._where.get('options', '')} {options}".strip(),
            }
            db = psycopg.connect(autocommit=True, **wanted)  # type: ignore[arg-type]
            try:
                migrate(db)
            except BaseException:
                db.close()
                raise
            self._db = db
        return self._db

    def _told(self, problem: psycopg.Error) -> str:
        text = str(problem).strip() or type(problem).__name__
        password = self._where.get("password")
        if password is not None:
            text = text.replace(str(password), "…")
        return f"the database: {text}"


def _keep(
    db: psycopg.Connection, parcels: Sequence[Parcel], unreadable: Sequence[Unreadable]
) -> int:
    with db.transaction(), db.cursor() as cursor:
        if unreadable:
            cursor.executemany(_INSERT_UNREADABLE, [_told(each) for each in unreadable])
        if not parcels:
            return 0
        cursor.executemany(_INSERT, [parcel.row for parcel in parcels])
        return cursor.rowcount


def _keep_one_by_one(
    db: psycopg.Connection, parcels: Sequence[Parcel], unreadable: Sequence[Unreadable]
) -> int:
    """Keep each by itself, and what the database refuses among what nobody can read."""
    new = 0
    with db.transaction():
        for each in unreadable:
            db.execute(_INSERT_UNREADABLE, _told(each))
        for parcel in parcels:
            try:
                with db.transaction():
                    new += db.execute(_INSERT, parcel.row).rowcount
            except _NOT_KEPT:
                db.execute(_INSERT_UNREADABLE, _told(parcel.otherwise))
    return new


def _told(each: Unreadable) -> Row:
    return (each.digest, each.topic, each.payload, each.problem)
