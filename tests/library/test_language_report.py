"""What `matside language check` says of a language, and that those that come along are whole."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.library.language_report import languages_there, report_on_language
from kiosk.library.legibility import legible
from kiosk.library.own_languages import load_all_languages
from kiosk.library.places import Places
from kiosk.library.remarks import Judge, Remark
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.library.shelf import load_library
from kiosk.library.words import SHIPPED_LANGUAGES, load_languages
from tests.drivers.made_up import MADE_UP_ROUTINES
from web.figures import POSES

SHIPPED = languages_there(Places())
ENGLISH = (SHIPPED_LANGUAGES / "en.toml").read_text(encoding="utf-8")
NAME = "sandbag-hips"


def check(code: str, places: Places) -> list[Remark]:
    languages = load_all_languages(places).words
    judge = Judge(POSES, languages, 6, legible(2.0, 7.0))
    library = load_library(RoutineReader(POSES, languages=languages), places)
    return report_on_language(code, library, places, judge)


@pytest.mark.parametrize("code", SHIPPED)
def test_each_language_that_comes_along_has_all_words_of_the_station_and_the_routines(
    code: str,
) -> None:
    assert check(code, Places()) == []


def test_nine_languages_come_along_each_with_a_name_of_its_own() -> None:
    assert SHIPPED == ["ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt"]
    assert len({words.name for words in load_languages().values()}) == len(SHIPPED)


@pytest.mark.parametrize("code", SHIPPED)
def test_each_language_that_comes_along_says_who_has_reviewed_it(code: str) -> None:
    files = [SHIPPED_LANGUAGES / f"{code}.toml", *SHIPPED_ROUTINES.glob(f"*.{code}.toml")]
    for path in files:
        assert '\nreviewed = "' in path.read_text(encoding="utf-8"), path.name


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A gym with a routine of its own, and Swedish of its own, which is whole."""
    routines, languages = tmp_path / "routines", tmp_path / "languages"
    routines.mkdir()
    languages.mkdir()
    (routines / f"{NAME}.toml").write_bytes((MADE_UP_ROUTINES / f"{NAME}.toml").read_bytes())
    (languages / "sv.toml").write_text(ENGLISH, encoding="utf-8")
    german = (MADE_UP_ROUTINES / f"{NAME}.de.toml").read_text(encoding="utf-8")
    for path in sorted(SHIPPED_ROUTINES.glob("*.de.toml")):
        name = path.name.replace(".de.", ".sv.")
        _put(languages / name, path.read_text(encoding="utf-8"))
    _put(languages / f"{NAME}.sv.toml", german)
    return Places(routines, languages)


def _put(path: Path, german: str) -> None:
    path.write_text(german.replace('language = "de"', 'language = "sv"'), encoding="utf-8")


def own(places: Places, name: str) -> Path:
    assert places.own_languages is not None
    return places.own_languages / name


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_language_of_the_gyms_own_that_has_all_is_right(places: Places) -> None:
    assert check("sv", places) == []


def test_a_routine_of_the_gyms_own_needs_words_in_the_language_too(places: Places) -> None:
    (remark,) = check("fr", places)
    assert remark == Remark(
        own(places, f"{NAME}.fr.toml"),
        "fault",
        None,
        "",
        "There is no such file: sandbag-hips has no words in 'fr'. `matside language new fr` "
        "writes one to start from.",
    )


def test_a_routine_needs_no_translation_into_its_own_language(places: Places) -> None:
    assert check("en", places) == []


def test_a_language_without_any_file_is_told_how_to_begin(places: Places) -> None:
    remarks = check("xx", places)
    assert len(remarks) == 12
    assert remarks[0].file == own(places, "xx.toml")
    assert "`matside language new xx` writes one to start from." in remarks[0].text
    shipped = check("xx", Places())
    assert shipped[0].file == SHIPPED_LANGUAGES / "xx.toml"
    assert shipped[1].file == SHIPPED_ROUTINES / "psoas-release.xx.toml"


