"""Wrong files: each error names the file, the field or line, what was found and what is right."""

from pathlib import Path

import pytest

from kiosk.core.errors import RoutineError, SettingsError
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.settings.loading import load_settings
from web.figures import POSES

READER = RoutineReader(POSES)
ROUTINE = (SHIPPED_ROUTINES / "psoas-release.toml").read_text()


def wrong(folder: Path, old: str, new: str) -> str:
    """The error for the shipped routine with `old` replaced."""
    assert old in ROUTINE
    path = folder / "psoas-release.toml"
    path.write_text(ROUTINE.replace(old, new, 1))
    with pytest.raises(RoutineError) as caught:
        READER.read(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    return message


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "check"', "id = ", "at line 47"),
        ('id = "check"', "id = 'check", "is not closed"),
        ('kind = "gate"', 'kind = "door"', "one of: finish, gate, hold, setup, switch"),
        ('kind = "gate"', 'kinds = "gate"', "is not known here. Did you mean kind?"),
        ('kind = "gate"\n', "", 'prepare["check"].kind is missing'),
        ('kind = "gate"', 'kind = "hold"', "must be one of: gate, setup"),
        ("seconds = 30", 'seconds = "30"', "found '30'. Expected: int"),
        ("seconds = 30", "seconds = 0", "found 0"),
        ("seconds = 30\n", "", "A hold needs its seconds"),
        ('kind = "gate"', 'kind = "gate"\nseconds = 5', "lasts until the press"),
        (
            'pose = "squeeze"',
            'pose = "handstand"',
            "each_side[\"squeeze\"].pose: found 'handstand'",
        ),
        ('inset = "torso"', 'inset = "knee"', "There is no such pose; there are: add-bell"),
        ('id = "lie-down"', 'id = "equipment"', "Each step needs an id of its own"),
        ('id = "psoas-release"', 'id = "psoas"', "It must be the file's name: 'psoas-release'"),
        ("[60, 90, 120, 180]", "[90, 60]", "They must ascend"),
        ("[60, 90, 120, 180]", "[60, 90]", "one of side_seconds: 60, 90"),
        ("[60, 90, 120, 180]", "[]", "side_seconds"),
        ("the {side} leg", "the {sied} leg", "Only {side} and {other} can be in braces"),
        ('stop_action = "Stop and lift the kettlebell off"', "", "a loaded step needs stop_if"),
        ("Straighten the leg", "Straighten the leg " * 9, "headline"),
    ],
)
def test_a_wrong_routine_is_explained(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert says in wrong(tmp_path, old, new)


def test_all_that_is_wrong_with_a_routine_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "psoas-release.toml"
    wrong = (("[60, 90, 120, 180]", "[60, 90]"), ('pose = "squeeze"', 'pose = "handstand"'))
    text = ROUTINE
    for old, new in wrong:
        text = text.replace(old, new)
    path.write_text(text)
    with pytest.raises(RoutineError) as caught:
        READER.read(path)
    first, second = str(caught.value).splitlines()
    assert first.startswith(f"{path}: default_seconds: found 120")
    assert second.startswith(f'{path}: each_side["squeeze"].pose')


def test_every_wrong_routine_of_a_folder_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text("id = 1")
    (tmp_path / "two.toml").write_text("id = 2")
    with pytest.raises(RoutineError) as caught:
        READER.read_folder(tmp_path)
    lines = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        str(tmp_path / "one.toml"),
        str(tmp_path / "two.toml"),
    ]


def test_a_routine_without_a_hold_is_explained(tmp_path: Path) -> None:
    text = ROUTINE.replace('kind = "hold"', 'kind = "setup"').replace("seconds = 30\n", "")
    path = tmp_path / "psoas-release.toml"
    path.write_text(text)
    with pytest.raises(RoutineError, match="no step of kind 'hold'"):
        READER.read(path)


def test_a_file_that_is_no_text_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b'id = "x"\n\xff')
    with pytest.raises(RoutineError, match="line 2 is not UTF-8"):
        READER.read(path)


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"#" * 300_000)
    with pytest.raises(RoutineError, match="larger than 256 KiB"):
        READER.read(path)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(RoutineError, match="cannot be read: No such file"):
        READER.read(tmp_path / "none.toml")


def test_a_folder_without_routines_says_so(tmp_path: Path) -> None:
    with pytest.raises(RoutineError, match="there is no routine file"):
        READER.read_folder(tmp_path)


def test_an_alternative_that_is_not_there_is_explained(tmp_path: Path) -> None:
    (tmp_path / "psoas-release.toml").write_text(ROUTINE)
    with pytest.raises(RoutineError, match="alternative: found 'no-pressure-psoas'"):
        READER.read_folder(tmp_path)


def translation(folder: Path, change: tuple[str, str] = ("", "")) -> Path:
    """A German file beside the shipped routine, with one change."""
    (folder / "psoas-release.toml").write_text(ROUTINE)
    whole = READER.read(SHIPPED_ROUTINES / "psoas-release.toml")
    lines = ['language = "de"', "[text]"]
    head = ROUTINE.split("[text]\n")[1].split("\n[[prepare]]")[0]
    lines.append(head)
    for step in whole.steps:
        lines += [f"[steps.{step.id}]", 'headline = "Ü {side}"', 'detail = "Wort"']
    path = folder / "psoas-release.de.toml"
    path.write_text("\n".join(lines).replace(*change))
    return path


def test_a_translation_beside_a_routine_adds_its_language(tmp_path: Path) -> None:
    translation(tmp_path)
    routine = READER.read(tmp_path / "psoas-release.toml")
    assert list(routine.texts) == ["en", "de"]
    assert routine.texts["de"].steps["settle"].headline == "Ü {side}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[steps.settle]", "[steps.setle]"), "steps.settle is missing"),
        (('language = "de"', 'language = "fr"'), "It must be the one in the file's name: 'de'"),
        (('"Ü {side}"', '"Ü {sied}"'), "Only {side} and {other}"),
        (("[steps.settle]", '[steps.x]\nheadline="a"\ndetail="b"\n[steps.settle]'), "steps.x is"),
    ],
)
def test_a_wrong_translation_is_explained(
    tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    path = translation(tmp_path, change)
    with pytest.raises(RoutineError) as caught:
        READER.read(tmp_path / "psoas-release.toml")
    assert str(caught.value).startswith(str(path))
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[server]\nprot = 80", "server.prot is not known here. Did you mean port?"),
        ("[server]\nport = 70000", "server.port: found 70000"),
        ("[server]\nstaff_pin = '0000'", "server.staff_pin"),
        ("[panel]\nbutton_pin = 40", "panel.button_pin: found 40"),
        ("[panel]\nbutton_pin = 27", "must be different pins"),
        ("[panel]\nhardware = 'arduino'", "panel.hardware: found 'arduino'"),
        ("[screen]\nviewing_distance_m = 'far'", "screen.viewing_distance_m: found 'far'"),
        ("[[server]]", "server: found [{}]"),
        ("server = 1", "server: found 1"),
        ("[server", "is not valid TOML"),
    ],
)
def test_wrong_settings_are_explained(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert str(caught.value).startswith(str(path))
    assert says in str(caught.value)


def test_a_part_that_is_not_there_is_false(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[panel]\nbuzzer_pin = false\nlight_pin = false")
    assert load_settings(path).panel.buzzer_pin is False
