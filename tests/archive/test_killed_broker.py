"""A broker that is killed loses what it has not written down, and stations send that again."""

import random
import time
from pathlib import Path

import pytest

from kiosk.fleet import conversation, link, sender
from kiosk.records.outbox import Outbox
from kiosk.records.store import FILE
from tests.drivers import killed_link
from tests.drivers.archives import archiving
from tests.drivers.broker import Broker, until
from tests.drivers.linked import Linked
from tests.drivers.postgres import Postgres

pytestmark = pytest.mark.process

#: How often the broker is killed, and the sessions before each time.
KILLS, SESSIONS = 6, 5


def numbers(database: Postgres) -> list[int]:
    """The numbers of the sessions in the database, one for each row. No table has no rows."""
    if database.ask("SELECT to_regclass('matside_session')") == [(None,)]:
        return []
    return sorted(int(str(row[0])) for row in database.ask("SELECT number FROM matside_session"))


def sent(station: Linked) -> bool:
    """Whether the broker has acknowledged all that has ended at the station."""
    health = station.link.health()
    return health.connected and health.waiting == 0


@pytest.mark.parametrize("away", [False, True], ids=["archive-on", "archive-away"])
def test_no_session_is_lost_or_double_when_a_broker_is_killed_before_it_has_written(
    tmp_path: Path,
    broker: Broker,
    database: Postgres,
    monkeypatch: pytest.MonkeyPatch,
    *,
    away: bool,
) -> None:
    for name, seconds in (("SETTLED", 0.01), ("SPREAD", 0.1)):
        monkeypatch.setattr(conversation, name, seconds)
    for name, seconds in (("FIRST_WAIT", 0.05), ("LONGEST_WAIT", 0.1)):
        monkeypatch.setattr(link, name, seconds)
    monkeypatch.setattr(sender, "APART", 0.01)
    monkeypatch.setattr(sender, "HELD", 6.0)  # three times as long as the broker takes to write
    dice = random.Random(5)
    ended = 0
    directory = tmp_path / "data"
    station = killed_link.station(directory, broker.port)
    with archiving(tmp_path, broker, database.url) as archive:
        log = tmp_path / "broker" / "mosquitto.log"
        until(lambda: " archive 1 matside/+/session" in log.read_text())
        station.session()
        ended += 1
        until(lambda: numbers(database) == [1])
        time.sleep(3)  # the broker has written down that the archive has subscribed
        for _ in range(KILLS):
            if away:
                archive.kill()
            for _ in range(SESSIONS):
                station.session()
                ended += 1
            until(lambda: Outbox(directory / FILE).count() >= SESSIONS)
            until(lambda: sent(station))
            time.sleep(dice.random() / 2)
            broker.kill()
            broker.start()
            if away:
                archive.start()
        expected = [*range(1, ended + 1)]
        until(lambda: numbers(database) == expected, "all are in the database", within=90)
        until(lambda: Outbox(directory / FILE).count() == 0)
    station.close()
    assert numbers(database) == expected
