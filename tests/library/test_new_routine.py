"""The file that a new routine begins with."""

import resource
from pathlib import Path

import pytest

from kiosk.core.errors import RoutineError
from kiosk.core.routine import Side
from kiosk.core.session import Choices, End, Rules
from kiosk.library.legibility import legible
from kiosk.library.new_routine import write_new_routine
from kiosk.library.remarks import Judge
from kiosk.library.routine_files import RoutineReader
from kiosk.library.routine_report import report_on
from tests.drivers.languages import TWO_LANGUAGES
from tests.drivers.mat import Mat
from web.figures import POSES


def test_it_has_no_faults_and_lacks_only_what_its_author_must_find(tmp_path: Path) -> None:
    path = write_new_routine("hip-opener", tmp_path)
    remarks = report_on(path, Judge(POSES, TWO_LANGUAGES, 6, legible(2.0, 7.0)))
    told = [(remark.kind, remark.field, remark.text.partition(".")[0]) for remark in remarks]
    assert told == [
        ("warning", "language", "found no translation into de"),
        ("warning", "sources", "found none"),
    ]


def test_it_goes_through_a_whole_session(tmp_path: Path) -> None:
    routine = RoutineReader(POSES).read(write_new_routine("hip-opener", tmp_path))
    assert routine.texts["en"].title == "Hip opener"
    mat = Mat(Rules({routine.id: routine}, Choices(routine.id, Side.RIGHT, 30, "en")))
    mat.press_until("hug")
    mat.wait(30)
    mat.press_until("hug")
    mat.wait(30 + 20)
    assert mat.held == (30, 30)
    assert [ending.end for ending in mat.endings] == [End.FINISHED]


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("precious")
    with pytest.raises(RoutineError, match="is there already, and is left as it is"):
        write_new_routine("mine", tmp_path)
    assert path.read_text() == "precious"


def test_not_even_what_a_link_leads_to_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(RoutineError, match="is there already"):
        write_new_routine("mine", tmp_path)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Hip Opener", "hip-opener"),
        ("mein_Knie.toml", "mein-knie"),
        ("Hüftöffner", "huftoffner"),
        ("../x", "x"),
        ("2-minutes", "minutes"),
        ('a"b', "a-b"),
        ("", "hip-opener"),
        ("x" * 41, "hip-opener"),
        ("عربي", "hip-opener"),
    ],
)
def test_a_name_that_no_routine_can_have_gets_a_better_one(
    tmp_path: Path, name: str, better: str
) -> None:
    with pytest.raises(RoutineError, match=f"small letters .* for example {better}\\.$"):
        write_new_routine(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_name_of_a_routine_that_comes_along_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RoutineError, match="yours would take its place"):
        write_new_routine("psoas-release", tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RoutineError, match="there is no such folder"):
        write_new_routine("mine", tmp_path / "nowhere")


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RoutineError, match="that is no folder"):
        write_new_routine("mine", tmp_path / "file")


def test_a_file_that_cannot_be_written_whole_is_not_left_there(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(RoutineError, match="cannot be written: File too large"):
            write_new_routine("mine", tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []
