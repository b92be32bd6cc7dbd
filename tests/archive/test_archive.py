"""Sessions go from a real broker into a real database, whatever happens to either."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.archive.database import Database
from kiosk.core.errors import ArchiveError
from kiosk.fleet.messages import SessionMessage
from kiosk.main.cli import main
from tests.drivers.archives import archiving, restart, session, tell
from tests.drivers.broker import Broker, Ear, until
from tests.drivers.postgres import Postgres

pytestmark = pytest.mark.process


def ids(database: Postgres) -> set[str]:
    """The ids of the sessions in the database. A table that is not there has none."""
    if database.ask("SELECT to_regclass('matside_session')") == [(None,)]:
        return set()
    return {str(row[0]) for row in database.ask("SELECT id FROM matside_session")}


def has(database: Postgres, wanted: set[str]) -> Callable[[], bool]:
    return lambda: ids(database) >= wanted


def arrives(ear: Ear, told: SessionMessage, database: Postgres) -> Callable[[], bool]:
    """Whether a session gets into the database; it is sent each time that this is asked.

    So it also gets there if nobody had subscribed yet when it was sent first.
    """

    def there() -> bool:
        tell(ear, told)
        return told.id in ids(database)

    return there


def test_a_session_is_in_the_database_once_however_often_it_is_sent(
    tmp_path: Path, broker: Broker, ear: Ear, database: Postgres
) -> None:
    sent = session(7, language="de", weight_offs=("settle",))
    with archiving(tmp_path, broker, database.url) as archive:
        until(arrives(ear, sent, database))
        other = session(8)
        tell(ear, sent)
        tell(ear, other)
        until(has(database, {sent.id, other.id}))
        assert archive.stop() == 0
    rows = database.ask(
        "SELECT number, station, name, language, weight_offs, left_seconds, archived <= now() "
        "FROM matside_session ORDER BY number"
    )
    assert rows[0] == (7, "mat-1", "Mat 1", "de", ["settle"], 120.0, True)
    assert [row[0] for row in rows] == [7, 8]
    assert "2 new" in archive.log[-1]
    assert "all that the broker has sent is kept" in archive.log[-1]


def test_what_nobody_can_read_is_kept_apart_and_holds_nothing_up(
    tmp_path: Path, broker: Broker, ear: Ear, database: Postgres
) -> None:
    good = [session(number) for number in range(5)]
    refused = session(2**40, side_seconds=2**40)
    with archiving(tmp_path, broker, database.url):
        until(arrives(ear, good[0], database))
        for each in good:
            ear.say("matside/mat-1/session", b"garbage")
            ear.say("matside/mat-1/session", b"\xff" * 20_000)
            tell(ear, refused)
            tell(ear, each)
        until(has(database, {each.id for each in good}))
    told = database.ask("SELECT length(payload), problem FROM matside_unreadable ORDER BY 1")
    assert len(told) == 3, "a repetition is kept once"
    assert (told[0][0], told[2][0]) == (7, 8192)
    assert told[1][1] == "the database refuses it"


def test_what_comes_while_the_archive_is_away_waits_at_the_broker(
    tmp_path: Path, broker: Broker, ear: Ear, database: Postgres
) -> None:
    sent = [session(number) for number in range(1500)]
    with archiving(tmp_path, broker, database.url) as archive:
        until(arrives(ear, sent[0], database))
        archive.kill()
        for each in sent:
            tell(ear, each)
        archive.start()
        until(has(database, {each.id for each in sent}))
        assert archive.stop() == 0
    assert any("behind for" in line for line in archive.log)


def test_what_comes_after_a_restart_of_the_broker_waits_for_an_archive_that_is_away(
    tmp_path: Path, broker: Broker, ear: Ear, database: Postgres
) -> None:
    first, later = session(1), session(2)
    with archiving(tmp_path, broker, database.url) as archive:
        until(arrives(ear, first, database))
        archive.stop()
        restart(broker)
        tell(ear, later)
        archive.start()
        until(has(database, {first.id, later.id}))


def test_several_archives_share_the_work(
    tmp_path: Path, broker: Broker, ear: Ear, database: Postgres
) -> None:
    sent = [session(number) for number in range(200)]
    with (
        archiving(tmp_path, broker, database.url, "one", "--share") as one,
        archiving(tmp_path, broker, database.url, "two", "--share") as two,
    ):
        until(arrives(ear, sent[0], database))
        log = tmp_path / "broker" / "mosquitto.log"
        until(lambda: all(f" {each} 1 $share/" in log.read_text() for each in ("one", "two")))
        for each in sent:
            tell(ear, each)
        until(has(database, {each.id for each in sent}))
        assert (one.stop(), two.stop()) == (0, 0)
    counted = [int(each.log[-1].split(" new")[0].rsplit(" ", 1)[1]) for each in (one, two)]
    assert sum(counted) == 200
    assert min(counted) > 20


def test_no_session_is_lost_whatever_is_killed_or_restarted(
    tmp_path: Path, broker: Broker, ear: Ear, database: Postgres
) -> None:
    dice = random.Random(7)
    sent: set[str] = set()
    with archiving(tmp_path, broker, database.url) as archive:
        first = session()
        until(arrives(ear, first, database))
        for turn in range(9):
            for number in range(40):
                each = session(number)
                tell(ear, each)
                sent.add(each.id)
            time.sleep(dice.random() / 10)
            if turn % 3 == 0:
                archive.kill()
                archive.start()
            elif turn % 3 == 1:
                database.crash()
                time.sleep(dice.random())
                database.start()
            else:
                restart(broker)
        until(has(database, sent), within=90)
    assert len(ids(database)) == len(sent) + 1


@pytest.mark.parametrize("url", ["postgresql://a:s3cret@h/d?what=1", "s3cret", "host=h s3cret"])
def test_an_address_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ArchiveError) as refused:
        Database(url)
    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_password_is_in_no_error() -> None:
    database = Database("postgresql://gym:s3cret@127.0.0.1:1/s3cret")
    with pytest.raises(ArchiveError) as refused:
        database.keep((), ())
    assert "127.0.0.1" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_without_a_broker_in_the_settings_it_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("")
    assert main(["archive", "--database", "postgresql://gym@h/d", "--config", str(settings)]) == 1
    assert "Set fleet.broker" in caplog.text
