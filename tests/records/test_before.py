"""The copy of the database from before a change of layout, and the way back to it."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.core.errors import StoreError
from kiosk.main.cli import main
from kiosk.records import before
from kiosk.records.before import copy_of, take_back
from kiosk.records.layout import SCHEMA
from kiosk.records.store import FILE, Store
from tests.drivers.past import released


def layout_of(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def sessions_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM session").fetchone()[0])


@pytest.fixture
def updated(tmp_path: Path) -> Path:
    """A database of the first release, which this version has brought to its own layout."""
    path = released(tmp_path)
    with closing(Store(tmp_path)):
        pass
    return path


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on this version knows no layout but the first."""
    monkeypatch.setattr(before, "SCHEMA", 1)


def test_a_copy_is_kept_before_the_layout_changes(updated: Path) -> None:
    assert (layout_of(updated), layout_of(copy_of(updated))) == (SCHEMA, 1)
    assert sessions_in(copy_of(updated)) == 10


def test_a_database_of_todays_layout_is_not_copied(tmp_path: Path) -> None:
    for _ in range(2):
        with closing(Store(tmp_path)):
            pass
    assert not copy_of(tmp_path / FILE).exists()


def test_what_a_power_cut_has_left_of_a_copy_is_overwritten(tmp_path: Path) -> None:
    path = released(tmp_path)
    unfinished = Path(f"{copy_of(path)}.new")
    unfinished.write_bytes(b"half a copy")
    with closing(Store(tmp_path)):
        pass
    assert layout_of(copy_of(path)) == 1
    assert not unfinished.exists()


def test_without_room_for_a_copy_the_station_says_so_and_starts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = released(tmp_path)
    Path(f"{copy_of(path)}.new").mkdir()  # nothing can be written there
    copy_of(path).write_bytes(b"of an earlier change")
    with caplog.at_level(logging.WARNING), closing(Store(tmp_path)):
        pass
    assert layout_of(path) == SCHEMA
    assert "no copy from before the change of layout" in caplog.text
    assert not copy_of(path).exists()


@pytest.mark.usefixtures("older")
def test_the_version_from_before_takes_the_copy_back(updated: Path) -> None:
    newer = take_back(updated)
    assert newer is not None
    assert layout_of(updated) == 1
    assert sessions_in(updated) == 10
    assert layout_of(newer) == SCHEMA
    assert not copy_of(updated).exists()
    assert take_back(updated) is None


def test_a_database_that_can_be_read_stays(
    updated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sessions", "take-back", "--data", str(updated.parent)]) == 0
    assert "nothing was done" in capsys.readouterr().out
    assert layout_of(updated) == SCHEMA
    assert take_back(updated.with_name("none")) is None


@pytest.mark.usefixtures("older")
def test_the_command_says_where_the_newer_sessions_are(
    updated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sessions", "take-back", "--data", str(updated.parent)]) == 0
    (newer,) = updated.parent.glob("*.newer-*")
    assert str(newer) in capsys.readouterr().out


@pytest.mark.usefixtures("older")
def test_without_a_copy_nothing_is_moved(updated: Path) -> None:
    copy_of(updated).unlink()
    with pytest.raises(StoreError, match="no database from before"):
        take_back(updated)
    assert layout_of(updated) == SCHEMA
