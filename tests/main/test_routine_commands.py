"""``matside routine``: its verbs as whoever writes a routine, or a CI, meets them."""

import contextlib
import json
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.library.routine_files import SHIPPED_ROUTINES
from tests.drivers.processes import MATSIDE, live_station, matside

pytestmark = pytest.mark.process

ROUTINE = (SHIPPED_ROUTINES / "glute-ball.toml").read_text(encoding="utf-8")


def test_a_file_without_faults_is_right() -> None:
    done = matside("routine", "check", str(SHIPPED_ROUTINES / "psoas-release.toml"))
    assert done.returncode == 0
    assert "psoas-release.toml: is right." in done.stdout


def test_faults_have_their_lines_and_the_status_1(tmp_path: Path) -> None:
    path = tmp_path / "glute-ball.toml"
    path.write_text(ROUTINE.replace("seconds = 15", 'seconds = "15"').replace("loaded", "laoded"))
    done = matside("routine", "check", str(path), str(tmp_path / "none.toml"))
    assert done.returncode == 1
    assert f"{path}: line {ROUTINE[: ROUTINE.index('loaded')].count(chr(10)) + 1}: " in done.stdout
    assert "laoded is not known here. Did you mean loaded?" in done.stdout
    assert f"{path}: 5 faults, " in done.stdout
    assert f"{tmp_path}/none.toml: cannot be read: No such file or directory." in done.stdout


def test_warnings_count_only_if_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "glute-ball.toml"
    path.write_text(ROUTINE.replace("Roll slowly to and fro", "<b>Roll</b>"))
    assert matside("routine", "check", str(path)).returncode == 0
    done = matside("routine", "check", "--strict", str(path))
    assert done.returncode == 1
    assert "looks like HTML" in done.stdout


def test_json_has_each_remark_in_its_documented_form(tmp_path: Path) -> None:
    path = tmp_path / "glute-ball.toml"
    path.write_text(ROUTINE.replace("place = 70", "place = 0"))
    done = matside("routine", "check", "--json", str(path))
    assert done.returncode == 1
    (file,) = json.loads(done.stdout)
    assert (file["file"], file["ok"]) == (str(path), False)
    assert file["remarks"][0] == {
        "kind": "fault",
        "line": ROUTINE[: ROUTINE.index("place = 70")].count("\n") + 1,
        "field": "place",
        "text": "found 0. It must be a whole number from 1 to 999.",
    }


def test_the_settings_say_how_far_the_mat_is(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("[screen]\nviewing_distance_m = 5.0\n")
    shipped = str(SHIPPED_ROUTINES / "glute-ball.toml")
    assert "From the mat" not in matside("routine", "check", shipped).stdout
    assert "From the mat" in matside("routine", "check", "--config", str(config), shipped).stdout


def test_a_new_routine_is_written_once_and_is_right(tmp_path: Path) -> None:
    folder = str(tmp_path)
    first = matside("routine", "new", "mine", "--folder", folder)
    assert (first.returncode, first.stderr) == (0, "")
    assert f"matside routine preview {tmp_path}/mine.toml" in first.stdout
    again = matside("routine", "new", "mine", "--folder", folder)
    assert again.returncode == 1
    assert "is there already, and is left as it is" in again.stderr
    assert matside("routine", "check", str(tmp_path / "mine.toml")).returncode == 0


@contextlib.contextmanager
def previewed(path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The preview of `path` in a process of its own, and its address."""
    command = [*MATSIDE, "routine", "preview", str(path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = re.search(r"is ready: (http://\S+/preview)", process.stderr.readline())
        assert said is not None
        yield process, said[1]
    finally:
        process.kill()
        process.communicate(timeout=10)


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return str(answer.read().decode())


def test_a_preview_says_its_address_follows_a_save_and_stops_when_told(tmp_path: Path) -> None:
    matside("routine", "new", "mine", "--folder", str(tmp_path))
    path = tmp_path / "mine.toml"
    with previewed(path) as (process, address):
        assert "Hug the right knee" in fetched(address)
        path.write_text(path.read_text().replace("Hug the", "Draw up the"))
        end = time.monotonic() + 10
        while "Draw up the right knee" not in fetched(address):
            assert time.monotonic() < end
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_a_preview_of_nothing_is_refused_in_a_line(tmp_path: Path) -> None:
    done = matside("routine", "preview", str(tmp_path / "none.toml"))
    assert done.returncode == 1
    assert (
        f"{tmp_path}/none.toml: there is no such file. To write one: matside routine new none"
        in done.stderr
    )


def test_no_other_station_has_the_preview(tmp_path: Path) -> None:
    with live_station(tmp_path) as station, pytest.raises(urllib.error.HTTPError, match="404"):
        station.text("/preview")
