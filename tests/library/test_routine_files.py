"""Wrong routine files: each error names file and field, what was found and what is right."""

import re
from pathlib import Path

import pytest

from kiosk.core.errors import RoutineError
from kiosk.core.routine import BySide, Choosable, Side, StepText
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.library.words import load_languages
from web.figures import POSES

READER = RoutineReader(POSES, languages=load_languages())
ROUTINE = (SHIPPED_ROUTINES / "psoas-release.toml").read_text()


def wrong(folder: Path, old: str, new: str) -> str:
    """What the error says about the psoas release with `old` in its file replaced by `new`."""
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
        ('id = "check"', "id = ", "is not valid TOML: line 93: The value is missing"),
        ('id = "check"', "id = 'check", "is not closed"),
        ('kind = "gate"', 'kind = "door"', "one of: finish, gate, hold, setup, switch"),
        ('kind = "gate"', 'kinds = "gate"', "is not known here. Did you mean kind?"),
        ('kind = "gate"\n', "", 'prepare["check"].kind is missing'),
        ('kind = "gate"', 'kind = "hold"', "must be one of: gate, setup"),
        (
            "seconds = 30",
            'seconds = "30"',
            "found '30'. It must be a whole number from 1 to 600. Write it",
        ),
        ("seconds = 30", "seconds = 0", "found 0"),
        ("seconds = 30\n", "", "A hold needs its seconds"),
        ('kind = "gate"', 'kind = "gate"\nseconds = 5', "lasts until the press"),
        (
            'pose = "squeeze"',
            'pose = "handstand"',
            "each_side[\"squeeze\"].pose: found 'handstand'",
        ),
        (
            'inset = "torso"',
            'inset = "knee"',
            "There is no such pose. Did you mean 'knee-out'? There are: add-bell",
        ),
        ('id = "lie-down"', 'id = "equipment"', "Each step needs an id of its own"),
        ('id = "psoas-release"', 'id = "psoas"', "It must be the file's name: 'psoas-release'"),
        ("[60, 90, 120, 180]", "[90, 60]", "They must ascend"),
        ("[60, 90, 120, 180]", "[60, 90]", "one of side_seconds: 60, 90"),
        ("[60, 90, 120, 180]", "[]", "side_seconds"),
        ("the {side} leg", "the {sied} leg", "Only {side} and {other} can be in braces"),
        ('always = "', 'stop_action = "Stop"\nalways = "', "Put it into weight_off.detail"),
        ('always = "Keep', 'why = "Keep', "text.why is not known here"),
        (
            "seconds = 20",
            'seconds = 20\nsources = ["x"]',
            "It belongs at the top of the file, above",
        ),
        (
            "seconds = 20",
            'seconds = 20\nfacts = ["x"]',
            "facts is not known here. It belongs under [text]",
        ),
        ('always = "', 'pose = "kit"\nalways = "', "text.pose is not known here. Known: title"),
        ('poster = "straighten"', 'poster = "cat"', "poster: found 'cat'. There is no such pose"),
        ('pose = "weight-off"', 'pose = "cat"', "weight_off.pose: found 'cat'"),
        ('press = "Back in', 'press = "{side} in', "weight_off.press: found '{side} in"),
        ('navel = "navel"\n', "", "text.labels: navel not found, which a drawing"),
        ('navel = "navel"', 'naval = "navel"', "text.labels: naval not known here"),
        ('navel = "navel"', f'navel = "{"navel " * 5}"', "text.labels.navel: found 'navel"),
        (
            'kind = "hold"',
            'kind = "hold"\nchooses = ["side"]',
            "none from the first loaded step on",
        ),
        ('["side", "seconds"]', '["sides"]', "It must be one of: seconds, side"),
        ("Press only if none of it is.", "Press on the {side}.", "A step without a side has none"),
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
    for name in ("one", "two"):
        path = tmp_path / f"{name}.toml"
        assert [line for line in lines if line.startswith(f"{path}: id: found ")]
        assert f"{path}: language is missing. Add it." in lines


def test_a_routine_without_a_hold_is_explained(tmp_path: Path) -> None:
    text = ROUTINE.replace('kind = "hold"', 'kind = "setup"').replace("seconds = 30\n", "")
    path = tmp_path / "psoas-release.toml"
    path.write_text(text)
    with pytest.raises(RoutineError, match="no step of kind 'hold'"):
        READER.read(path)


