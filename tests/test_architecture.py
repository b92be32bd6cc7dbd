"""Who may import whom."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def sources(folder: str) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*.py"))


#: `software` leaves it once the address and the rules have rooms of their own.
COMPOSITION_ROOT = {*sources("kiosk/main"), "kiosk/check/software.py"}


def imports_of(path: Path) -> Iterator[str]:
    """The modules that the file at `path` imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def inside(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


@pytest.mark.parametrize("source", sources("kiosk/core"))
def test_the_core_imports_the_standard_library_and_itself(source: str) -> None:
    impure = {"time", "threading", "logging", "os", "pathlib", "socket", "random", "datetime"}
    for module in imports_of(ROOT / source):
        assert inside(module, "kiosk.core") or module.split(".")[0] in sys.stdlib_module_names
        assert module.split(".")[0] not in impure


@pytest.mark.parametrize("source", sources("kiosk"))
def test_only_the_composition_root_sees_web_and_hardware(source: str) -> None:
    if source not in COMPOSITION_ROOT:
        assert not [
            module for module in imports_of(ROOT / source) if inside(module, "web", "hardware")
        ]


@pytest.mark.parametrize("source", sorted({*sources("hardware")} - {*sources("hardware/check")}))
def test_hardware_sees_only_the_port_types_cues_and_errors(source: str) -> None:
    allowed = ("kiosk.ports", "kiosk.core.cues", "kiosk.core.errors", "hardware")
    for module in imports_of(ROOT / source):
        if inside(module, "kiosk", "web", "hardware"):
            assert inside(module, *allowed)


@pytest.mark.parametrize("source", sources("web"))
def test_web_never_sees_hardware(source: str) -> None:
    assert not [module for module in imports_of(ROOT / source) if inside(module, "hardware")]


@pytest.mark.parametrize("source", sources("web/figures"))
def test_figures_see_nothing_of_the_station_but_its_errors(source: str) -> None:
    for module in imports_of(ROOT / source):
        assert module == "kiosk.core.errors" or not inside(module, "kiosk", "hardware")
