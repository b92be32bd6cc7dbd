"""Translations are read when first asked for; a wrong one leaves the routine's own words."""

import logging
from pathlib import Path

import pytest

from kiosk.core.routine import Routine
from kiosk.library.places import Places
from kiosk.library.routine_files import RoutineReader
from kiosk.library.shelf import load_library
from tests.drivers.languages import ENGLISH, TWO_LANGUAGES
from tests.drivers.made_up import MADE_UP_ROUTINES
from web.figures import POSES

READER = RoutineReader(POSES, languages=TWO_LANGUAGES)
NAME = "sandbag-hips"


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """The German translation of a routine, beside it in a folder of their own."""
    for file in (f"{NAME}.toml", f"{NAME}.de.toml"):
        (tmp_path / file).write_bytes((MADE_UP_ROUTINES / file).read_bytes())
    return tmp_path / f"{NAME}.de.toml"


def read(german: Path, reader: RoutineReader = READER) -> Routine:
    return reader.read_folder(german.parent)[NAME]


def spoil(german: Path) -> None:
    german.write_text(german.read_text(encoding="utf-8").replace("[steps.hug]", "[steps.hugg]"))


def test_a_translation_is_read_only_when_it_is_asked_for(german: Path) -> None:
    routine = read(german)
    text = german.read_text(encoding="utf-8")
    german.write_text(text.replace("Der Sand arbeitet", "Sand arbeitet"), encoding="utf-8")
    assert list(routine.texts) == ["en", "de"]
    assert routine.texts["de"].invitation == "Sand arbeitet für dich."
    german.unlink()
    assert routine.texts["de"].invitation == "Sand arbeitet für dich."


def test_a_wrong_translation_is_logged_once_and_the_routine_shown_in_its_own_language(
    german: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(german)
    routine = read(german)
    assert [routine.language_for("de") for _ in range(3)] == ["en", "en", "en"]
    assert list(routine.texts) == ["en"]
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert f"{german}: steps.hug is missing. Add it." in record.message


def test_a_translation_that_goes_away_while_the_station_runs_is_done_without(german: Path) -> None:
    routine = read(german)
    german.unlink()
    assert "de" not in routine.texts


def test_a_language_that_nobody_has_translated_into_is_not_there(german: Path) -> None:
    texts = read(german).texts
    assert (len(texts), "fr" in texts) == (2, False)


def test_a_language_that_the_station_does_not_have_is_not_offered(german: Path) -> None:
    reader = RoutineReader(POSES, languages={"en": ENGLISH})
    assert list(read(german, reader).texts) == ["en"]


def test_of_a_gyms_own_routine_a_wrong_translation_alone_is_left_out(german: Path) -> None:
    spoil(german)
    library = load_library(READER, Places(german.parent))
    assert list(library.routines[NAME].texts) == ["en"]
    (problem,) = library.problems
    assert problem.startswith(f"{german}: steps.hug is missing.")
    assert problem.endswith("It is left out until that is mended.")