def test_a_name_that_is_no_code_of_a_language_is_told(places: Places) -> None:
    own(places, "svenska.toml").write_text(ENGLISH, encoding="utf-8")
    assert "svenska" in languages_there(places)
    (remark,) = check("svenska", places)
    assert remark.text.startswith("The file's name: found 'svenska'. It must be the code of")
    old = own(places, f"{NAME}.sv.toml").rename(own(places, f"{NAME}.sv.old.toml"))
    assert [remark.file for remark in check("sv.old", places)] == [old]
    (remark,) = check("Deutsch", places)
    assert remark.file == Path("Deutsch.toml")


def test_all_that_is_wrong_with_a_language_is_told_at_once_with_file_line_and_field(
    places: Places,
) -> None:
    words, routine = own(places, "sv.toml"), own(places, f"{NAME}.sv.toml")
    change(words, 'name = "English"', "name = 3")
    change(words, 'next = "Next"', 'nexd = "Next"')
    change(words, "{minutes} min", "{minuts} min")
    change(words, '{ one = "breath", other = "breaths" }', '"andetag"')
    change(words, 'held = "Held"', 'held = ""')
    change(words, 'even = "Both sides had their time."', f'even = "{"Båda " * 12}"')
    change(routine, "[steps.hug]", "[steps.hugg]")
    change(routine, '"Sack weg"', f'"{"Sack " * 9}weg"')
    own(places, "foot-ball.sv.toml").unlink()
    told = [(remark.file.name, remark.line, remark.field) for remark in check("sv", places)]
    english = ENGLISH.splitlines()

    def line(part: str) -> int:
        return next(number for number, text in enumerate(english, 1) if text.startswith(part))

    german = (MADE_UP_ROUTINES / f"{NAME}.de.toml").read_text(encoding="utf-8").splitlines()
    assert told == [
        ("sv.toml", line("name"), "name"),
        ("sv.toml", line("next"), "nexd"),
        ("sv.toml", line("takes"), "takes"),
        ("sv.toml", line("takes"), "takes"),
        ("sv.toml", line("even"), "even"),
        ("sv.toml", line("held"), "held"),
        ("sv.toml", line("breaths ="), "breaths.one"),
        ("sv.toml", None, "next"),
        ("foot-ball.sv.toml", None, ""),
        (f"{NAME}.sv.toml", german.index('headline = "Sack weg"') + 1, "weight_off.headline"),
        (f"{NAME}.sv.toml", german.index("[steps.ask]") + 1, "steps.hug"),
        (f"{NAME}.sv.toml", german.index("[steps.hug]") + 1, "steps.hugg"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("You are {time} short.", "You are short.", "short_in_all: found no {time} in"),
        ("{minutes} min", "{minutes min", "takes: found a brace by itself in"),
        ('next = "Next"', 'next = "{side}"', "next: found {side} in '{side}'. Nothing can be"),
        ('next = "Next"', "next = ", ": not valid TOML"),
        ("{ one = ", "{ none = ", "breaths.none is not known here."),
    ],
)
def test_what_is_wrong_with_the_words_of_the_station_is_told(
    places: Places, old: str, new: str, says: str
) -> None:
    change(own(places, "sv.toml"), old, new)
    assert any(says in str(remark) for remark in check("sv", places)), check("sv", places)


