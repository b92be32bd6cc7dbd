"""``matside routine card`` as its users meet it: the PDF, its pages, and what is refused."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.drivers.chromium import HOW_TO_GET_ONE
from tests.drivers.processes import matside

pytestmark = pytest.mark.process

#: Width and height of each paper in points, 72 to the inch.
PAPERS = {"a5": (420, 595), "a4": (595, 842), "letter": (612, 792)}


def boxes(pdf: Path) -> list[tuple[float, ...]]:
    """The box of each page, in points."""
    found = re.findall(rb"/MediaBox ?\[([\d. ]+)\]", pdf.read_bytes())
    return [tuple(map(float, box.split()[2:])) for box in found]


def needs_browser() -> None:
    needs(HOW_TO_GET_ONE, "chromium", "chromium-browser", "google-chrome")


def needs(how_to_get_one: str, *programs: str) -> None:
    """Skip the test, or fail it where none may be skipped, unless one of `programs` is there."""
    if not any(map(shutil.which, programs)):
        if os.environ.get("MATSIDE_BROWSER_REQUIRED"):
            pytest.fail(how_to_get_one)
        pytest.skip(how_to_get_one)


@pytest.mark.parametrize(
    ("name", "size"),
    [("psoas-release", "a5"), ("psoas-release", "a4"), ("ninety-ninety", "letter")],
)
def test_a_card_takes_two_pages_of_its_paper_at_most(name: str, size: str, tmp_path: Path) -> None:
    needs_browser()
    pdf = tmp_path / "card.pdf"
    done = matside("routine", "card", name, "--size", size, "-o", str(pdf))
    assert done.returncode == 0, done.stderr
    assert 1 <= len(boxes(pdf)) <= 2
    for box in boxes(pdf):
        assert box == pytest.approx(PAPERS[size], abs=1)
    assert [path.name for path in tmp_path.iterdir()] == ["card.pdf"]


def test_the_words_keep_off_the_edges_of_the_paper(tmp_path: Path) -> None:
    needs_browser()
    needs("no pdftotext here: sudo apt install poppler-utils", "pdftotext")
    pdf = tmp_path / "card.pdf"
    done = matside("routine", "card", "psoas-release", "--size", "a5", "-o", str(pdf))
    assert done.returncode == 0, done.stderr
    told = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    words = re.findall(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)"', told)
    assert len(words) > 100
    width, height = PAPERS["a5"]
    margin = 9 / 25.4 * 72 - 1
    for left, top, right, bottom in (map(float, word) for word in words):
        assert margin <= left <= right <= width - margin
        # The box of a word has a gap above its letters.
        assert margin <= top + (bottom - top) / 5 <= bottom <= height - margin


def test_a_file_that_is_there_is_kept_unless_asked(tmp_path: Path) -> None:
    pdf = tmp_path / "card.pdf"
    pdf.write_text("mine")
    done = matside("routine", "card", "foot-ball", "-o", str(pdf))
    assert done.returncode == 1
    assert "is there already. Name another file, or add --force." in done.stderr
    assert pdf.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["yoga"], "routine: found 'yoga'. It must be one of: psoas-release"),
        (["foot-ball", "--language", "tlh"], "language: found 'tlh'. foot-ball has: en"),
        (["foot-ball", "--size", "a3"], "argument --size: invalid choice: 'a3'"),
    ],
)
def test_what_there_is_not_is_refused(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = matside("routine", "card", *arguments, "-o", str(tmp_path / "card.pdf"))
    assert done.returncode == 2
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_browser_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    done = matside("routine", "card", "foot-ball", "-o", str(tmp_path / "card.pdf"))
    assert done.returncode == 1
    assert "there is no browser here to make the PDF with" in done.stderr


def test_a_browser_that_fails_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    broken = programs / "chromium"
    broken.write_text("#!/bin/sh\necho no room >&2\nexit 3\n")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    pdf = tmp_path / "card.pdf"
    done = matside("routine", "card", "foot-ball", "-o", str(pdf))
    assert done.returncode == 1
    assert "made no PDF (status 3). no room" in done.stderr
    assert not pdf.exists()
