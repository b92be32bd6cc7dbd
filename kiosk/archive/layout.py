"""The tables of the archive, and the way from earlier ones.

Several archives may come to the database at once, so all of it is done in one transaction, and
under a lock that only one of them can have.
"""

from psycopg import Connection

from kiosk.core.errors import ArchiveError

#: The number of the lock among the advisory locks of the database; it says "matside" in letters.
_LOCK = int.from_bytes(b"matside")

#: What makes each version out of the one before it, from version 1 on. None is ever changed.
VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE matside_session (
            id uuid PRIMARY KEY,
            station text NOT NULL,
            name text,
            number bigint NOT NULL,
            started timestamptz NOT NULL,
            clock_known boolean,
            day date,
            hour smallint,
            routine text NOT NULL,
            language text,
            side_seconds integer NOT NULL,
            left_seconds double precision NOT NULL,
            right_seconds double precision NOT NULL,
            ended text NOT NULL,
            step text,
            place integer,
            furthest text,
            ready_after double precision,
            made_up double precision,
            weight_offs text[],
            step_seconds double precision[],
            archived timestamptz NOT NULL DEFAULT now()
        )
        """,
        "CREATE INDEX matside_session_by_day ON matside_session (day, station)",
        """
        CREATE TABLE matside_unreadable (
            digest bytea PRIMARY KEY,
            arrived timestamptz NOT NULL DEFAULT now(),
            topic text NOT NULL,
            payload bytea NOT NULL,
            problem text NOT NULL
        )
        """,
    ),
)


def migrate(db: Connection, versions: tuple[tuple[str, ...], ...] = VERSIONS) -> None:
    """Bring the tables to the last version.

    Args:
        db: The database. It must not be in a transaction.
        versions: What makes each version.

    Raises:
        ArchiveError: They are of a newer Matside.
        psycopg.Error: The database does not answer, or does not allow it.
    """
    with db.transaction():
        db.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        # Whoever may only insert and read is not allowed to make a table that is there already.
        if db.execute("SELECT to_regclass('matside_layout')").fetchone() == (None,):
            db.execute("CREATE TABLE matside_layout (version integer NOT NULL)")
        row = db.execute("SELECT max(version) FROM matside_layout").fetchone()
        version = (row[0] if row else None) or 0
        if version > len(versions):
            raise ArchiveError(
                f"The tables are of version {version}, from a newer Matside; this one knows "
                f"{len(versions)}. Update this one."
            )
        for statement in (each for steps in versions[version:] for each in steps):
            db.execute(statement)
        if version < len(versions):
            db.execute("DELETE FROM matside_layout")
            db.execute("INSERT INTO matside_layout VALUES (%s)", [len(versions)])
