"""A PIN in old settings moves into the data directory, once."""

import logging
from pathlib import Path

import pytest

from kiosk.staff.moving import move_pin
from kiosk.staff.pin_file import PIN_FILE, PinFile
from tests.drivers.staff import OTHER, PIN, keep_pin


@pytest.fixture(autouse=True)
def every_line(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def test_without_one_nothing_happens(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    move_pin(None, PinFile(tmp_path))
    assert (caplog.messages, list(tmp_path.iterdir())) == ([], [])


def test_a_pin_of_the_settings_is_kept_and_told_without_its_digits(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    move_pin(PIN, PinFile(tmp_path))
    kept = PinFile(tmp_path).read()
    assert kept is not None
    assert kept.is_made_of(PIN)
    (line,) = caplog.messages
    assert "has moved into the data directory" in line
    assert PIN not in line


def test_a_pin_that_is_kept_already_stays(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    keep_pin(tmp_path, OTHER)
    before = (tmp_path / PIN_FILE).read_bytes()
    move_pin(PIN, PinFile(tmp_path))
    assert (tmp_path / PIN_FILE).read_bytes() == before
    assert "is not used any more" in caplog.text
    assert "Take that line out" in caplog.text


def test_a_pin_that_is_among_the_first_guesses_is_not_taken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    move_pin("000000", PinFile(tmp_path))
    assert PinFile(tmp_path).read() is None
    assert "soon guessed" in caplog.text
    assert "the network stays off" in caplog.text


def test_a_data_directory_that_cannot_be_used_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    move_pin(PIN, PinFile(tmp_path / "file"))
    assert "cannot be written" in caplog.text
