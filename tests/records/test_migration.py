"""Databases of earlier versions: every session is kept, whenever the power is cut on the way."""

import logging
import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.core.errors import StoreError
from kiosk.core.session import Rules, Status
from kiosk.records import database
from kiosk.records.layout import SCHEMA
from kiosk.records.record import SessionRecord
from kiosk.records.store import FILE, Keeping, Store, count_sessions, read_sessions
from tests.drivers.keeping import Gym
from tests.drivers.past import BERLIN, LAYOUTS, counted, days, released, stored_sums

KEEPING = Keeping(BERLIN)

#: Every release whose database had another layout.
RELEASES = sorted(path.stem for path in LAYOUTS.glob("*.sql"))

Row = tuple[object, ...]


def rows_of_1(path: Path) -> list[Row]:
    """The sessions with the columns that layout 1 had."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(
            "SELECT number, started, routine, side_seconds, left_seconds, right_seconds, ended, "
            "step FROM session ORDER BY number"
        ).fetchall()


def layout_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def check_whole(path: Path, before: list[Row]) -> None:
    """Open the database as a station does, and see that everything is there."""
    with closing(Store(path.parent, KEEPING)) as store:
        running = store.running()
        assert running is not None
        assert (running[0], running[1].step) == (10, "straighten")
        found = store.sessions()
    assert layout_of(path) == SCHEMA
    assert rows_of_1(path) == before
    assert stored_sums(path) == counted(found)
    assert not list(path.parent.glob("*.damaged-*"))


@pytest.mark.parametrize("version", RELEASES)
def test_every_session_of_a_released_version_is_kept(tmp_path: Path, version: str) -> None:
    path = released(tmp_path, version)
    before = rows_of_1(path)
    assert len(before) == 10
    check_whole(path, before)
    check_whole(path, before)


def test_old_sessions_are_placed_by_the_gyms_clock_and_counted(tmp_path: Path) -> None:
    path = released(tmp_path)
    with closing(Store(tmp_path, KEEPING)) as store:
        placed = {session.number: (session.day, session.hour) for session in store.sessions()}
    assert placed == {
        1: (days("2026-03-28"), 18),
        2: (days("2026-03-29"), 1),
        3: (days("2026-03-29"), 3),
        4: (days("2026-03-30"), 0),
        5: (None, None),
        6: (None, None),
        7: (days("2026-10-25"), 2),
        8: (days("2026-10-25"), 2),
        9: (days("2026-11-25"), 18),
        10: (days("2026-11-25"), 19),
    }
    sums = stored_sums(path)
    assert sums["day_sum"][-1, "finished"] == 1
    assert sums["day_sum"].total() == 9, "the one that runs is not counted yet"
    assert sums["step_sum"] == {}, "nobody noted how far they came"
    assert sums["choice_sum"][days("2026-11-25"), "no-pressure-psoas", ""] == 1


def test_the_session_that_an_earlier_version_was_running_is_offered(
    tmp_path: Path, rules: Rules
) -> None:
    released(tmp_path)
    gym = Gym(tmp_path, rules)
    mat = gym.switch_on()
    assert mat.status is Status.RESUME
    assert mat.step_id == "straighten"
    assert mat.remaining == pytest.approx(16.8)
    mat.press()
    mat.press_until("stand-up")
    mat.press()
    gym.close()
    (session,) = (one for one in read_sessions(tmp_path) if one.number == 10)
    assert (session.ended, session.place, session.weight_offs) == ("finished", None, None)
    assert session.started == "2026-11-25T18:30:00+00:00"


def test_the_log_says_that_the_layout_changes_and_says_it_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    released(tmp_path)
    for _ in range(3):
        Store(tmp_path, KEEPING).close()
    assert caplog.messages == [f"the database is brought from layout 1 to {SCHEMA}"]


def test_an_earlier_layout_is_read_without_changing_it(tmp_path: Path) -> None:
    path = released(tmp_path)
    content = path.read_bytes()
    sessions = read_sessions(tmp_path)
    assert [session.number for session in sessions] == [*range(10, 0, -1)]
    assert sessions[-1] == SessionRecord(
        1,
        "2026-03-28T17:05:10+00:00",
        "psoas-release",
        120,
        120.0,
        120.0,
        "finished",
        "stand-up",
    )
    assert count_sessions(tmp_path) == 10
    assert (path.read_bytes(), layout_of(path)) == (content, 1)


def watch(monkeypatch: pytest.MonkeyPatch, back: Callable[[str], None]) -> None:
    """Call `back` before each statement of the migration, and often within the long ones."""
    connected = database._connected

    def watched(path: Path, mode: str) -> sqlite3.Connection:
        db = connected(path, mode)
        db.set_trace_callback(back)
        db.set_progress_handler(lambda: back(""), 400)
        return db

    monkeypatch.setattr(database, "_connected", watched)


def copy_of(directory: Path, copy: Path) -> Path:
    """What is on the disk now: all there is if the plug is pulled at this moment."""
    copy.mkdir()
    for suffix in ("", "-wal"):
        file = directory / f"{FILE}{suffix}"
        if file.exists():
            shutil.copy(file, copy)
    return copy / FILE


def test_a_power_cut_at_any_statement_of_the_migration_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gym = tmp_path / "gym"
    path = released(gym)
    before = rows_of_1(path)
    copies: list[tuple[str, Path]] = []

    def cut(statement: str) -> None:
        copies.append((statement, copy_of(gym, tmp_path / f"{len(copies)}")))

    with monkeypatch.context() as watching:
        watch(watching, cut)
        Store(gym, KEEPING).close()
    statements = [statement for statement, _ in copies if statement]
    assert statements[-1] == "COMMIT"
    assert sum(statement.startswith(("ALTER", "CREATE")) for statement in statements) > 15
    for statement, copy in copies:
        assert layout_of(copy) == 1, statement
        check_whole(copy, before)


def test_a_power_cut_within_a_long_statement_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many sessions that parts of the change are on the disk before it is committed."""
    gym = tmp_path / "gym"
    path = released(gym, copies=800)
    before = rows_of_1(path)
    sizes: list[int] = []
    calls = iter(range(1_000_000))

    def cut(statement: str) -> None:
        if not statement and next(calls) % 40 == 0:
            copy = copy_of(gym, tmp_path / f"{len(sizes)}")
            wal = copy.with_name(f"{FILE}-wal")
            sizes.append(wal.stat().st_size if wal.exists() else 0)

    with monkeypatch.context() as watching:
        watch(watching, cut)
        Store(gym, KEEPING).close()
    assert len(sizes) > 5
    assert max(sizes) > 100_000, "some of the copies hold half a change"
    for number in range(0, len(sizes), max(1, len(sizes) // 8)):
        check_whole(tmp_path / str(number) / FILE, before)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.99])
