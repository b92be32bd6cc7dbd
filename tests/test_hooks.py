"""What runs before a commit and a push is what `make` and CI run."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / ".pre-commit-config.yaml"


def test_the_hooks_run_targets_of_make_and_so_the_tools_of_ci() -> None:
    entries = re.findall(r"^ +entry: (.+)$", CONFIG.read_text(), re.MULTILINE)
    assert entries == ["make lint", "make quick"]
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {entry.removeprefix("make ") for entry in entries} <= {*targets}
    assert "\nmake lint\n" in (ROOT / ".ci" / "run").read_text()


def test_the_configuration_of_the_hooks_is_valid() -> None:
    pytest.importorskip("pre_commit")
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", CONFIG], check=True)


def test_the_tools_that_judge_the_code_are_of_one_version_for_all() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = project["optional-dependencies"]["test"]
    exact = {need.partition("==")[0] for need in needed if "==" in need}
    assert {"mypy", "ruff"} <= exact
