"""A disk that fails, as the keeper meets it: the session goes on, and what can be is saved later.

`test_disk` has disks that really are full or read-only.
"""

import logging

import pytest

from kiosk.core.errors import DamagedStoreError
from kiosk.core.saved import save
from kiosk.core.session import Status
from kiosk.records.keeper import RETRY_EVERY
from kiosk.records.store import FILE
from tests.drivers.keeping import Gym, ended, in_a_hold, running_in


def test_a_disk_that_fails_during_a_session_does_not_touch_the_session(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    mat.disk.problem = "the disk is full"
    mat.press_until("squeeze")
    mat.wait(130)
    assert mat.status is Status.ASKING
    assert mat.keeper.problem == "the disk is full"
    assert mat.healths == ["the disk is full"]
    assert mat.disk.tries > 10
    errors = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.message for record in errors] == [
        "sessions are not being saved: the disk is full"
    ]


def test_what_has_ended_meanwhile_is_written_once_there_is_room_again(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    mat.disk.problem = "the disk is full"
    mat.press_until("stand-up")
    mat.press()
    mat.wait(60)
    mat.press()
    mat.hold()
    assert ended(mat) == [(1, None, "straighten")]
    mat.disk.problem = None
    mat.wait(RETRY_EVERY + 1)
    assert ended(mat) == [(1, "finished", "stand-up"), (2, "stopped", "check")]
    assert mat.keeper.problem is None
    assert mat.healths == ["the disk is full", None]
    assert mat.keeper.seconds_until_save() is None
    assert caplog.messages[-1] == "sessions are being saved again; the last is session 2"


def test_a_session_that_runs_when_there_is_room_again_is_saved_from_then_on(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press_until("lie-down")
    mat.disk.problem = "the disk is full"
    mat.press_until("settle")
    mat.disk.problem = None
    mat.press()
    assert running_in(mat) == (1, save(mat.state, mat.now, mat.rules))


def test_a_station_whose_disk_fails_from_the_start_runs_and_saves_later(gym: Gym) -> None:
    first = gym.switch_on()
    first.press()
    first.hold()
    in_a_hold(first)
    mat = gym.switch_on(problem="the disk is read-only")
    assert mat.status is Status.ATTRACT
    assert mat.keeper.problem == "the disk is read-only"
    in_a_hold(mat)
    mat.disk.problem = None
    mat.wait(RETRY_EVERY + 1)
    # The one that was cut off is not lost, and the new one has not taken its number.
    assert ended(mat) == [
        (1, "stopped", "check"),
        (2, "abandoned", "straighten"),
        (3, None, "knee-out"),
    ]


def test_a_database_that_is_damaged_during_a_session_is_set_aside_and_the_session_saved(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    mat.press()
    mat.hold()
    in_a_hold(mat)
    gym.close()
    (gym.directory / FILE).write_bytes(b"this is no database" * 1000)
    mat.disk.problem, mat.disk.error = "the database is damaged", DamagedStoreError
    mat.press()
    mat.disk.problem = None
    mat.press_until("stand-up")
    mat.press()
    assert ended(mat) == [(2, "finished", "stand-up")]
    assert len(list(gym.directory.glob("*.damaged-*"))) == 1
    assert "set aside as" in caplog.text


def test_a_disk_that_fails_at_rest_is_tried_again_twice_a_minute(gym: Gym) -> None:
    mat = gym.switch_on(problem="the disk is read-only")
    mat.wait(601)
    assert mat.disk.tries == 21


def test_what_waits_for_the_disk_when_the_station_stops_is_said_to_be_lost(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on(problem="the disk is read-only")
    mat.press()
    mat.hold()
    mat.keeper.close()
    mat.unwritten.close()
    assert caplog.messages[-1] == "sessions that could not be saved, and are lost: 1"


def test_what_waits_for_the_disk_outlives_new_settings(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    first = gym.switch_on()
    in_a_hold(first)
    first.disk.problem = "the disk is full"
    first.press_until("stand-up")
    first.press()
    first.wait(60)
    first.press()
    first.hold()
    second = gym.take_anew(problem="the disk is full")
    second.press()
    second.hold()
    third = gym.take_anew()
    # The first is not offered again, though the store had it as running.
    assert third.status is Status.ATTRACT
    assert ended(third) == [
        (1, "finished", "stand-up"),
        (2, "stopped", "check"),
        (3, "stopped", "check"),
    ]
    third.press()
    third.hold()
    assert ended(third)[3:] == [(4, "stopped", "check")]
    third.keeper.close()
    third.unwritten.close()
    assert "lost" not in caplog.text


def test_sessions_before_the_store_could_be_opened_outlive_new_settings_too(gym: Gym) -> None:
    earlier = gym.switch_on()
    earlier.press()
    earlier.hold()
    first = gym.switch_on(problem="the disk is read-only")
    first.press()
    first.hold()
    second = gym.take_anew(problem="the disk is read-only")
    second.press()
    second.hold()
    second.disk.problem = None
    second.wait(RETRY_EVERY + 1)
    assert [number for number, _, _ in ended(second)] == [1, 2, 3]


def test_the_store_is_closed_even_if_the_button_cannot_be_counted(
    gym: Gym, monkeypatch: pytest.MonkeyPatch
) -> None:
    mat = gym.switch_on()
    mat.press()
    log = gym.directory / f"{FILE}-wal"
    assert log.exists()
    monkeypatch.setattr(mat, "button", None)
    with pytest.raises(AttributeError):
        mat.keeper.close()
    # The last to close the database takes its write-ahead log away.
    assert not log.exists()
