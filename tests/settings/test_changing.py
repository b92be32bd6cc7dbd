"""Staff change the settings file: checked before, written whole, and with a way back."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.core.errors import SettingsError
from kiosk.settings.changing import BEFORE_FILE, SettingsFile
from kiosk.settings.fields import Place, Value
from kiosk.settings.shapes import Settings

LEFT = '# Ours.\n[station]\nside = "left" # since May\n'
WITH_PIN = '[server]\nhost = "0.0.0.0"\nstaff_pin = "135790"\n'
SIDE: Place = ("station", "side")
NO_SUCH_ROUTINE = "station.routine: there is no such routine."


def check(settings: Settings) -> None:
    if settings.station.routine == "nonsense":
        raise SettingsError(NO_SUCH_ROUTINE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(LEFT)
    return path


@pytest.fixture
def file(path: Path, tmp_path: Path) -> SettingsFile:
    (tmp_path / "state").mkdir()
    return SettingsFile(path, tmp_path / "state", check)


def change(file: SettingsFile, changes: dict[Place, Value]) -> Settings:
    return file.change(changes, file.edition())


def test_a_change_is_in_the_file_and_its_comments_stay(file: SettingsFile, path: Path) -> None:
    assert change(file, {SIDE: "right"}).station.side == "right"
    assert path.read_text() == LEFT.replace("left", "right")


def test_a_file_that_is_not_there_is_begun(file: SettingsFile, path: Path) -> None:
    path.unlink()
    change(file, {("panel", "quiet"): True})
    assert path.read_text() == "[panel]\nquiet = true\n"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({SIDE: "up"}, "station.side"),
        ({("screen", "off_from"): "22:00"}, "go together"),
        ({("panel", "buzzer_pin"): 17}, "17"),
        ({("station", "routine"): "nonsense"}, NO_SUCH_ROUTINE),
    ],
)
def test_what_the_station_could_not_run_on_is_not_written(
    file: SettingsFile, path: Path, changes: dict[Place, Value], told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        change(file, changes)
    assert path.read_text() == LEFT
    assert not file.can_undo()


def test_a_change_is_taken_back_and_that_too(file: SettingsFile, path: Path) -> None:
    change(file, {SIDE: "right"})
    assert file.undo(file.edition()).station.side == "left"
    assert path.read_text() == LEFT
    assert file.undo(file.edition()).station.side == "right"


def test_a_change_that_changes_nothing_keeps_the_way_back(file: SettingsFile, path: Path) -> None:
    change(file, {SIDE: "right"})
    change(file, {SIDE: "right"})
    file.undo(file.edition())
    assert path.read_text() == LEFT


def test_without_a_change_there_is_nothing_to_take_back(file: SettingsFile) -> None:
    assert not file.can_undo()
    with pytest.raises(SettingsError, match="no change to take back"):
        file.undo(file.edition())


@pytest.mark.parametrize(
    "write",
    [
        lambda file, edition: file.change({SIDE: "right"}, edition),
        lambda file, edition: file.undo(edition),
        lambda file, edition: file.import_(b"", "other.toml", edition),
    ],
    ids=["change", "undo", "import"],
)
def test_what_somebody_else_wrote_meanwhile_is_not_written_over(
    file: SettingsFile, path: Path, write: Callable[[SettingsFile, str], object]
) -> None:
    change(file, {SIDE: "right"})
    seen = file.edition()
    path.write_text('[station]\nside = "left"\nseconds = 60\n')
    with pytest.raises(SettingsError, match="by somebody else meanwhile"):
        write(file, seen)
    assert "seconds = 60" in path.read_text()


def test_a_wrong_file_is_not_changed_but_can_be_replaced(file: SettingsFile, path: Path) -> None:
    change(file, {SIDE: "right"})
    path.write_text("[station\n")
    with pytest.raises(SettingsError, match="not valid TOML"):
        change(file, {SIDE: "left"})
    assert file.undo(file.edition()).station.side == "left"


def test_what_is_exported_has_no_pin_and_what_is_imported_keeps_the_stations_own(
    file: SettingsFile, path: Path
) -> None:
    path.write_text(f'{WITH_PIN}#staff_pin = "000000"\n# The staff_pin is on the wall.\n')
    exported = file.exported()
    assert exported == b'[server]\nhost = "0.0.0.0"\n# The staff_pin is on the wall.\n'
    path.write_text(WITH_PIN.replace("135790", "246802"))
    assert file.import_(exported, "other.toml", file.edition()).server.staff_pin == "246802"


@pytest.mark.parametrize(
    "text",
    [
        'server = { staff_pin = "135790", port = 80 }\n',
        'server.staff_pin = "135790"\n',
        '"server".\'staff_pin\' = "135790"\n',
        '[server]\n"staff_pin" = "135790"\n',
        '[server]\nport = 80\n  staff_pin="135790"\n## staff_pin = "135790"\n',
    ],
)
def test_however_it_is_written_the_pin_is_not_exported(
    file: SettingsFile, path: Path, text: str
) -> None:
    path.write_text(text)
    assert b"135790" not in file.exported()


@pytest.mark.parametrize(
    "content", [b"[station\n", b"\xff\xfe[\x00", b'[station]\nroutine = "nonsense"\n', b"\0" * 9]
)
def test_an_import_that_is_wrong_changes_nothing(
    file: SettingsFile, path: Path, content: bytes
) -> None:
    with pytest.raises(SettingsError):
        file.import_(content, "other.toml", file.edition())
    assert path.read_text() == LEFT


def test_the_file_keeps_its_mode_and_the_one_before_is_its_owners_alone(
    file: SettingsFile, path: Path, tmp_path: Path
) -> None:
    path.chmod(0o644)
    change(file, {SIDE: "right"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert stat.S_IMODE((tmp_path / "state" / BEFORE_FILE).stat().st_mode) == 0o600


def test_a_disk_that_is_full_changes_nothing_and_is_told(
    file: SettingsFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match=r"No space left on device\. Nothing has been changed"):
        change(file, {SIDE: "right"})
    assert path.read_text() == LEFT
