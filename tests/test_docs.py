"""The documents say what is so."""

import datetime as dt
import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from hardware.wiring import draw_wiring
from kiosk.core.diagram import mermaid
from kiosk.library.legibility import legible
from kiosk.library.remarks import Judge
from kiosk.library.routine_keys import TABLES, key_tables, meanings
from kiosk.library.routine_report import report_on
from kiosk.settings.loading import panel_settings
from kiosk.settings.shapes import Settings
from kiosk.version import VERSION
from tests.drivers.languages import ENGLISH
from tests.drivers.shipped import ROUTINE_FILES
from web.figures import POSES

ROOT = Path(__file__).parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text()


def test_the_state_diagram_is_the_one_of_the_transition_table() -> None:
    found = re.search(r"```mermaid\n(.*?)```", read("ARCHITECTURE.md"), re.DOTALL)
    assert found is not None
    assert found[1] == mermaid(), "python -m kiosk.core.diagram prints the current one"


def test_the_wiring_diagram_is_the_one_of_the_default_pins() -> None:
    drawn = draw_wiring(panel_settings(Settings().panel))
    assert read("docs/wiring.svg") == drawn, "matside wiring > docs/wiring.svg draws it again"


def test_every_library_is_justified() -> None:
    needed = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    for requirement in needed:
        name = re.split(r"[<>=;~ ]", requirement)[0]
        assert f"| {name} |" in read("ARCHITECTURE.md"), name


def test_the_changelog_begins_with_what_is_unreleased_and_then_has_this_version() -> None:
    """Between two releases the version is that of the release before."""
    headings = re.findall(r"^## (.*)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert headings[1].startswith(f"[{VERSION}] - ")


def test_every_release_in_the_changelog_has_its_date_the_newest_first() -> None:
    headings = re.findall(r"^## (.*)$", read("CHANGELOG.md"), re.MULTILINE)[1:]
    releases = [re.fullmatch(r"\[\d+\.\d+\.\d+\] - (.*)", heading) for heading in headings]
    assert all(releases), headings
    dates = [dt.date.fromisoformat(release[1]) for release in releases if release]
    assert dates == sorted(dates, reverse=True)


def test_the_read_me_lists_every_routine_that_comes_along() -> None:
    for path in ROUTINE_FILES:
        title = tomllib.loads(path.read_text(encoding="utf-8"))["text"]["title"]
        assert f"\n| {title}" in read("README.md"), title


DOCUMENTS = [
    *(path.name for path in ROOT.glob("*.md")),
    *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_within_the_project_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", read(name)):
        assert (ROOT / name).parent.joinpath(target).exists(), target


def test_vendored_files_are_listed_with_version_and_licence() -> None:
    listed = read("web/static/VENDORED.md")
    for font in (ROOT / "web/static/fonts").glob("*.woff2"):
        assert font.name in listed
    assert "OFL" in listed


#: Documents whose every path and every target of make is held.
HELD = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")


@pytest.mark.parametrize("name", HELD)
def test_every_file_that_a_document_names_is_there(name: str) -> None:
    folders = "|".join(path.name for path in ROOT.iterdir() if path.is_dir())
    for path in re.findall(rf"`((?:{folders})/[^` ]*)`", read(name)):
        assert (ROOT / path).exists() or (ROOT / f"{path}.py").exists(), path


@pytest.mark.parametrize("name", HELD)
def test_every_target_of_make_that_a_document_names_is_one(name: str) -> None:
    targets = re.findall(r"^([a-z0-9-]+):", read("Makefile"), re.MULTILINE)
    assert {*re.findall(r"(?:`| {4})make ([a-z0-9-]+)", read(name))} <= {*targets}


def test_the_life_of_a_press_names_what_is_in_its_files() -> None:
    life = read("ARCHITECTURE.md").partition("## The life of a press\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| [\w -]+ \| `([\w/.]+)` \| (.*) \|$", life, re.MULTILINE)
    assert len(rows) > 10
    for file, says in rows:
        for name in re.findall(r"`(\w+)`", says):
            assert re.search(rf"\b{name}\b", read(file)), f"{name} in {file}"


def test_the_map_of_the_tests_has_every_folder_of_them() -> None:
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/__init__.py")}
    assert folders == {*re.findall(r"`tests/(\w+)/`", read("CONTRIBUTING.md"))}


def test_the_version_is_three_numbers_which_python_and_debian_order_alike() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)


def test_the_guide_to_routines_has_the_tables_of_keys_of_the_code() -> None:
    told = "python -m kiosk.library.routine_keys prints the current ones"
    assert key_tables() in read("docs/routines.md"), told


def test_every_key_of_a_routine_is_explained() -> None:
    for shape in TABLES.values():
        assert list(meanings(shape)) == [field.name for field in msgspec.structs.fields(shape)]


def test_the_guide_to_routines_names_every_figure() -> None:
    figures = read("docs/routines.md").partition("## The figures\n")[2]
    assert {*re.findall(r"`([\w-]+)`", figures)} - {"pose", "inset", "poster"} == {*POSES}


def example_of_the_guide() -> str:
    """The file that the parts of the guide make together."""
    return "\n".join(re.findall(r"```toml\n(.*?)```", read("docs/routines.md"), re.DOTALL))


JUDGE = Judge(POSES, {"en": ENGLISH}, 6, legible(2.0, 7.0))


def test_the_example_that_grows_is_right_to_its_last_word(tmp_path: Path) -> None:
    path = tmp_path / "hip-opener.toml"
    path.write_text(example_of_the_guide())
    assert report_on(path, JUDGE) == []


def test_the_check_says_of_the_example_what_the_guide_shows(tmp_path: Path) -> None:
    path = tmp_path / "hip-opener.toml"
    text = example_of_the_guide().replace("seconds = 30", 'seconds = "30"')
    path.write_text(text)
    faults = report_on(path, JUDGE)
    path.write_text(re.sub("sources = .*", "", example_of_the_guide()))
    warnings = report_on(path, JUDGE)
    assert (len(faults), len(warnings)) == (1, 1)
    for remark in (*faults, *warnings):
        assert str(remark).replace(f"{tmp_path}/", "    ") in read("docs/routines.md")


def test_the_guide_to_routines_has_the_right_lengths_of_a_headline() -> None:
    most = legible(2.0, 7.0)
    guide = read("docs/routines.md")
    assert f"{most.headline} characters, and no word of more than {most.word}." in guide