def test_a_folder_without_routines_says_so(tmp_path: Path) -> None:
    with pytest.raises(RoutineError, match="there is no routine file"):
        READER.read_folder(tmp_path)


def test_an_alternative_that_is_not_there_is_explained(tmp_path: Path) -> None:
    (tmp_path / "psoas-release.toml").write_text(ROUTINE)
    with pytest.raises(RoutineError, match="alternative: found 'no-pressure-psoas'"):
        READER.read_folder(tmp_path)


def old_file(folder: Path, name: str) -> Path:
    """The routine `name` in `folder`, as its file was for an earlier version of Matside."""
    text = (SHIPPED_ROUTINES / f"{name}.toml").read_text()
    for pattern in (
        r"^poster = .*\n",
        r"^chooses = .*\n",
        r"\[(text\.labels|weight_off)\]\n(.+\n)+",
    ):
        text = re.sub(pattern, "", text, flags=re.MULTILINE)
    path = folder / f"{name}.toml"
    path.write_text(text.replace('always = "', 'stop_action = "Stop"\nalways = "'))
    return path


def test_a_file_for_an_earlier_version_is_told_all_that_is_missing(tmp_path: Path) -> None:
    path = old_file(tmp_path, "psoas-release")
    with pytest.raises(RoutineError) as caught:
        READER.read(path)
    assert [line.removeprefix(f"{path}: ") for line in str(caught.value).splitlines()] == [
        "text.stop_action: is not used any more. Put it into weight_off.detail.",
        (
            "text.labels: abdominals, hip_bone, navel, psoas, ribs, spot not found, which a "
            "drawing of this routine shows. Add [text.labels] with the words for each."
        ),
        (
            "weight_off is missing: what is shown when the button is held to stop everything. Add "
            "[weight_off] with its pose, headline, detail (what to do now) and press (what a press "
            "means then)."
        ),
    ]


@pytest.mark.parametrize(
    ("name", "step", "poster"),
    [("psoas-release", "equipment", "settle"), ("no-pressure-psoas", "lie-down", "leg-long")],
)
def test_a_file_that_says_nothing_of_them_offers_its_lengths_and_shows_its_first_hold(
    tmp_path: Path, name: str, step: str, poster: str
) -> None:
    path = tmp_path / f"{name}.toml"
    text = (SHIPPED_ROUTINES / path.name).read_text()
    path.write_text(re.sub(r"^(chooses|poster) = .*\n", "", text, flags=re.MULTILINE))
    routine = READER.read(path)
    chooses = {each.id: each.chooses for each in routine.steps if each.chooses}
    assert chooses == {step: frozenset(Choosable)}
    assert routine.poster == poster


def test_a_file_can_say_that_nothing_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "psoas-release.toml"
    path.write_text(ROUTINE.replace('chooses = ["side", "seconds"]', "chooses = []"))
    assert not any(step.chooses for step in READER.read(path).steps)


def test_the_labels_are_those_of_the_drawings_that_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "psoas-release.toml"
    path.write_text(ROUTINE)
    poses = {pose: ["wrist"] if pose == "weight-off" else [] for pose in POSES}
    with pytest.raises(RoutineError) as caught:
        RoutineReader(poses).read(path)
    missing, unknown = str(caught.value).splitlines()
    assert "text.labels: wrist not found" in missing
    assert unknown.endswith("spot not known here. The drawings of this routine have wrist.")


def test_a_routine_whose_drawings_have_no_labels_needs_none(tmp_path: Path) -> None:
    path = tmp_path / "no-pressure-psoas.toml"
    text = (SHIPPED_ROUTINES / path.name).read_text()
    path.write_text(text.replace("[weight_off]", '[text.labels]\nrib = "rib"\n\n[weight_off]'))
    with pytest.raises(RoutineError, match=r"rib not known here\. .* have no labels"):
        READER.read(path)


def translation(folder: Path, change: tuple[str, str] = ("", "")) -> Path:
    """A German translation of the psoas release, with one change."""
    (folder / "psoas-release.toml").write_text(ROUTINE)
    whole = READER.read(SHIPPED_ROUTINES / "psoas-release.toml")
    lines = ['language = "de"', "[text]"]
    head = ROUTINE.split("[text]\n")[1].split("\n[[prepare]]")[0]
    lines.append(head.replace('pose = "weight-off"\n', ""))
    for step in whole.steps:
        lines += [
            f"[steps.{step.id}]",
            f'headline = "Ü {"{side}" * step.sided}"',
            'detail = "Wort"',
        ]
    path = folder / "psoas-release.de.toml"
    path.write_text("\n".join(lines).replace(*change))
    return path


