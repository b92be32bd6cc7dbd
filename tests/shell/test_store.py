"""The store: what was committed is there again, whatever happened in between."""

import sqlite3
from pathlib import Path

import pytest

from kiosk.core.errors import StoreError
from kiosk.core.ledger import Ledger
from kiosk.core.saved import Saved, save
from kiosk.runner import Change
from kiosk.store import SCHEMA, SessionKeeper, Store, as_json
from tests.mat import Mat


def saved_of(mat: Mat) -> Saved:
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    return saved


def test_the_running_session_is_there_after_a_restart(tmp_path: Path, mat: Mat) -> None:
    mat.press_until("straighten")
    mat.wait(12)
    store = Store(tmp_path / "deep" / "er")
    store.keep(1, saved_of(mat))
    store.close()
    again = Store(tmp_path / "deep" / "er")
    assert again.running() == (1, saved_of(mat))
    again.close()


def test_a_finished_session_is_listed_and_nothing_is_running(tmp_path: Path, mat: Mat) -> None:
    mat.press_until("settle")
    store = Store(tmp_path)
    store.keep(1, saved_of(mat))
    store.finish(1, "finished", "stand-up", Ledger(120, 119.5))
    (record,) = store.sessions()
    assert (record.left, record.right, record.ended) == (120, 119.5, "finished")
    assert store.running() is None
    assert store.last_number() == 1
    assert '"ended": "finished"' in as_json([record])
    store.close()


def test_a_damaged_database_is_set_aside_and_the_station_starts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "matside.sqlite3").write_bytes(b"this is no database" * 200)
    store = Store(tmp_path)
    assert store.last_number() == 0
    assert len(list(tmp_path.glob("matside.sqlite3.damaged-*"))) == 1
    assert "set aside as" in caplog.text
    store.close()


def test_a_database_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "matside.sqlite3")
    db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    db.close()
    with pytest.raises(StoreError, match="from a newer Matside"):
        Store(tmp_path)


def test_a_data_directory_that_is_a_file_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text("")
    with pytest.raises(StoreError, match="--data DIR"):
        Store(path)


def test_a_data_directory_that_cannot_be_made_is_explained() -> None:
    with pytest.raises(StoreError, match="the data directory cannot be made"):
        Store(Path("/proc/matside"))


def test_a_saved_session_that_cannot_be_read_is_dropped_with_a_warning(
    tmp_path: Path, mat: Mat, caplog: pytest.LogCaptureFixture
) -> None:
    mat.press_until("settle")
    store = Store(tmp_path)
    store.keep(1, saved_of(mat))
    store.close()
    db = sqlite3.connect(tmp_path / "matside.sqlite3")
    db.execute("""UPDATE running SET saved = '{"step": 3}'""")
    db.commit()
    db.close()
    store = Store(tmp_path)
    assert store.running() is None
    assert "cannot be read and is dropped" in caplog.text
    store.close()


def test_the_keeper_writes_each_change_and_the_ending(tmp_path: Path, mat: Mat) -> None:
    store = Store(tmp_path)
    keeper = SessionKeeper(store, mat.rules)

    def press() -> None:
        before = mat.state
        mat.wait(1)
        mat.down()
        ending = mat.endings[-1] if mat.endings else None
        keeper(Change(before, mat.state, mat.now, None, ending))

    while not mat.endings:
        press()
    keeper.close()
    (record,) = store.sessions()
    assert (record.number, record.ended, record.step) == (1, "finished", "stand-up")
    assert record.right > 0
    store.close()
