import os
import subprocess
import sys
from pathlib import Path

from tests.systems.host import TREE

RUNS = "def test_it(): pass\n"
SKIPS = "import pytest\n\n@pytest.mark.skip('no tool')\ndef test_it(): pass\n"
SKIPS_ITSELF = "import pytest\npytest.importorskip('nothing_of_that_name')\n\n" + RUNS


def run(folder: Path, **files: str) -> subprocess.CompletedProcess[str]:
    """Run pytest with the plugin on files of tests, given by name, in two processes as CI does."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.systems.every_suite"),
            *("-p", "xdist", "-n", "2", "-p", "no:cacheprovider", "--rootdir", folder, folder),
        ],
        cwd=TREE,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_file_may_skip_some_of_its_tests(tmp_path: Path) -> None:
    done = run(tmp_path, test_one=SKIPS + "\ndef test_other(): pass\n")
    assert done.returncode == 0, done.stdout


def test_a_file_that_skips_all_of_its_tests_fails_the_run(tmp_path: Path) -> None:
    done = run(tmp_path, test_one=RUNS, test_two=SKIPS)
    assert done.returncode == 1
    assert "test_two.py: all of it was skipped (Skipped: no tool)" in done.stdout
    assert "1 passed, 1 skipped" in done.stdout.splitlines()[-1]


def test_a_file_that_skips_itself_fails_the_run(tmp_path: Path) -> None:
    done = run(tmp_path, test_one=RUNS, test_two=SKIPS_ITSELF)
    assert done.returncode == 1
    assert "test_two.py: all of it was skipped" in done.stdout


def test_a_run_of_no_test_fails(tmp_path: Path) -> None:
    assert run(tmp_path, test_one="").returncode != 0


def test_a_test_that_fails_fails_the_run(tmp_path: Path) -> None:
    assert run(tmp_path, test_one="def test_it(): assert False\n").returncode == 1
