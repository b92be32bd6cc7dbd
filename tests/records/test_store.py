"""The store: what was committed is there again, whatever happened to its file in between."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.errors import StoreError
from kiosk.core.ledger import Ledger
from kiosk.core.saved import Saved, save
from kiosk.records.layout import SCHEMA
from kiosk.records.record import SessionRecord
from kiosk.records.store import FILE, Store, read_sessions
from tests.drivers.mat import Mat

RECORD = SessionRecord(
    number=1,
    started="2026-05-04T18:30:00+00:00",
    routine="psoas-release",
    side_seconds=120,
    left=0.0,
    right=42.5,
    ended=None,
    step="straighten",
)
FINISHED = replace(RECORD, number=2, left=120.0, ended="finished", step="stand-up")


@pytest.fixture
def saved(mat: Mat) -> Saved:
    mat.press_until("straighten")
    mat.wait(12)
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    return saved


def fill(directory: Path, saved: Saved, sessions: int = 100) -> None:
    """Put in more than fits on a page; the last session runs."""
    with closing(Store(directory)) as store:
        for number in range(1, sessions):
            store.finish(replace(FINISHED, number=number))
        store.save_running(replace(RECORD, number=sessions), saved)


def set_aside(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.damaged-*"))


def test_the_running_session_is_there_after_a_restart(tmp_path: Path, saved: Saved) -> None:
    with closing(Store(tmp_path / "deep" / "er")) as store:
        store.save_running(RECORD, saved)
    with closing(Store(tmp_path / "deep" / "er")) as again:
        assert again.running() == (1, saved)
        assert again.sessions() == [RECORD]


def test_a_finished_session_is_listed_and_nothing_is_running(tmp_path: Path, saved: Saved) -> None:
    with closing(Store(tmp_path)) as store:
        store.save_running(replace(RECORD, number=2), saved)
        store.finish(FINISHED)
        store.finish(FINISHED)
        assert store.sessions() == [FINISHED]
        assert store.running() is None
        assert store.last_number() == 2


def test_a_session_keeps_the_time_at_which_it_first_started(tmp_path: Path, saved: Saved) -> None:
    later = replace(RECORD, started="1970-01-01T00:00:04+00:00", ended="stopped")
    with closing(Store(tmp_path)) as store:
        store.save_running(RECORD, saved)
        store.finish(later)
        (record,) = store.sessions()
    assert (record.started, record.ended) == (RECORD.started, "stopped")


def test_sessions_are_read_while_a_station_has_them_open(tmp_path: Path, saved: Saved) -> None:
    with closing(Store(tmp_path)) as store:
        store.finish(replace(FINISHED, number=1))
        store.save_running(replace(RECORD, number=2), saved)
        before = sorted(path.name for path in tmp_path.iterdir())
        assert [record.number for record in read_sessions(tmp_path)] == [2, 1]
        assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_reading_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database yet"):
        read_sessions(tmp_path / "nowhere")
    (tmp_path / FILE).touch()
    with pytest.raises(StoreError, match="there is no database yet"):
        read_sessions(tmp_path)
    assert not (tmp_path / "nowhere").exists()


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database" * 2000)


def garbage_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\xff" * 64)


def truncated(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def torn(path: Path) -> None:
    """Not even whole pages are left."""
    path.write_bytes(path.read_bytes()[:-100])


def damaged_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 4096 // 2 * 4096
    data[middle : middle + 4096] = b"\xa5" * 4096
    path.write_bytes(data)


def no_tables(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DROP TABLE running")


@pytest.mark.parametrize(
    "damage", [garbage, garbage_header, truncated, torn, damaged_page, no_tables]
)
def test_a_damaged_database_is_set_aside_whole_and_a_new_one_begun(
    tmp_path: Path,
    saved: Saved,
    caplog: pytest.LogCaptureFixture,
    damage: Callable[[Path], None],
) -> None:
    fill(tmp_path, saved)
    damage(tmp_path / FILE)
    broken = (tmp_path / FILE).read_bytes()
    with pytest.raises(StoreError, match="damaged"):
        read_sessions(tmp_path)
    with closing(Store(tmp_path)) as store:
        assert store.last_number() == 0
        assert store.running() is None
        store.finish(FINISHED)
    (aside,) = set_aside(tmp_path)
    assert aside.read_bytes() == broken
    (line,) = caplog.records
    assert line.levelname == "ERROR"
    assert str(aside) in line.message


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with closing(Store(tmp_path)) as store:
        assert store.last_number() == 0
    assert not set_aside(tmp_path)


def test_two_damages_within_a_second_are_both_kept(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / FILE).write_bytes(b"damage %d" % number * 1000)
        Store(tmp_path).close()
    kept = [path.read_bytes()[:8] for path in set_aside(tmp_path)]
    assert sorted(kept) == [b"damage 0", b"damage 1", b"damage 2"]


def test_a_damaged_write_ahead_log_costs_no_session_that_has_ended(
    tmp_path: Path, saved: Saved
) -> None:
    store = Store(tmp_path / "pulled")
    store.finish(replace(FINISHED, number=1))
    store.save_running(replace(RECORD, number=2), saved)
    # The plug is pulled: what is on the disk now is all there is.
    for file in (tmp_path / "pulled").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    store.close()
    log = tmp_path / f"{FILE}-wal"
    log.write_bytes(b"\xa5" * log.stat().st_size)
    with closing(Store(tmp_path)) as store:
        assert store.sessions() == [replace(FINISHED, number=1)]


def test_what_is_set_aside_has_what_the_write_ahead_log_had(tmp_path: Path, saved: Saved) -> None:
    store = Store(tmp_path / "pulled")
    store.finish(replace(FINISHED, number=1))
    store.save_running(replace(RECORD, number=2, step="knee-out"), saved)
    for file in (tmp_path / "pulled").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    store.close()
    garbage(tmp_path / FILE)
    with closing(Store(tmp_path)) as store:
        assert store.last_number() == 0
    assert b"knee-out" in b"".join(path.read_bytes() for path in set_aside(tmp_path))


def test_a_flipped_bit_in_a_text_costs_nothing_else(tmp_path: Path, saved: Saved) -> None:
    fill(tmp_path, saved, 3)
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes().replace(b"psoas-release", b"\xf0soas-release"))
    with closing(Store(tmp_path)) as store:
        assert len(store.sessions()) == 3
    assert not set_aside(tmp_path)


def test_a_database_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    data = path.read_bytes()
    with pytest.raises(StoreError, match=r"from a newer Matside.*Update Matside"):
        Store(tmp_path)
    with pytest.raises(StoreError, match="from a newer Matside"):
        read_sessions(tmp_path)
    assert path.read_bytes() == data


def test_a_data_directory_that_is_a_file_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text("")
    with pytest.raises(StoreError, match="--data DIR"):
        Store(path)


def test_a_data_directory_that_cannot_be_made_is_explained() -> None:
    with pytest.raises(StoreError, match="the data directory cannot be made"):
        Store(Path("/proc/matside"))


def test_a_database_that_something_else_has_locked_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.records.database.BUSY", 0.01)
    Store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            Store(tmp_path)


#: The running session as an earlier Matside wrote it, 12 s into the second hold of the right side.
OF_AN_EARLIER_VERSION = (
    '{"choices":{"routine":"psoas-release","side":"right","seconds":120,"language":"en"},'
    '"index":8,"step":"straighten","left":17.9,"ledger":{"left":0.0,"right":13.2},"make_up":{}}'
)


def test_a_session_saved_by_an_earlier_version_is_gone_on_with(
    tmp_path: Path, saved: Saved
) -> None:
    fill(tmp_path, saved, 1)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as db:
        db.execute("UPDATE running SET saved = ?", (OF_AN_EARLIER_VERSION,))
    with closing(Store(tmp_path)) as store:
        running = store.running()
    assert running is not None
    assert running[1] == replace(
        saved,
        remaining=17.9,
        ledger=Ledger(left=0.0, right=13.2),
        step_count=None,
        elapsed=0.0,
        story=None,
    )


@pytest.mark.parametrize("text", ['{"step": 3}', "not JSON", ""])
def test_a_saved_session_that_cannot_be_read_is_dropped_with_a_warning(
    tmp_path: Path, saved: Saved, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    fill(tmp_path, saved, 1)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as db:
        db.execute("UPDATE running SET saved = ?", (text,))
    with closing(Store(tmp_path)) as store:
        assert store.running() is None
    (line,) = caplog.records
    assert line.levelname == "WARNING"
    assert "cannot be read and is dropped" in line.message
