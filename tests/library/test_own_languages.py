"""The gym's own languages: used beside those that come along, and left out if a file is wrong."""

import errno
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.routine import RoutineText, Side
from kiosk.library.own_languages import load_all_languages
from kiosk.library.places import Places
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.library.shelf import Library, load_library
from kiosk.library.words import SHIPPED_LANGUAGES
from tests.drivers.made_up import MADE_UP_ROUTINES
from web.figures import POSES

ENGLISH = (SHIPPED_LANGUAGES / "en.toml").read_text(encoding="utf-8")
SHORT = 'short = "The {side} side is {time} short."'
KLINGON = ENGLISH.replace('name = "English"', 'name = "tlhIngan Hol"')
NAME = "sandbag-hips"


@pytest.fixture
def routines(tmp_path: Path) -> Path:
    """A folder with a routine of the gym's own, in English alone."""
    folder = tmp_path / "routines"
    folder.mkdir()
    (folder / f"{NAME}.toml").write_bytes((MADE_UP_ROUTINES / f"{NAME}.toml").read_bytes())
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for languages of the gym's own."""
    made = tmp_path / "languages"
    made.mkdir()
    return made


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def put_translation(folder: Path, code: str, old: str = "", new: str = "") -> Path:
    """The German translation of the made-up routine, as one into the language `code`."""
    text = (MADE_UP_ROUTINES / f"{NAME}.de.toml").read_text(encoding="utf-8")
    text = text.replace('language = "de"', f'language = "{code}"').replace(old, new, 1)
    return put(folder, f"{NAME}.{code}.toml", text)


def load(folder: Path | None, routines: Path | None = None) -> Library:
    places = Places(routines, folder)
    languages = load_all_languages(places)
    library = load_library(RoutineReader(POSES, languages=languages.words), places)
    return replace(library, problems=languages.problems + library.problems)


def test_a_language_of_the_gyms_own_is_there_beside_the_others(folder: Path) -> None:
    put(folder, "tlh.toml", KLINGON)
    library = load(folder)
    assert library.problems == ()
    assert {"en", "tlh"} <= set(library.languages)
    assert library.languages["tlh"].name == "tlhIngan Hol"


def test_a_language_of_the_gyms_own_replaces_one_that_comes_along(folder: Path) -> None:
    put(folder, "en.toml", ENGLISH.replace('next = "Next"', 'next = "After that"'))
    assert load(folder).languages["en"].next == "After that"


def test_a_routine_has_the_words_that_lie_beside_the_language(folder: Path, routines: Path) -> None:
    put(folder, "tlh.toml", KLINGON)
    put_translation(folder, "tlh")
    library = load(folder, routines)
    assert library.problems == ()
    routine = library.routines[NAME]
    assert list(routine.texts) == ["en", "tlh"]
    assert routine.texts["tlh"].steps["bag-on"].of(Side.LEFT).headline == "Sack auf das Bein left"
    assert library.routines["psoas-release"].language_for("tlh") == "en"


def test_a_wrong_translation_is_left_out_and_told(folder: Path, routines: Path) -> None:
    put(folder, "tlh.toml", KLINGON)
    path = put_translation(folder, "tlh", "[steps.hug]", "[steps.hugg]")
    library = load(folder, routines)
    (problem,) = library.problems
    assert problem.startswith(f"{path}: steps.hug is missing. Add it.")
    assert problem.endswith("It is left out until that is mended.")
    assert library.routines[NAME].language_for("tlh") == "en"


def test_a_translation_of_no_routine_is_told(folder: Path) -> None:
    path = put_translation(folder, "en")
    (problem,) = load(folder).problems
    assert problem.startswith(f"{path}: there is no routine 'sandbag-hips' to translate.")


