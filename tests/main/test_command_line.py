"""The command line as its users meet it: in a process of its own."""

import contextlib
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

MATSIDE = [sys.executable, "-m", "kiosk.main.cli"]


def matside(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; it must never show a traceback."""
    done = subprocess.run(
        [*MATSIDE, *arguments], capture_output=True, text=True, timeout=30, check=False
    )
    assert "Traceback" not in done.stderr
    return done


@contextlib.contextmanager
def running(data: Path | None, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A station in a process of its own, and its address; without data if the options name it."""
    command = [*MATSIDE, "run", "--hardware", "mock", "--port", "0", *options]
    if data is not None:
        command += ["--data", str(data)]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    try:
        said = ""
        while (found := re.search(r"ready: (http://\S+)", said)) is None:
            line = process.stderr.readline()
            assert line, said
            said += line
        yield process, found[1]
    finally:
        process.kill()
        process.wait(10)
        process.stderr.close()


def press(address: str) -> None:
    request = urllib.request.Request(
        address + "api/button",
        data=b'{"action": "press"}',
        headers={"Origin": address.rstrip("/"), "Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=5).close()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "--speed", "fast"], "argument --speed: found 'fast'; it must be a number"),
        (["run", "--speed", "0"], "from 0.1 to 1000"),
        (["run", "--sped", "3"], "unrecognized arguments: --sped 3. See: matside --help"),
        (["run", "--port", "70000"], "--port: found '70000'. It must be a number from 0 to 65535"),
        (["run", "--port", "http"], "argument --port: found 'http'. It must be a number"),
        (["run", "--hardware", "arduino"], "argument --hardware: invalid choice: 'arduino'"),
        (["run", "--config", "/nowhere.toml"], "/nowhere.toml: cannot be read"),
        (["run", "--host", "0.0.0.0"], "Set server.staff_pin"),
        (["run", "--data", "/proc/x"], "/proc/x: the data directory cannot be made"),
        (["run", "--hardware", "mock", "--host", "192.0.2.1"], "Set server.staff_pin"),
        (["fly"], "invalid choice: 'fly'"),
        ([], "the following arguments are required: COMMAND"),
        (["routine", "show", "yoga"], "must be one of: no-pressure-psoas, psoas-release"),
        (["routine", "check", "/nowhere.toml"], "/nowhere.toml: cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(arguments: list[str], says: str) -> None:
    done = matside(*arguments, *(["--port", "0"] if arguments[-2:-1] == ["--data"] else []))
    assert done.returncode in (1, 2)
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_speed_is_for_mock_hardware_only(tmp_path: Path) -> None:
    done = matside(
        "run", "--hardware", "lgpio", "--speed", "9", "--port", "0", "--data", str(tmp_path)
    )
    assert done.returncode == 2
    assert "--speed: found 9. It is for mock hardware only" in done.stderr


def test_a_port_in_use_says_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = matside("run", "--hardware", "mock", "--port", str(port), "--data", str(tmp_path))
    assert done.returncode == 1
    assert f"something else is listening on port {port}" in done.stderr


def test_wrong_settings_name_the_file_and_the_field(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[station]\nseconds = 61\n")
    done = matside("run", "--hardware", "mock", "--config", str(path), "--data", str(tmp_path))
    assert "station.seconds: found 61" in done.stderr


def test_a_broken_routine_in_the_folder_of_the_settings_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("id = 'mine'\n")
    path = tmp_path / "config.toml"
    folder = tmp_path / "routines"
    folder.mkdir()
    (folder / "mine.toml").write_text("id = 'mine'\n")
    path.write_text(f'[station]\nroutines = "{folder}"\n')
    done = matside("run", "--hardware", "mock", "--config", str(path), "--data", str(tmp_path))
    assert f"{folder}/mine.toml: language is missing" in done.stderr


def test_routines_can_be_listed_shown_and_checked() -> None:
    assert "psoas-release" in matside("routine", "list").stdout
    assert "Straighten the leg" in matside("routine", "show", "psoas-release").stdout
    shipped = Path(__file__).parents[2] / "kiosk/library/routines/psoas-release.toml"
    assert "is right" in matside("routine", "check", str(shipped)).stdout


def test_the_version_is_told() -> None:
    assert matside("--version").stdout.startswith("matside ")


def test_sigterm_stops_within_a_second_with_streams_open(tmp_path: Path) -> None:
    with running(tmp_path) as (process, address):
        opened = [urllib.request.urlopen(address + "events", timeout=5) for _ in range(3)]
        for stream in opened:
            stream.readline()
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - begun < 1
        for stream in opened:
            stream.close()


def test_a_client_that_goes_away_gives_its_stream_back_at_the_next_change(tmp_path: Path) -> None:
    def streams(address: str) -> int:
        with urllib.request.urlopen(address + "healthz", timeout=5) as answer:
            return int(json.load(answer)["streams"])

    with running(tmp_path) as (_, address):
        with urllib.request.urlopen(address + "events", timeout=5) as stream:
            stream.readline()
            assert streams(address) == 1
        end = time.monotonic() + 5
        while streams(address) == 1 and time.monotonic() < end:
            press(address)
        assert streams(address) == 0


def test_without_a_display_open_says_the_address_and_goes_on(tmp_path: Path) -> None:
    with running(tmp_path, "--open") as (process, address):
        assert process.stderr is not None
        assert f"no display here: open {address}" in process.stderr.readline()
        urllib.request.urlopen(address, timeout=5).close()


def session(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address + "api/session", timeout=5) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def test_a_session_that_is_killed_again_and_again_is_offered_again_and_listed(
    tmp_path: Path,
) -> None:
    with running(tmp_path) as (process, address):
        for _ in range(8):
            press(address)
            time.sleep(0.26)  # a press sooner than a quarter of a second is not meant
        before = session(address)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert before["step"]["id"] == "settle"
    for _ in range(3):
        with running(tmp_path) as (process, address):
            offered = session(address)
            assert (offered["status"], offered["step"]["id"]) == ("resume", "settle")
            assert 0 <= offered["remaining"] - before["remaining"] <= 5
            press(address)  # get ready
            time.sleep(0.26)
            press(address)  # the hold
            time.sleep(random.uniform(0, 0.5))
            before = session(address)
            process.send_signal(signal.SIGKILL)
            process.wait(10)
    with running(tmp_path) as (_, address):
        assert session(address)["status"] == "resume"
        listed = matside("sessions", "list", "--data", str(tmp_path)).stdout
        assert re.search(r"1  20..-..-..T.* psoas-release .* running at settle", listed)
    exported = json.loads(matside("sessions", "export", "--data", str(tmp_path)).stdout)
    assert [record["number"] for record in exported] == [1]


def test_sessions_are_exported_as_csv(tmp_path: Path) -> None:
    with running(tmp_path) as (_, address):
        press(address)
        exported = matside("sessions", "export", "--csv", "--data", str(tmp_path)).stdout
    names, session = exported.splitlines()
    assert names.startswith("number,started,routine,")
    assert session.endswith(",psoas-release,120,0.0,0.0,,check")


def test_sessions_of_a_directory_without_any_are_not_made_up(tmp_path: Path) -> None:
    done = matside("sessions", "list", "--data", str(tmp_path / "elsewhere"))
    assert done.returncode == 1
    assert "there is no database yet" in done.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_a_station_whose_settings_name_a_directory_that_cannot_be_written_runs(
    tmp_path: Path,
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[station]\ndata = "/proc/matside"\n')
    with running(None, "--config", str(config)) as (process, address):
        press(address)
        with urllib.request.urlopen(address + "healthz", timeout=5) as answer:
            health = json.load(answer)
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        assert process.wait(10) == 0
    assert health["status"] == "degraded"
    assert "/proc/matside: the data directory cannot be made" in health["store"]["problem"]
