"""Routines that come along are read when they are first asked for; a wrong one is left out then."""

import shutil
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from kiosk.core.errors import RoutineError
from kiosk.core.routine import Routine
from kiosk.library import shelf
from kiosk.library.as_asked import RoutinesAsAsked
from kiosk.library.places import Places
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader, place_in, routine_files
from kiosk.library.shelf import Library, load_library
from tests.drivers.languages import ENGLISH
from tests.drivers.shipped import ROUTINE_FILES
from web.figures import POSES

READER = RoutineReader(POSES, languages={"en": ENGLISH})
GENTLE = "no-pressure-psoas"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder of the routines that come along, to spoil, in the place of that one."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    for path in ROUTINE_FILES:
        shutil.copy(path, folder)
    monkeypatch.setattr(shelf, "SHIPPED_ROUTINES", folder)
    return folder


def load(own: Path | None = None) -> Library:
    return load_library(READER, Places(own), {"psoas-release"})


def spoil(folder: Path, name: str) -> None:
    (folder / f"{name}.toml").write_text("place = 50\nid = 1\n", encoding="utf-8")


def test_only_what_is_needed_and_its_alternative_is_read_at_once(shipped: Path) -> None:
    library = load()
    for path in shipped.glob("*.toml"):
        path.unlink()
    assert library.names[:2] == ("psoas-release", GENTLE)
    assert library.routines["psoas-release"].alternative == GENTLE
    assert library.routines[GENTLE].id == GENTLE
    assert list(library.routines) == ["psoas-release", GENTLE]


@pytest.mark.parametrize("name", ["psoas-release", GENTLE])
def test_what_is_needed_must_be_right(shipped: Path, name: str) -> None:
    spoil(shipped, name)
    with pytest.raises(RoutineError, match=f"{name}.toml: id: found 1"):
        load()


def test_the_order_is_known_before_the_files_are_read() -> None:
    whole = load_library(READER)
    assert load().names == whole.names == tuple(whole.routines)


@pytest.mark.parametrize("path", ROUTINE_FILES, ids=lambda path: path.stem)
def test_the_place_above_the_headings_is_that_of_the_routine(path: Path) -> None:
    place = READER.read_with_translations_later(path).place
    assert place is not None
    assert place_in(path) == place


@pytest.mark.parametrize("text", ["", 'place = "first"', "place = [", '[text]\nplace = "3"'])
def test_what_is_no_place_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.toml").write_text(text, encoding="utf-8")
    assert place_in(tmp_path / "odd.toml") is None


def test_a_wrong_one_is_left_out_when_it_is_asked_for_and_told_once(
    shipped: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(shipped, "foot-ball")
    library = load()
    assert library.found_later() == ()
    assert "foot-ball" in library.names
    for _ in range(3):
        assert "foot-ball" not in library.routines
    assert set(library.routines) == {path.stem for path in ROUTINE_FILES} - {"foot-ball"}
    assert len(library.routines) == len(ROUTINE_FILES) - 1
    (problem,) = library.found_later()
    assert problem.startswith(f"{shipped / 'foot-ball.toml'}: id: found 1.")
    assert problem.endswith("It is left out until that is mended.")
    assert [record.message for record in caplog.records] == [problem]


def test_one_of_the_gyms_own_keeps_the_place_of_the_one_that_it_replaces(tmp_path: Path) -> None:
    text = (SHIPPED_ROUTINES / "foot-ball.toml").read_text(encoding="utf-8")
    without = "".join(line for line in text.splitlines(True) if not line.startswith("place"))
    (tmp_path / "foot-ball.toml").write_text(without, encoding="utf-8")
    library = load(tmp_path)
    assert library.names == load().names
    assert library.files["foot-ball"] == tmp_path / "foot-ball.toml"


def test_of_one_that_replaces_it_a_file_that_comes_along_is_not_read(
    shipped: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(shipped / "psoas-release.toml", own)
    spoil(shipped, "psoas-release")
    assert load(own).routines["psoas-release"].id == "psoas-release"


def test_several_threads_that_ask_for_one_have_it_read_once() -> None:
    files: Mapping[str, Path] = routine_files(SHIPPED_ROUTINES)
    asked: list[str] = []

    def read(name: str) -> Routine:
        asked.append(name)
        time.sleep(0.01)
        return READER.read_with_translations_later(files[name])

    routines = RoutinesAsAsked(["couch-stretch"], {}, read)
    threads = [threading.Thread(target=routines.get, args=("couch-stretch",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert asked == ["couch-stretch"]
    assert routines["couch-stretch"].id == "couch-stretch"
