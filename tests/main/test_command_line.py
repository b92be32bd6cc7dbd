"""The command line as its users meet it: in a process of its own."""

import json
import random
import re
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from kiosk.records.store import Keeping, Store
from tests.drivers.past import BERLIN, released
from tests.drivers.processes import LiveStation, live_station, matside

pytestmark = pytest.mark.process


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
        (["run", "--data", "/proc/x"], "/proc/x: the data directory cannot be made"),
        (["fly"], "invalid choice: 'fly'"),
        ([], "the following arguments are required: COMMAND"),
        (["routine", "show", "yoga"], "must be one of: psoas-release, no-pressure-psoas"),
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


def test_routines_can_be_listed_shown_and_checked() -> None:
    assert "psoas-release" in matside("routine", "list").stdout
    assert "Straighten the leg" in matside("routine", "show", "psoas-release").stdout
    shipped = Path(__file__).parents[2] / "kiosk/library/routines/psoas-release.toml"
    assert "is right" in matside("routine", "check", str(shipped)).stdout


def test_a_routine_is_listed_and_shown_with_the_sets_and_breaths_of_its_file() -> None:
    listed = matside("routine", "list").stdout.splitlines()
    assert listed[0].startswith("psoas-release ")
    for line in (
        "Figure four, 40/60 s a side in 2 sets, in en,",
        "90/90, 5/8/10 breaths a side, in en,",
    ):
        assert any(line in each for each in listed), line
    shown = matside("routine", "show", "ninety-ninety").stdout.splitlines()
    assert shown[0] == "90/90, 5/8/10 breaths a side, one-after-the-other"
    assert "  lean         hold    5 breaths  Lean over the left shin" in shown


def test_the_version_is_told() -> None:
    assert matside("--version").stdout.startswith("matside ")


def seconds_to_stop(station: LiveStation) -> float:
    """Seconds from SIGTERM to the end of a station that has streams open."""
    opened = [urllib.request.urlopen(f"{station.url}/events", timeout=5) for _ in range(3)]
    for stream in opened:
        stream.readline()
    begun = time.monotonic()
    station.process.send_signal(signal.SIGTERM)
    assert station.process.wait(10) == 0
    seconds = time.monotonic() - begun
    for stream in opened:
        stream.close()
    return seconds


def test_sigterm_stops_within_a_second_with_streams_open(tmp_path: Path) -> None:
    for _ in range(5):  # a busy machine may be late once, a station that waits is late each time
        with live_station(tmp_path) as station:
            seconds = seconds_to_stop(station)
        if seconds < 1:
            return
    raise AssertionError(f"it took {seconds:.1f} s")


def test_a_client_that_goes_away_gives_its_stream_back_at_the_next_change(tmp_path: Path) -> None:
    def streams(station: LiveStation) -> int:
        return int(station.get("/healthz")["streams"])

    with live_station(tmp_path) as station:
        with urllib.request.urlopen(f"{station.url}/events", timeout=5) as stream:
            stream.readline()
            assert streams(station) == 1
        end = time.monotonic() + 5
        while streams(station) == 1 and time.monotonic() < end:
            station.button("press")
        assert streams(station) == 0


def test_without_a_display_open_says_the_address_and_goes_on(tmp_path: Path) -> None:
    with live_station(tmp_path, "--open") as station:
        assert station.process.stderr is not None
        assert f"no display here: open {station.url}/" in station.process.stderr.readline()
        urllib.request.urlopen(station.url, timeout=5).close()


def press(station: LiveStation, times: int) -> None:
    """Press `times` times; a press sooner than a quarter of a second is not meant."""
    for _ in range(times):
        station.button("press")
        time.sleep(0.26)


def kill(station: LiveStation) -> None:
    station.process.send_signal(signal.SIGKILL)
    station.process.wait(10)


def test_a_session_that_is_killed_again_and_again_is_offered_again_and_listed(
    tmp_path: Path,
) -> None:
    with live_station(tmp_path) as station:
        press(station, times=8)
        before = station.get("/api/session")
        kill(station)
    assert before["step"]["id"] == "settle"
    until_killed = 0.0  # seconds that it may have gone on after it was asked
    for _ in range(3):
        with live_station(tmp_path) as station:
            offered = station.get("/api/session")
            assert (offered["status"], offered["step"]["id"]) == ("resume", "settle")
            assert -until_killed <= offered["remaining"] - before["remaining"] <= 5
            press(station, times=2)  # get ready, then the hold
            time.sleep(random.uniform(0, 0.5))
            asked = time.monotonic()
            before = station.get("/api/session")
            kill(station)
            until_killed = time.monotonic() - asked
    with live_station(tmp_path) as station:
        assert station.get("/api/session")["status"] == "resume"
        listed = matside("sessions", "list", "--data", str(tmp_path)).stdout
        assert re.search(r"1  20..-..-..T.* psoas-release .* running at settle", listed)
    exported = json.loads(matside("sessions", "export", "--data", str(tmp_path)).stdout)
    assert [record["number"] for record in exported] == [1]


def test_sessions_are_exported_as_csv(tmp_path: Path) -> None:
    with live_station(tmp_path) as station:
        station.button("press")
        exported = matside("sessions", "export", "--csv", "--data", str(tmp_path)).stdout
    names, session = exported.splitlines()
    assert names.startswith("number,started,routine,")
    assert ",psoas-release,120,0.0,0.0,,check,en," in session


def test_sessions_are_exported_by_days_for_a_spreadsheet(tmp_path: Path) -> None:
    released(tmp_path)
    Store(tmp_path, Keeping(BERLIN)).close()
    options = ["--format", "csv", "--bom", "--from", "2026-03-29", "--to", "2026-03-30"]
    done = matside("sessions", "export", *options, "--data", str(tmp_path))
    names, *sessions = done.stdout.splitlines()
    assert names.startswith("\ufeffnumber,started,")
    assert [session.partition(",")[0] for session in sessions] == ["4", "3", "2"]


def test_a_day_that_there_is_not_is_refused(tmp_path: Path) -> None:
    done = matside("sessions", "export", "--from", "2026-02-30", "--data", str(tmp_path))
    assert done.returncode == 2
    assert "--from: found '2026-02-30'. It must be a day such as 2026-01-31" in done.stderr


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
    with live_station(None, "--config", str(config)) as station:
        station.button("press")
        health = station.get("/healthz")
        station.process.send_signal(signal.SIGTERM)
        assert station.process.wait(10) == 0
    assert health["status"] == "degraded"
    assert "/proc/matside: the data directory cannot be made" in health["store"]["problem"]