def test_a_translation_without_weight_off_is_told_so(tmp_path: Path) -> None:
    path = translation(tmp_path)
    path.write_text(re.sub(r"\[weight_off\]\n(.+\n)+", "", path.read_text()))
    with pytest.raises(RoutineError, match=r"weight_off is missing\. Add"):
        READER.read(tmp_path / "psoas-release.toml")


def test_a_translation_beside_a_routine_adds_its_language(tmp_path: Path) -> None:
    translation(tmp_path)
    routine = READER.read(tmp_path / "psoas-release.toml")
    assert list(routine.texts) == ["en", "de"]
    settle = routine.texts["de"].steps["settle"]
    assert (settle.left.headline, settle.right.headline) == ("Ü links", "Ü rechts")


def sided(folder: Path, table: str) -> BySide[StepText]:
    """The words of a step whose headline is `table` in a German translation."""
    translation(
        folder, ('[steps.settle]\nheadline = "Ü {side}"', f"[steps.settle]\nheadline = {table}")
    )
    return READER.read(folder / "psoas-release.toml").texts["de"].steps["settle"]


def test_a_text_may_be_a_whole_sentence_for_each_side(tmp_path: Path) -> None:
    words = sided(tmp_path, '{ left = "Linkes Bein", right = "Rechtes Bein" }')
    assert [words.of(side).headline for side in Side] == ["Linkes Bein", "Rechtes Bein"]
    assert words.left.detail == words.right.detail == "Wort"


def test_a_text_names_its_side_and_the_other_and_begins_with_a_capital(tmp_path: Path) -> None:
    words = sided(tmp_path, '"{side} ab, {other} auf"')
    assert words.left.headline == "Links ab, rechts auf"
    assert words.right.headline == "Rechts ab, links auf"


def test_a_step_whose_words_do_not_name_a_side_has_them_once(tmp_path: Path) -> None:
    words = sided(tmp_path, '"Ruhen"')
    assert words.left is words.right is words.of(None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[steps.settle]", "[steps.setle]"), "steps.settle is missing"),
        (
            ('[steps.settle]\nheadline = "', f'[steps.settle]\nheadline = "{"Ü" * 48}'),
            "steps.settle.headline: found 'ÜÜÜÜ",
        ),
        (
            ("[steps.settle]\n", '[steps.settle]\nwhyy = ""\n'),
            "steps.settle.whyy is not known here",
        ),
        (('navel = "navel"', f'navel = "{"n" * 23}"'), "text.labels.navel: found 'nnnn"),
        (('language = "de"', 'language = "fr"'), "It must be the one in the file's name: 'de'"),
        (('"Ü {side}"', '"Ü {sied}"'), "Only {side} and {other}"),
        (('"Ü "', '"Ü {side}"'), "A step without a side has none to name"),
        (('"Ü "', '{ left = "Ü", right = "Ü" }'), "headline: found a text for each side. A step"),
        (('"Ü {side}"', '{ left = "Ü", right = "{side}" }'), "headline.right: found '{side}'."),
        (('"Ü {side}"', '{ left = "Ü" }'), "headline.right is missing. Add it."),
        (
            ('"Ü {side}"', '{ lefd = "Ü", right = "Ü" }'),
            "lefd is not known here. Did you mean left",
        ),
        (('"Ü {side}"', f'{{ left = "{"Ü" * 49}", right = "Ü" }}'), "headline.left: found 'ÜÜÜ"),
        (('"Ü {side}"', f'"{"Ü" * 49}"'), "48 characters at most. This one has 49."),
        (('"Ü {side}"', "3"), "48 characters at most, or a table with left and right."),
        (("[weight_off]", "[text.more]"), "text.more is not known here"),
        (('press = "', 'pose = "x"\npress = "'), "weight_off.pose is not known here"),
        (("Lift the", "{Lift} the"), "weight_off.detail: found '{Lift} the"),
        (('navel = "navel"\n', ""), "text.labels: navel not found"),
        (('always = "', 'stop_action = "x"\nalways = "'), "Put it into weight_off.detail"),
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