def test_translations_without_words_of_the_station_are_told_once_for_each_language(
    folder: Path, routines: Path
) -> None:
    path = put_translation(folder, "tlh")
    put(folder, "psoas-release.tlh.toml", "")
    (problem,) = load(folder, routines).problems
    first = min(path, folder / "psoas-release.tlh.toml")
    assert problem == (
        f"{first} (and 1 more): the station has no words of its own in 'tlh'. It is left out "
        f"until there is a tlh.toml beside it that is right."
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("skip_if = [", 'skip_if = ["Mehr", ', "text.skip_if: found 2 entries. It must have 1"),
        ("stop_if = [", 'stop_if = ["Mehr", ', "text.stop_if: found 2 entries. It must have 1"),
        ("always = ", "# always = ", "text.always is missing. Add it."),
    ],
)
def test_a_translation_that_does_not_say_all_about_safety_is_not_shown(
    folder: Path, routines: Path, old: str, new: str, says: str
) -> None:
    put(folder, "tlh.toml", KLINGON)
    put_translation(folder, "tlh", old, new)
    library = load(folder, routines)
    (problem,) = library.problems
    assert says in problem
    assert library.routines[NAME].language_for("tlh") == "en"


def test_a_translation_of_the_gyms_own_replaces_the_one_that_comes_along(folder: Path) -> None:
    text = (SHIPPED_ROUTINES / "foot-ball.de.toml").read_text(encoding="utf-8")
    title = 'title = "Ball unterm Fuß"'
    put(folder, "foot-ball.de.toml", re.sub(r"(?m)^title = .*$", title, text))
    library = load(folder)
    assert library.problems == ()
    assert library.routines["foot-ball"].texts["de"].title == "Ball unterm Fuß"
    assert library.routines["foot-ball"].texts["fr"].title
    put(folder, "foot-ball.de.toml", "")
    assert load(folder).routines["foot-ball"].language_for("de") == "de"


def test_a_folder_that_is_not_there_is_told_and_the_station_speaks_on(folder: Path) -> None:
    library = load(folder / "nowhere")
    (problem,) = library.problems
    assert problem.startswith(f"station.languages: {folder}/nowhere cannot be read: No such file")
    assert "en" in library.languages


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('next = "Next"', "next = ", "is not valid TOML"),
        ('next = "Next"', 'next = "Next"\nnext = "Then"', "is not valid TOML"),
        ('next = "Next"', 'next = ""', "next is empty. Translate it."),
        ('next = "Next"', 'next = " "', "next is empty. Translate it."),
        ('next = "Next"', "", "next is missing. Add it."),
        ('next = "Next"', 'next = "Next {time}"', "found {time} in 'Next {time}'. Nothing can be"),
        ('next = "Next"', 'next = "Next {"', "next: found a brace by itself in 'Next {'."),
        ("{minutes} min", "{minuts} min", "takes: found {minuts} in"),
        ("{minutes} min", "{minuts} min", "takes: found no {minutes} in"),
        ("{minutes} min", "{side} min", "takes: found {side} in"),
        (
            SHORT,
            'short = "{sied} {time}"',
            "short: found {sied} in '{sied} {time}'. Only {other}, {side}, {time} can be in braces",
        ),
        (
            SHORT,
            'short = { left = "{side} {time}", right = "{time}" }',
            "short.left: found {side} in",
        ),
        (SHORT, 'short = { left = "{time}", right = "x" }', "short.right: found no {time} in"),
        (SHORT, 'short = { left = "{time}" }', "short.right is missing. Add it."),
        ("{ one = ", "{ some = ", "breaths.some is not known here."),
        ('{ one = "breath"', '{ one = ""', "breaths.one is empty. Translate it."),
    ],
)
def test_a_wrong_language_file_is_left_out_and_told(
    folder: Path, old: str, new: str, says: str
) -> None:
    assert old in KLINGON
    path = put(folder, "tlh.toml", KLINGON.replace(old, new, 1))
    library = load(folder)
    (problem,) = library.problems
    assert problem.startswith(str(path))
    assert says in problem
    assert problem.endswith("It is left out until that is mended.")
    assert "tlh" not in library.languages


def test_a_file_without_a_plural_form_that_its_language_needs_is_used(folder: Path) -> None:
    put(folder, "tlh.toml", KLINGON.replace("{ one = ", "{ many = "))
    assert load(folder).problems == ()


def test_a_file_with_a_byte_order_mark_and_windows_ends_of_lines_is_used(folder: Path) -> None:
    (folder / "tlh.toml").write_bytes(KLINGON.replace("\n", "\r\n").encode("utf-8-sig"))
    library = load(folder)
    assert library.problems == ()
    assert library.languages["tlh"].name == "tlhIngan Hol"


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def _latin(path: Path) -> None:
    path.write_bytes(KLINGON.replace("Next", "Nächstes").encode("latin-1"))


