"""How the tests are arranged: one index of drivers, and no file of tests that leans on another."""

import ast
import re
from pathlib import Path

from tests import drivers

ROOT = Path(__file__).parent.parent

#: Lines that a file of tests may have; a longer one is about more than one thing.
MOST_LINES = 400

#: Drivers that start processes, each of which takes a good part of a second.
STARTS_PROCESSES = {"tests.drivers.processes", "tests.drivers.killed"}


def sources(*patterns: str) -> dict[str, str]:
    """The text of each file that matches one of `patterns`, by its path."""
    paths = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths}


def imports_from_tests(text: str) -> list[str]:
    """The modules of `tests` that a file with this text imports."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "tests":
            found += [f"tests.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return [module for module in found if module.startswith("tests.")]


def test_the_index_of_the_drivers_names_each_file_and_no_other() -> None:
    named = re.findall(r"^\| `(\w+)` \|", drivers.__doc__ or "", re.MULTILINE)
    there = [Path(file).stem for file in sources("tests/drivers/*.py")]
    assert sorted(named) == sorted({*there} - {"__init__"})


def test_nothing_is_taken_from_a_file_of_tests_or_a_conftest() -> None:
    for file, text in sources("tests/**/*.py").items():
        names = [module.rpartition(".")[2] for module in imports_from_tests(text)]
        assert [name for name in names if re.match("test_|conftest", name)] == [], file


def test_drivers_and_benchmarks_have_nothing_from_the_tests_but_drivers() -> None:
    for file, text in sources("tests/drivers/*.py", "bench/**/*.py").items():
        modules = imports_from_tests(text)
        assert [name for name in modules if not name.startswith("tests.drivers.")] == [], file


def test_a_file_that_starts_matside_in_processes_marks_the_tests_that_do() -> None:
    for file, text in sources("tests/**/test_*.py").items():
        if STARTS_PROCESSES & {*imports_from_tests(text)} and "browser" not in file:
            assert "pytest.mark.process" in text, file


def test_a_file_of_tests_is_about_one_thing() -> None:
    lines = {file: text.count("\n") for file, text in sources("tests/**/*.py").items()}
    assert {file: count for file, count in lines.items() if count > MOST_LINES} == {}