def test_a_language_file_that_is_empty_says_how_to_begin(places: Places) -> None:
    own(places, "sv.toml").write_text("\n")
    (remark,) = check("sv", places)
    assert remark.text == "The file is empty. `matside language new sv` writes one to start from."


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"Das Knie tut weh"', "", "text.skip_if: found 0 entries. It must be a list"),
        ('["Das Knie tut weh"]', '["a", "b"]', "text.skip_if: found 2 entries. It must have 1"),
        ('equipment = ["', 'equipment = ["Matte", "', "text.equipment: found 2 entries. The"),
        ('always = "Eine Hand bleibt am Sack."\n', "", "text.always is missing. Add it."),
        ('detail = "Langsam."', 'detail = "Langsam."\nwhy = "So."', "bag-on.why: found, but the"),
        ('language = "sv"', 'language = "de"', "It must be the one in the file's name: 'sv'"),
        ('language = "sv"', "language = ", "not valid TOML"),
        ("Bein {side}", "Bein {sied}", "Only {side} and {other} can be in braces"),
        ('"Langsam."', f'"{"Langsam. " * 12}"', "bag-on.detail: found 108 characters. The screen"),
        ('["Sand ist schwer."]', f'["{"Sand " * 14}"]', "text.facts[1]: found 70 characters."),
        ('"Ruh dich aus"', '"Ausruhbereitschaftsanzeige"', "found a word of 26 characters. From"),
    ],
)
def test_what_is_wrong_with_a_translation_is_told(
    places: Places, old: str, new: str, says: str
) -> None:
    change(own(places, f"{NAME}.sv.toml"), old, new)
    remarks = check("sv", places)
    assert {remark.kind for remark in remarks} == {"fault"}
    assert any(says in str(remark) for remark in remarks), remarks


@pytest.mark.parametrize("field", ["why", "beat"])
def test_what_the_routine_says_and_the_translation_does_not_is_told(
    places: Places, field: str
) -> None:
    assert places.own_routines is not None
    value = '"So."' if field == "why" else '["In", "Out"]'
    change(places.own_routines / f"{NAME}.toml", "[[switch]]\n", f"[[switch]]\n{field} = {value}\n")
    (remark,) = check("sv", places)
    assert re.fullmatch(rf"steps\.[\w-]+\.{field}", remark.field)
    assert remark.text == "is missing. Add it."


def test_a_translation_of_no_routine_is_told(places: Places) -> None:
    path = own(places, "yoga.sv.toml")
    path.write_text('language = "sv"')
    (remark,) = check("sv", places)
    assert (remark.file, remark.text.split(".")[0]) == (
        path,
        "There is no routine 'yoga' to translate",
    )


def _without_side(places: Places) -> None:
    change(own(places, "sv.toml"), "The {side} side is {time} short.", "You are {time} short.")


def _unknown_plurals(places: Places) -> None:
    for path in list(languages_of(places)):
        text = path.read_text(encoding="utf-8").replace('language = "sv"', 'language = "tlh"')
        path.with_name(path.name.replace("sv.toml", "tlh.toml")).write_text(text, encoding="utf-8")


def _markup(places: Places) -> None:
    change(own(places, "sv.toml"), '"Next"', '"<b>Next</b>"')


def languages_of(places: Places) -> list[Path]:
    return [*places.own_language_files(), *places.own_translations()]


@pytest.mark.parametrize(
    ("make", "code", "says"),
    [
        (_without_side, "sv", "short: found no side in 'You are {time} short.', but the English"),
        (_unknown_plurals, "tlh", "breaths: the plural forms of 'tlh' are not known here."),
        (_markup, "sv", "next has what looks like HTML."),
    ],
)
def test_what_is_to_be_thought_about_is_a_warning(
    places: Places, make: Callable[[Places], None], code: str, says: str
) -> None:
    make(places)
    (remark,) = check(code, places)
    assert remark.kind == "warning"
    assert f"warning: line {remark.line}: {says}" in str(remark)


def test_each_file_that_says_nothing_right_is_told_by_itself(places: Places) -> None:
    for path in languages_of(places):
        path.write_bytes(b"\xff\xfe" + "x = 1".encode("utf-16-le"))
    remarks = check("sv", places)
    assert len(remarks) == 12
    assert {remark.text.split(",")[0] for remark in remarks} == {"is saved as UTF-16"}