def test_a_log_that_is_torn_after_the_migration_costs_nothing(tmp_path: Path, share: float) -> None:
    gym = tmp_path / "gym"
    before = rows_of_1(released(gym, copies=100))
    store = Store(gym, KEEPING)
    copy = copy_of(gym, tmp_path / "copy")
    store.close()
    wal = copy.with_name(f"{FILE}-wal")
    content = wal.read_bytes()
    wal.write_bytes(content[: int(len(content) * share)])
    check_whole(copy, before)


def migrate_until(directory: Path, statements: int) -> None:
    """Begin the migration in this process, and kill it before a statement; in a child process."""
    left = iter(range(statements, -1, -1))
    connected = database._connected

    def back(_statement: str) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(path: Path, mode: str) -> sqlite3.Connection:
        db = connected(path, mode)
        db.set_trace_callback(back)
        return db

    database._connected = watched
    Store(directory, KEEPING).close()


@pytest.mark.process
def test_a_station_that_is_killed_at_any_statement_of_the_migration_loses_nothing(
    tmp_path: Path,
) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pytest", "tests.records.test_migration"])
    killed, statements = True, 0
    while killed:
        gym = tmp_path / f"{statements}"
        path = released(gym)
        before = rows_of_1(path)
        process = context.Process(target=migrate_until, args=(gym, statements))
        process.start()
        process.join()
        killed = process.exitcode == -signal.SIGKILL
        assert killed or process.exitcode == 0
        check_whole(path, before)
        statements += 1
    assert statements > 30


@pytest.fixture
def small_files() -> Iterator[Callable[[int], None]]:
    """Lets no file grow above a number of bytes, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_is_too_full_for_the_migration_is_explained_and_costs_nothing(
    tmp_path: Path, rules: Rules, small_files: Callable[[int], None]
) -> None:
    path = released(tmp_path, copies=400)
    before = rows_of_1(path)
    small_files(path.stat().st_size + 10_000)
    with pytest.raises(StoreError, match="free some disk space"):
        Store(tmp_path, KEEPING)
    gym = Gym(tmp_path, rules)
    mat = gym.switch_on()
    assert (mat.status, mat.keeper.problem is None) == (Status.ATTRACT, False)
    gym.close()
    assert (rows_of_1(path), layout_of(path)) == (before, 1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert soft != hard
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    check_whole(path, before)
