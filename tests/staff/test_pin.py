"""The staff PIN: which ones are refused, and how one is kept."""

import stat
from pathlib import Path

import pytest

from kiosk.core.errors import StaffError
from kiosk.staff.pin import MOST_MEMORY, StoredPin, check_pin, stored_pin
from kiosk.staff.pin_file import PIN_FILE, PinFile

PIN = "480917"


@pytest.mark.parametrize("digits", ["48091", "4809173326485", "", "48O917", "480 917", "٤٨٠٩١٧"])
def test_a_pin_has_six_to_twelve_digits(digits: str) -> None:
    with pytest.raises(StaffError, match="6 to 12 digits"):
        check_pin(digits)


@pytest.mark.parametrize(
    "digits",
    [
        *("000000", "999999999999", "121212", "4545454", "123123123"),
        *("123456", "654321", "012345678901", "567890", "098765"),
    ],
)
def test_a_pin_that_is_tried_first_is_refused_without_being_repeated(digits: str) -> None:
    with pytest.raises(StaffError, match="soon guessed") as caught:
        check_pin(digits)
    assert digits not in str(caught.value)


@pytest.mark.parametrize("digits", [PIN, "112233", "246810", "480917332648"])
def test_any_other_pin_is_taken(digits: str) -> None:
    check_pin(digits)


def test_a_stored_pin_knows_its_digits_and_no_others() -> None:
    kept = stored_pin(PIN)
    assert kept.is_made_of(PIN)
    assert not kept.is_made_of("480918")
    assert not kept.is_made_of("")


def test_the_same_pin_is_stored_another_way_each_time() -> None:
    one, other = stored_pin(PIN), stored_pin(PIN)
    assert one.salt != other.salt
    assert one.hash != other.hash
    assert one.id != other.id


def test_a_hash_takes_no_more_than_sixteen_megabytes() -> None:
    kept = stored_pin(PIN)
    assert 128 * kept.blocks * kept.size <= MOST_MEMORY == 16 * 2**20


def test_what_was_hashed_at_another_cost_is_still_known() -> None:
    cheap = StoredPin("one", b"salt", b"", blocks=16, turns=1)
    assert not cheap.is_made_of(PIN)


@pytest.mark.parametrize(("blocks", "size"), [(2**17, 16), (1000, 8)])
def test_a_cost_that_is_never_chosen_is_not_paid(blocks: int, size: int) -> None:
    with pytest.raises(StaffError, match="damaged"):
        StoredPin("one", b"salt", b"", blocks=blocks, size=size).is_made_of(PIN)


def test_the_file_is_for_its_owner_alone_and_has_no_digit_of_the_pin(tmp_path: Path) -> None:
    file = PinFile(tmp_path / "data")
    file.write(stored_pin(PIN))
    path = tmp_path / "data" / PIN_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PIN not in path.read_text()
    assert [each.name for each in path.parent.iterdir()] == [PIN_FILE]


def test_a_pin_that_was_written_is_read_until_it_is_forgotten(tmp_path: Path) -> None:
    file = PinFile(tmp_path)
    assert file.read() is None
    kept = stored_pin(PIN)
    file.write(kept)
    assert PinFile(tmp_path).read() == kept
    assert file.forget()
    assert file.read() is None
    assert not file.forget()


@pytest.mark.parametrize(
    "content", ["", "{", '{"id": "x"}', '{"id": "x", "salt": "", "hash": "", "turns": 1000000}']
)
def test_a_damaged_file_is_not_taken_for_no_pin(tmp_path: Path, content: str) -> None:
    (tmp_path / PIN_FILE).write_text(content)
    with pytest.raises(StaffError, match=r"is damaged\. Choose a new one in a shell"):
        PinFile(tmp_path).read()


def test_a_file_that_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    (tmp_path / PIN_FILE).mkdir()
    file = PinFile(tmp_path)
    with pytest.raises(StaffError, match="cannot be read"):
        file.read()
    with pytest.raises(StaffError, match="cannot be written"):
        file.write(stored_pin(PIN))
    with pytest.raises(StaffError, match="cannot be removed"):
        file.forget()


def test_a_data_directory_that_is_no_directory_has_no_pin(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    file = PinFile(tmp_path / "file")
    assert file.read() is None
    assert not file.forget()
    with pytest.raises(StaffError, match="cannot be written"):
        file.write(stored_pin(PIN))
