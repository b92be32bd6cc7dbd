"""The gym's own routines beside those of Matside: a wrong one is left out and reported."""

import os
from pathlib import Path

import pytest

from kiosk.library.places import Places
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.library.shelf import Library, load_library
from kiosk.library.words import load_languages
from tests.drivers.shipped import ROUTINE_FILES
from web.figures import POSES

SHIPPED = {path.stem for path in ROUTINE_FILES}
GENTLE = (SHIPPED_ROUTINES / "no-pressure-psoas.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def load(folder: Path | None) -> Library:
    return load_library(RoutineReader(POSES, languages=load_languages()), Places(folder))


def put(folder: Path, name: str, text: str = GENTLE) -> None:
    """Put a routine of the gym's own into its folder, with the name of the file as its id."""
    (folder / f"{name}.toml").write_text(text.replace("no-pressure-psoas", name), encoding="utf-8")


def test_without_a_folder_there_is_what_comes_along() -> None:
    library = load(None)
    assert set(library.routines) == SHIPPED
    assert library.problems == ()


def test_a_routine_of_the_gyms_own_is_offered_too(folder: Path) -> None:
    put(folder, "slow-morning")
    assert set(load(folder).routines) == {*SHIPPED, "slow-morning"}


def test_a_wrong_file_is_left_out_and_told_and_the_others_are_offered(folder: Path) -> None:
    put(folder, "good")
    put(folder, "bad", GENTLE.replace("side_seconds", "side_secs"))
    library = load(folder)
    assert set(library.routines) == {*SHIPPED, "good"}
    (problem,) = library.problems
    assert f"{folder}/bad.toml: side_secs is not known here" in problem
    assert "left out" in problem


def test_a_wrong_file_with_the_name_of_one_that_comes_along_leaves_that_one(folder: Path) -> None:
    put(folder, "psoas-release", "id = ")
    library = load(folder)
    assert library.routines["psoas-release"].alternative == "no-pressure-psoas"
    assert len(library.problems) == 1


def test_a_routine_may_name_an_alternative_that_comes_along(folder: Path) -> None:
    put(folder, "mine", 'alternative = "psoas-release"\n' + GENTLE)
    assert load(folder).problems == ()


def test_what_names_an_alternative_that_is_left_out_is_left_out_too(folder: Path) -> None:
    put(folder, "first", 'alternative = "second"\n' + GENTLE)
    put(folder, "second", 'alternative = "third"\n' + GENTLE)
    put(folder, "third", "no toml")
    library = load(folder)
    assert set(library.routines) == SHIPPED
    assert len(library.problems) == 3
    assert any("alternative: found 'third'" in problem for problem in library.problems)


def test_a_routine_in_a_language_without_words_of_the_station_is_left_out(folder: Path) -> None:
    put(folder, "mine", GENTLE.replace('language = "en"', 'language = "tlh"'))
    (problem,) = load(folder).problems
    assert "is in 'tlh', but the station's own words are only in: ar, de, en," in problem


def test_a_folder_that_is_not_there_is_told(folder: Path) -> None:
    (problem,) = load(folder / "nowhere").problems
    assert "nowhere cannot be read: No such file or directory" in problem


@pytest.mark.parametrize("kind", ["directory", "pipe", "dangling link"])
def test_whatever_else_is_called_like_a_routine_keeps_nobody_waiting(
    folder: Path, kind: str
) -> None:
    path = folder / "odd.toml"
    if kind == "directory":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(folder / "nowhere")
    library = load(folder)
    assert set(library.routines) == SHIPPED
    assert len(library.problems) == 1


def test_the_psoas_release_comes_first_and_the_gentle_one_after_it() -> None:
    assert list(load(None).routines)[:2] == ["psoas-release", "no-pressure-psoas"]


def test_a_routine_of_the_gyms_own_stands_where_its_file_says(folder: Path) -> None:
    assert "place = 20\n" in GENTLE
    put(folder, "zebra", GENTLE.replace("place = 20", "place = 1"))
    put(folder, "apple", GENTLE.replace("place = 20\n", ""))
    order = list(load(folder).routines)
    assert order[:2] == ["zebra", "psoas-release"]
    assert order[-1] == "apple"


def test_a_routine_that_replaces_one_that_comes_along_stands_where_that_one_stood(
    folder: Path,
) -> None:
    put(folder, "psoas-release", GENTLE.replace("place = 20\n", ""))
    library = load(folder)
    assert library.problems == ()
    assert next(iter(library.routines)) == "psoas-release"
    assert library.routines["psoas-release"].texts["en"].title == "Gentle psoas"
