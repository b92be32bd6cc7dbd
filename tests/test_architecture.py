"""Who may import whom, and that no class name stands for two things."""

import ast
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

#: Each room and the rooms that it may import, besides itself, the standard library and other
#: people's packages. A room is a folder, or a file that lies between the folders. The longest
#: name that fits a module is its room. ARCHITECTURE.md has the same table for people.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "kiosk.version": (),
    "kiosk.core": (),
    "kiosk.ports": ("kiosk.core",),
    "kiosk.toml_files": ("kiosk.core",),
    "kiosk.wall_clock": ("kiosk.ports",),
    "kiosk.whole_file": (),
    "kiosk.secret_file": ("kiosk.core.errors",),
    "kiosk.csv_text": (),
    "kiosk.runner": ("kiosk.core", "kiosk.ports"),
    "kiosk.library": ("kiosk.core", "kiosk.toml_files"),
    "kiosk.settings": ("kiosk.core", "kiosk.ports", "kiosk.toml_files", "kiosk.whole_file"),
    "kiosk.voice": (
        "kiosk.core",
        "kiosk.ports",
        "kiosk.runner",
        "kiosk.library",
        "kiosk.settings",
        "kiosk.whole_file",
    ),
    "kiosk.records": ("kiosk.core", "kiosk.csv_text", "kiosk.ports", "kiosk.runner"),
    "kiosk.fleet": (
        "kiosk.core",
        "kiosk.ports",
        "kiosk.runner",
        "kiosk.settings",
        "kiosk.records",
        "kiosk.secret_file",
        "kiosk.version",
        "kiosk.whole_file",
    ),
    "kiosk.updates": ("kiosk.core", "kiosk.whole_file"),
    "kiosk.archive": ("kiosk.core", "kiosk.fleet"),
    "kiosk.staff": ("kiosk.core", "kiosk.ports", "kiosk.runner", "kiosk.whole_file"),
    "kiosk.statistics": ("kiosk.core", "kiosk.ports", "kiosk.records"),
    "kiosk.service": (
        "kiosk.core",
        "kiosk.ports",
        "kiosk.runner",
        "kiosk.settings",
        "kiosk.wall_clock",
        "kiosk.whole_file",
    ),
    "kiosk.check": (
        "kiosk.core",
        "kiosk.ports",
        "kiosk.settings",
        "kiosk.records",
        "kiosk.staff",
        "kiosk.version",
        "kiosk.wall_clock",
    ),
    "hardware.clock": (),
    "hardware.header": (),
    "hardware.pins": ("hardware.clock", "kiosk.core.errors", "kiosk.ports"),
    "hardware": (
        "hardware.clock",
        "hardware.pins",
        "kiosk.core.cues",
        "kiosk.core.errors",
        "kiosk.ports",
    ),
    "hardware.check": (
        "hardware",
        "hardware.clock",
        "hardware.header",
        "hardware.pins",
        "kiosk.core.cues",
        "kiosk.core.errors",
        "kiosk.ports",
    ),
    "hardware.wiring": ("hardware.header", "kiosk.ports"),
    "web": (
        "web.figures",
        "web.routes",
        "web.charts",
        "kiosk.core",
        "kiosk.csv_text",
        "kiosk.library",
        "kiosk.ports",
        "kiosk.runner",
        "kiosk.settings",
        "kiosk.staff",
        "kiosk.statistics",
        "kiosk.toml_files",
        "kiosk.updates",
        "kiosk.version",
    ),
    "web.routes": (
        "web",
        "kiosk.core",
        "kiosk.ports",
        "kiosk.runner",
        "kiosk.settings",
        "kiosk.staff",
        "kiosk.version",
    ),
    "web.figures": ("kiosk.core.errors",),
    "web.metrics": ("kiosk.core", "kiosk.ports", "kiosk.runner", "kiosk.version"),
    "web.charts": ("kiosk.statistics",),
    "kiosk.main": (
        "kiosk.core",
        "kiosk.ports",
        "kiosk.runner",
        "kiosk.library",
        "kiosk.settings",
        "kiosk.records",
        "kiosk.archive",
        "kiosk.fleet",
        "kiosk.service",
        "kiosk.staff",
        "kiosk.check",
        "kiosk.statistics",
        "kiosk.updates",
        "kiosk.version",
        "kiosk.whole_file",
        "kiosk.voice",
        "kiosk.secret_file",
        "kiosk.wall_clock",
        "hardware",
        "hardware.clock",
        "hardware.check",
        "hardware.pins",
        "hardware.wiring",
        "web",
        "web.figures",
        "web.metrics",
    ),
}

#: What the core may not even take from the standard library: whatever reads or waits.
IMPURE = {"time", "threading", "logging", "os", "pathlib", "socket", "random", "datetime"}

