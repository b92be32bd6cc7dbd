"""What the archive loses or doubles while all around it is killed, and how fast it catches up."""

import random
import tempfile
import time
from pathlib import Path

from bench.table import BenchError, Row
from tests.drivers.archives import KEEPS, ArchiveProcess, archiving, restart, session, tell
from tests.drivers.broker import Broker, Ear, running
from tests.drivers.postgres import Postgres, running_postgres

#: How often something is killed or restarted, and how many sessions are sent before each time.
TIMES, SESSIONS = 200, 25

#: Sessions that wait at the broker for an archive that was away.
BACKLOG = 10_000

#: Seconds in which all must be in the database at the end.
WITHIN = 120.0


def measure() -> list[Row]:
    """Sessions lost and doubled, and sessions a second out of a backlog."""
    with tempfile.TemporaryDirectory(prefix="matside-bench-") as name, running_postgres() as db:
        folder = Path(name)
        with running(folder / "broker", *KEEPS, f"persistence_location {folder}/broker/") as broker:
            ear = Ear(broker.port, "nothing")
            with archiving(folder, broker, db.url) as archive:
                sent = _disturbed(broker, archive, db, ear)
                lost = len(sent - _ids(db))
                rows = int(db.ask("SELECT count(*) FROM matside_session")[0][0])
                a_second = _backlog(archive, db, ear)
            ear.close()
    return [
        Row(f"archive: lost of {len(sent)} sessions, {TIMES} kills", lost, "sessions", most=0),
        Row("archive: doubled", rows - len(sent), "sessions", most=0),
        Row(f"archive: out of a backlog of {BACKLOG}", a_second, "sessions/s"),
    ]


def _disturbed(broker: Broker, archive: ArchiveProcess, db: Postgres, ear: Ear) -> set[str]:
    """The ids of the sessions that were sent; all that will get into the database has done so."""
    dice = random.Random(11)
    sent: set[str] = set()
    _until_there(db, ear, sent)
    for turn in range(TIMES):
        for number in range(SESSIONS):
            each = session(number)
            tell(ear, each)
            sent.add(each.id)
        time.sleep(dice.random() / 20)
        match turn % 4:
            case 0 | 2:
                archive.kill()
                time.sleep(dice.random() / 4)
                archive.start()
                time.sleep(dice.random() * 2)
            case 1:
                db.crash()
                time.sleep(dice.random() / 2)
                db.start()
            case _:
                restart(broker)
    end = time.monotonic() + WITHIN
    while not sent <= _ids(db) and time.monotonic() < end:
        time.sleep(0.5)
    return sent


def _until_there(db: Postgres, ear: Ear, sent: set[str]) -> None:
    first = session()
    sent.add(first.id)
    end = time.monotonic() + WITHIN
    while first.id not in _ids(db):
        if time.monotonic() > end:
            raise BenchError("the archive does not start")
        tell(ear, first)
        time.sleep(0.2)


def _backlog(archive: ArchiveProcess, db: Postgres, ear: Ear) -> float:
    """Sessions a second, from the start of the archive until the last of them is there."""
    archive.kill()
    for number in range(BACKLOG):
        tell(ear, session(number, station="mat-2"))
    began = time.perf_counter()
    archive.start()
    count = "SELECT count(*) FROM matside_session WHERE station = 'mat-2'"
    while int(db.ask(count)[0][0]) < BACKLOG:
        if time.perf_counter() - began > WITHIN:
            raise BenchError("the archive does not catch up")
        time.sleep(0.1)
    return BACKLOG / (time.perf_counter() - began)


def _ids(db: Postgres) -> set[str]:
    if db.ask("SELECT to_regclass('matside_session')") == [(None,)]:
        return set()
    return {str(row[0]) for row in db.ask("SELECT id FROM matside_session")}
