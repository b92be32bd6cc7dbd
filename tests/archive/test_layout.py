"""The tables are made and changed by whichever archive comes first."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import psycopg
import pytest

from kiosk.archive.database import Database, Parcel
from kiosk.archive.layout import VERSIONS, migrate
from kiosk.archive.reading import row_of, unreadable
from kiosk.core.errors import ArchiveError
from tests.drivers.archives import session
from tests.drivers.postgres import Postgres

pytestmark = pytest.mark.process

NEXT = (*VERSIONS, ("ALTER TABLE matside_session ADD COLUMN later text",))


def version(database: Postgres) -> int:
    return int(database.ask("SELECT version FROM matside_layout")[0][0])


def test_several_archives_that_come_at_once_make_the_tables_once(database: Postgres) -> None:
    archives = [Database(database.url) for _ in range(6)]
    with ThreadPoolExecutor(len(archives)) as pool:
        for done in [pool.submit(archive.keep, (), ()) for archive in archives]:
            assert done.result() == 0
    for archive in archives:
        archive.close()
    assert database.ask("SELECT version FROM matside_layout") == [(len(VERSIONS),)]


def test_tables_of_an_earlier_version_are_changed_and_keep_their_rows(database: Postgres) -> None:
    with psycopg.connect(database.url, autocommit=True) as db:
        migrate(db)
        database.ask("INSERT INTO matside_unreadable VALUES ('1', now(), 't', 'p', 'w')")
        migrate(db, NEXT)
    assert version(database) == len(NEXT)
    assert database.ask("SELECT later FROM matside_session") == []
    assert database.ask("SELECT topic FROM matside_unreadable") == [("t",)]


def test_a_change_that_fails_leaves_everything_as_it_was(database: Postgres) -> None:
    broken = (*NEXT, ("CREATE TABLE after (one integer)", "SELECT 1 / 0"))
    with psycopg.connect(database.url, autocommit=True) as db:
        migrate(db)
        with pytest.raises(psycopg.errors.DivisionByZero):
            migrate(db, broken)
    assert version(database) == len(VERSIONS)
    assert database.ask("SELECT to_regclass('after')") == [(None,)]


def test_tables_of_a_newer_version_are_left_alone(database: Postgres) -> None:
    with psycopg.connect(database.url, autocommit=True) as db:
        migrate(db, NEXT)
    with pytest.raises(ArchiveError, match="from a newer Matside"):
        Database(database.url).keep((), ())
    assert version(database) == len(NEXT)


def test_once_the_tables_are_there_an_archive_need_not_be_allowed_to_make_any(
    database: Postgres,
) -> None:
    with psycopg.connect(database.url, autocommit=True) as db:
        migrate(db)
    database.ask("DROP ROLE IF EXISTS archive")
    database.ask("CREATE ROLE archive LOGIN")
    database.ask("GRANT INSERT, SELECT ON ALL TABLES IN SCHEMA public TO archive")
    row = row_of("matside/mat-1/session", msgspec.json.encode(session()))
    garbage = unreadable("matside/mat-1/session", b"{", "no JSON")
    archive = Database(database.url.replace("gym@", "archive@"))
    assert archive.keep([Parcel(row, garbage)], [garbage]) == 1
    assert archive.keep([Parcel(row, garbage)], [garbage]) == 0
    archive.close()
    assert database.ask("SELECT count(*) FROM matside_session") == [(1,)]
    assert database.ask("SELECT count(*) FROM matside_unreadable") == [(1,)]