#: What each command may not load, since it does without.
LIGHT = {
    "routine list": ("flask", "waitress", "gpiozero", "gpiod", "sqlite3"),
    "voice list": ("flask", "waitress", "gpiozero", "gpiod", "sqlite3"),
    "check --help": ("flask", "waitress", "gpiozero", "gpiod"),
    "sessions list": ("flask", "waitress", "gpiozero", "gpiod"),
    "silence --hardware mock": ("flask", "waitress", "gpiozero", "gpiod", "sqlite3"),
    "pin forget": ("flask", "waitress", "gpiozero", "gpiod", "sqlite3"),
    "wiring": ("flask", "waitress", "gpiozero", "gpiod", "sqlite3"),
}


def modules() -> dict[str, Path]:
    """Every module of the three packages and its file."""
    files = [path for top in ("kiosk", "hardware", "web") for path in (ROOT / top).rglob("*.py")]
    return {name_of(path): path for path in sorted(files)}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = modules()


def imports_of(module: str) -> Iterator[str]:
    """The modules that a module imports; of ``from package import name``, the module meant."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def room_of(module: str) -> str | None:
    """The room that a module is in; None for one that is not ours."""
    fitting = [room for room in MAY_IMPORT if module == room or module.startswith(f"{room}.")]
    return max(fitting, key=len, default=None)


def inside(module: str, rooms: tuple[str, ...]) -> bool:
    """Whether a module is in one of the rooms; a room within a room is one of its own."""
    return room_of(module) in rooms or module in rooms


@pytest.mark.parametrize("module", [name for name in MODULES if "." in name])
def test_a_room_imports_what_the_table_allows(module: str) -> None:
    room = room_of(module)
    assert room is not None, "this module is in no room of the table"
    for imported in imports_of(module):
        if imported in MODULES and imported not in {"kiosk", "web", "hardware"}:
            assert room_of(imported) == room or inside(imported, MAY_IMPORT[room]), imported


def test_only_main_sees_web_and_hardware() -> None:
    for room, allowed in MAY_IMPORT.items():
        if room.startswith("kiosk.") and room != "kiosk.main":
            assert not [other for other in allowed if other.split(".")[0] in {"web", "hardware"}]
        if room.split(".")[0] == "web":
            assert not [other for other in allowed if other.startswith("hardware")]


def test_no_row_of_the_table_allows_what_nobody_imports() -> None:
    used = defaultdict(set)
    for module in MODULES:
        for imported in imports_of(module):
            used[room_of(module)].add(room_of(imported))
            used[room_of(module)].add(imported)
    for room, allowed in MAY_IMPORT.items():
        assert set(allowed) <= used[room], room


def test_no_modules_import_each_other_in_a_circle() -> None:
    arrows = {
        name: {other for other in imports_of(name) if other in MODULES} - {name} for name in MODULES
    }
    while leaves := [name for name, others in arrows.items() if not others & arrows.keys()]:
        for name in leaves:
            del arrows[name]
    assert not arrows


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("kiosk.core")])
def test_the_core_takes_only_what_is_pure_from_the_standard_library(module: str) -> None:
    for imported in imports_of(module):
        top = imported.split(".")[0]
        assert top == "kiosk" or (top in sys.stdlib_module_names and top not in IMPURE)


def test_a_class_name_stands_for_one_thing() -> None:
    where = defaultdict(list)
    for name, path in MODULES.items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where[node.name].append(name)
    assert {name: places for name, places in where.items() if len(places) > 1} == {}


@pytest.mark.parametrize("command", LIGHT)
def test_a_command_loads_only_what_it_needs(command: str, tmp_path: Path) -> None:
    script = (
        "import contextlib, sys\n"
        "from kiosk.main.cli import main\n"
        "with contextlib.suppress(SystemExit): main(sys.argv[2:])\n"
        "print('LOADED', *(name for name in sys.argv[1].split(',') if name in sys.modules))\n"
    )
    python = [sys.executable, "-c", script, ",".join(LIGHT[command]), *command.split()]
    environment = os.environ | {"XDG_STATE_HOME": str(tmp_path)}
    done = subprocess.run(
        python, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "LOADED"


def test_architecture_md_has_the_same_table() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w./]+)` \| .* \| (.*) \|$", text, re.MULTILINE)
    told = {room: tuple(sorted(re.findall(r"`([\w./]+)`", allowed))) for room, allowed in rows}
    table = {
        room.replace(".", "/"): tuple(sorted(other.replace(".", "/") for other in allowed))
        for room, allowed in MAY_IMPORT.items()
    }
    assert {room: told.get(room) for room in table} == table
