import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.systems.root import ENTER, Recipe

#: Enters a root with a command, as a program that is killed then.
CALLER = """
import subprocess, sys
subprocess.run(sys.argv[1:])
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree of one file."""
    tree = tmp_path / "working-copy"
    tree.mkdir()
    (tree / "file").write_text("as it was")
    return tree


@pytest.fixture
def folder(tmp_path: Path, tree: Path) -> Path:
    """A root that is this machine's own, with an empty scratch folder."""
    (tmp_path / "root").symlink_to("/")
    (tmp_path / "scratch").mkdir()
    if os.geteuid() != 0 or enter(tmp_path, tree, "true").returncode != 0:
        pytest.skip("no root can be entered here")  # the kernel lays few overlays over each other
    return tmp_path


def enter(folder: Path, tree: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script in the root."""
    return subprocess.run(
        [ENTER, folder, tree, "sh", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "other",
    [
        Recipe("tests", "bookworm", ("python3-venv",), ("flask>=3",)),
        Recipe("tests", "trixie", ("python3-venv", "systemd"), ("flask>=3",)),
        Recipe("tests", "trixie", ("python3-venv",), ("flask>=4",)),
        Recipe("tests", "trixie", ("python3-venv",), ("flask>=3",), "arm64"),
    ],
)
def test_another_recipe_makes_another_root(other: Recipe) -> None:
    recipe = Recipe("tests", "trixie", ("python3-venv",), ("flask>=3",))
    assert recipe.key() == Recipe("tests", "trixie", ("python3-venv",), ("flask>=3",)).key()
    assert recipe.key() != other.key()


def test_a_command_sees_the_tree_and_its_exit_status_is_given(folder: Path, tree: Path) -> None:
    done = enter(folder, tree, "cat /tree/file; exit 7")
    assert (done.returncode, done.stdout) == (7, "as it was")


def test_nothing_that_is_written_stays(folder: Path, tree: Path) -> None:
    done = enter(
        folder, tree, "echo new >/tree/file; touch /tree/new /new; cat /tree/file; ls /new"
    )
    assert done.stdout == "new\n/new\n"
    assert (tree / "file").read_text() == "as it was"
    assert [path.name for path in tree.iterdir()] == ["file"]
    assert not Path("/new").exists()
    assert list((folder / "scratch").iterdir()) == []


def test_no_mount_stays(folder: Path, tree: Path) -> None:
    done = enter(folder, tree, "cat /proc/mounts")
    assert " /tree overlay " in done.stdout
    assert str(folder) not in Path("/proc/mounts").read_text()


def running(argument: str) -> int:
    """How many processes of this machine have this argument."""
    found = 0
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            found += argument.encode() in file.read_bytes().split(b"\0")
    return found


def wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_all_processes_end_with_the_program_that_entered(folder: Path, tree: Path) -> None:
    seconds = f"1000.{os.getpid()}"  # no other process sleeps for so long
    script = f"sleep {seconds} & sleep {seconds}; true"
    entering = map(str, (ENTER, folder, tree, "sh", "-c", script))
    with subprocess.Popen([sys.executable, "-c", CALLER, *entering]) as process:
        wait(lambda: running(seconds) == 2)
        process.kill()
    wait(lambda: running(seconds) == 0)
