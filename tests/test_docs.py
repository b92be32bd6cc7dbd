"""The documents say what is so."""

import re
import tomllib
from pathlib import Path

import pytest

from kiosk.core.diagram import mermaid
from kiosk.version import VERSION

ROOT = Path(__file__).parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text()


def test_the_state_diagram_is_the_one_of_the_transition_table() -> None:
    found = re.search(r"```mermaid\n(.*?)```", read("ARCHITECTURE.md"), re.DOTALL)
    assert found is not None
    assert found[1] == mermaid(), "python -m kiosk.core.diagram prints the current one"


def test_every_library_is_justified() -> None:
    needed = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    for requirement in needed:
        name = re.split(r"[<>=;~ ]", requirement)[0]
        assert f"| {name} |" in read("ARCHITECTURE.md"), name


def test_the_changelog_has_this_version_or_unreleased() -> None:
    assert f"[{VERSION}]" in read("CHANGELOG.md")


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_within_the_project_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", read(name)):
        assert (ROOT / target).exists(), target


def test_vendored_files_are_listed_with_version_and_licence() -> None:
    listed = read("web/static/VENDORED.md")
    for font in (ROOT / "web/static/fonts").glob("*.woff2"):
        assert font.name in listed
    assert "OFL" in listed