def _utf_16(path: Path) -> None:
    path.write_text(KLINGON, encoding="utf-16")


def _huge(path: Path) -> None:
    path.write_text(f"{KLINGON}#{'x' * 300_000}")


def _empty(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (Path.mkdir, "is no ordinary file, but a folder."),
        (_pipe, "is no ordinary file, but a named pipe."),
        (_link, "cannot be read: No such file or directory."),
        (_latin, "is not UTF-8 text. Save it as UTF-8"),
        (_utf_16, "is saved as UTF-16, which Windows calls Unicode."),
        (_huge, "is larger than 256 KiB"),
        (_empty, "name is missing. Add it."),
    ],
)
@pytest.mark.parametrize("name", ["tlh.toml", f"{NAME}.en.toml"])
def test_whatever_is_called_like_a_language_file_or_a_translation_darkens_nothing(
    folder: Path, routines: Path, name: str, make: Callable[[Path], None], says: str
) -> None:
    make(folder / name)
    library = load(folder, routines)
    (problem,) = library.problems
    assert problem.startswith(str(folder / name))
    assert says in problem or (make is _empty and "is missing. Add it." in problem)
    assert list(library.routines[NAME].texts) == ["en"]
    assert "tlh" not in library.languages


def test_a_file_that_nobody_may_read_is_left_out_and_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may read everything, so the refusal is made up.
    put(folder, "tlh.toml", KLINGON)
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if str(path).endswith("tlh.toml"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    (problem,) = load(folder).problems
    assert "tlh.toml: cannot be read: Permission denied. Give its reader the right to" in problem


def test_hidden_files_that_some_systems_leave_beside_others_are_passed_over(folder: Path) -> None:
    put(folder, "._tlh.toml", "\0\0")
    put(folder, "readme.txt", "ours")
    assert load(folder).problems == ()


@pytest.mark.parametrize("name", ["german", "DE", "d", "pt_BR", "de-at"])
def test_a_name_that_is_no_code_of_a_language_is_told(folder: Path, name: str) -> None:
    put(folder, f"{name}.toml", KLINGON)
    (problem,) = load(folder).problems
    assert f"{name}.toml: the file's name: found {name!r}. It must be the code" in problem


@pytest.mark.parametrize("code", ["DE", "de.old", "german"])
def test_a_translation_whose_name_has_no_code_of_a_language_is_told(
    folder: Path, routines: Path, code: str
) -> None:
    put_translation(folder, code)
    (problem,) = load(folder, routines).problems
    assert f"{NAME}.{code}.toml: the file's name: found {code!r}. It must be the code" in problem


def test_a_routine_that_is_changed_while_the_station_starts_keeps_its_own_words(
    folder: Path, routines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_translation(folder, "de")
    read_all = RoutineReader.read_translations

    def read_after_change(
        reader: RoutineReader, path: Path, translated: Mapping[str, Path]
    ) -> tuple[dict[str, RoutineText], dict[str, str]]:
        path.write_text("id = ")
        return read_all(reader, path, translated)

    monkeypatch.setattr(RoutineReader, "read_translations", read_after_change)
    library = load(folder, routines)
    (problem,) = library.problems
    assert f"{NAME}.toml: is not valid TOML" in problem
    assert list(library.routines[NAME].texts) == ["en"]


def test_of_a_file_that_is_hardly_begun_only_the_first_things_are_told(folder: Path) -> None:
    lines = [
        line.split(" = ")[0] + ' = ""' if " = " in line and "#" not in line else line
        for line in ENGLISH.splitlines()
    ]
    put(folder, "tlh.toml", "\n".join(lines))
    (problem,) = load(folder).problems
    told = problem.splitlines()
    assert [line.partition(": ")[2] for line in told[:3]] == [
        "name is empty. Translate it.",
        "left is empty. Translate it.",
        "right is empty. Translate it.",
    ]
    assert told[3].endswith(
        " more: matside language check tlh. It is left out until that is mended."
    )
    assert len(told) == 4
