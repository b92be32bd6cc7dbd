"""The documents say what is so."""

import re
import tomllib
from pathlib import Path

import pytest

from hardware.wiring import draw_wiring
from kiosk.core.diagram import mermaid
from kiosk.settings.loading import panel_settings
from kiosk.settings.shapes import Settings
from kiosk.version import VERSION

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


def test_the_changelog_has_this_version_or_unreleased() -> None:
    assert f"[{VERSION}]" in read("CHANGELOG.md")


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
