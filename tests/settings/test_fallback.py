"""A wrong settings file: what a station runs on instead, and what it never takes from it."""

import stat
from pathlib import Path

import pytest

from kiosk.settings.fallback import KEPT_FILE, FoundSettings, Origin, find_settings, keep_settings
from kiosk.settings.shapes import Settings

RIGHT = '[station]\nside = "left"\n[panel]\nbuzzer_pin = 5\n'
OPEN = '[server]\nhost = "0.0.0.0"\nstaff_pin = "135790"\n'

WRONG = [
    pytest.param(b"[station\n", id="no TOML"),
    pytest.param(b'[station]\nside = "up"\n', id="a value that cannot be"),
    pytest.param(b"[statoin]\n", id="a section that is not known"),
    pytest.param(b"[panel]\nbuzzer_pin = 17\n", id="one pin for two parts"),
    pytest.param(b'[screen]\noff_from = "22:00"\n', id="half a night"),
    pytest.param(b"\xff\xfe[\x00s\x00", id="UTF-16"),
    pytest.param(b"a = " + b"[" * 100_000, id="brackets without end"),
    pytest.param(b"#" * 300_000, id="too large"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def started(file: Path, state: Path) -> FoundSettings:
    """The settings with which a station comes up, which are kept then."""
    found = find_settings(file, state)
    keep_settings(found)
    return found


def test_a_file_that_is_right_is_in_force(file: Path, state: Path) -> None:
    file.write_text(RIGHT)
    found = started(file, state)
    assert found.settings.station.side == "left"
    assert (found.origin, found.problem) == (Origin.FILE, None)


def test_without_a_file_the_built_in_settings_are_in_force(file: Path, state: Path) -> None:
    found = started(file, state)
    assert found.settings == Settings()
    assert (found.origin, found.problem) == (Origin.BUILT_IN, None)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_file_leaves_the_last_settings_that_worked_in_force(
    file: Path, state: Path, wrong: bytes
) -> None:
    file.write_text(RIGHT)
    before = started(file, state).settings
    file.write_bytes(wrong)
    found = started(file, state)
    assert found.settings == before
    assert found.origin is Origin.KEPT
    assert str(file) in (found.problem or "")
    assert "the last settings that worked are in force" in (found.problem or "")
    assert started(file, state).settings == before, "a wrong file must not be kept"


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_file_before_any_that_worked_leaves_the_outputs_alone(
    file: Path, state: Path, wrong: bytes
) -> None:
    file.write_bytes(wrong)
    found = started(file, state)
    assert found.origin is Origin.BUILT_IN
    assert found.settings.server == Settings().server
    assert (found.settings.panel.buzzer_pin, found.settings.panel.light_pin) == (False, False)
    assert not (state / KEPT_FILE).exists()


def test_after_a_start_without_a_file_a_wrong_one_leaves_what_is_built_in(
    file: Path, state: Path
) -> None:
    started(file, state)
    file.write_text("[panel]\nbuzzer_pin = 99\n")
    assert started(file, state).settings == Settings()


def test_nothing_of_a_wrong_file_opens_the_network_or_takes_the_pin_away(
    file: Path, state: Path
) -> None:
    file.write_text(OPEN)
    started(file, state)
    file.write_text('[server]\nhost = "0.0.0.0"\nport = 90000\n')
    server = find_settings(file, state).settings.server
    assert (server.host, server.port, server.staff_pin) == ("0.0.0.0", 8080, "135790")


def test_a_pin_is_not_repeated_in_what_is_told(file: Path, state: Path) -> None:
    file.write_text('[server]\nstaff_pin = "1357"\n')
    assert "1357" not in (find_settings(file, state).problem or "")


def test_what_is_kept_can_be_read_by_its_owner_alone(file: Path, state: Path) -> None:
    file.write_text(OPEN)
    started(file, state)
    kept = state / KEPT_FILE
    assert kept.read_text() == OPEN
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert list(state.iterdir()) == [kept]


def test_settings_that_have_not_changed_are_not_written_again(file: Path, state: Path) -> None:
    file.write_text(RIGHT)
    started(file, state)
    before = (state / KEPT_FILE).stat().st_ino
    started(file, state)
    assert (state / KEPT_FILE).stat().st_ino == before


def test_a_power_cut_while_they_were_kept_leaves_a_whole_file(file: Path, state: Path) -> None:
    file.write_text(RIGHT)
    started(file, state)
    (state / f"{KEPT_FILE}.new").write_text("[stat")
    file.write_text(OPEN)
    started(file, state)
    assert (state / KEPT_FILE).read_text() == OPEN


def test_kept_settings_that_this_version_does_not_know_are_not_in_force(
    file: Path, state: Path
) -> None:
    state.mkdir()
    (state / KEPT_FILE).write_text("[statoin]\n")
    file.write_text("[station\n")
    assert find_settings(file, state).origin is Origin.BUILT_IN


@pytest.mark.parametrize("kind", ["directory", "pipe"])
def test_what_is_no_ordinary_file_is_told_and_keeps_nobody_waiting(
    file: Path, state: Path, kind: str
) -> None:
    if kind == "directory":
        file.mkdir()
    else:
        import os  # noqa: PLC0415 - only Unix has them

        os.mkfifo(file)
    found = find_settings(file, state)
    assert str(file) in (found.problem or "")
