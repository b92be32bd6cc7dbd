"""A station takes its settings anew: the process stays, and no session is disturbed."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.session import Status
from kiosk.main.running import SETTLED
from tests.drivers.processes import LiveStation, free_port, live_station

pytestmark = pytest.mark.process

READY = "is ready"
SEEN = "as soon as nobody uses the station"


@pytest.fixture
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file where the station looks for it by itself."""
    monkeypatch.setenv("CONFIGURATION_DIRECTORY", str(tmp_path / "etc"))
    (tmp_path / "etc").mkdir()
    return tmp_path / "etc" / "config.toml"


@pytest.fixture
def station(configuration: Path, tmp_path: Path) -> Iterator[LiveStation]:
    configuration.write_text('[station]\nside = "left"\n')
    with live_station(tmp_path / "data", "--port", str(free_port())) as station:
        yield station


def side(station: LiveStation) -> object:
    return station.get("/api/session")["choices"]["side"]


def test_at_rest_the_new_settings_are_taken_at_once(
    station: LiveStation, configuration: Path
) -> None:
    assert side(station) == "left"
    configuration.write_text('[station]\nside = "right"\n[panel]\nbuzzer_pin = 5\n')
    station.reload()
    station.wait_for_log(READY)
    assert side(station) == "right"
    assert station.get("/api/mock")["buzzer"]["pin"] == 5
    station.press()
    assert station.standing().status is Status.RUNNING


def test_a_session_goes_on_and_they_are_taken_when_it_has_ended(
    station: LiveStation, configuration: Path
) -> None:
    station.button("press")
    configuration.write_text('[station]\nside = "right"\n')
    station.reload()
    station.wait_for_log(SEEN)
    station.button("press")
    assert (station.standing().status, side(station)) == (Status.RUNNING, "left")
    station.post("/api/back")
    station.post("/api/back")
    station.wait_for_log(READY)
    assert (station.standing().status, side(station)) == (Status.ATTRACT, "right")


def test_a_wrong_file_leaves_the_settings_that_worked_and_is_told(
    station: LiveStation, configuration: Path
) -> None:
    configuration.write_text("[station\n")
    station.reload()
    station.wait_for_log(READY)
    assert side(station) == "left"
    assert "is not valid TOML" in station.get("/healthz")["setup"]["problems"][0]


def test_a_file_that_somebody_named_and_is_wrong_leaves_those_from_before(tmp_path: Path) -> None:
    named = tmp_path / "named.toml"
    named.write_text('[station]\nside = "left"\n')
    port = str(free_port())
    with live_station(tmp_path, "--port", port, "--config", str(named)) as station:
        for wrong in ('[station]\nside = "up"\n', "[station\n"):
            named.write_text(wrong)
            station.reload()
            station.wait_for_log(READY)
            assert side(station) == "left"
            (problem,) = station.get("/healthz")["setup"]["problems"]
            assert str(named) in problem
            assert "the settings from before stay in force" in problem
        named.write_text('[station]\nside = "right"\n')
        station.reload()
        station.wait_for_log(READY)
        assert side(station) == "right"
        assert station.get("/healthz")["setup"]["problems"] == []


def test_a_port_that_is_taken_leaves_the_one_from_before(
    configuration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.drivers.processes.ANY_PORT", ())
    port = free_port()
    configuration.write_text(f"[server]\nport = {port}\n")
    with live_station(tmp_path) as station, socket.socket() as other:
        assert station.port == port
        other.bind(("127.0.0.1", 0))
        other.listen()
        configuration.write_text(f"[server]\nport = {other.getsockname()[1]}\n")
        station.reload()
        station.wait_for_log(READY)
        (problem,) = station.get("/healthz")["setup"]["problems"]
        assert "something else is listening" in problem


def test_a_station_nobody_stands_beside_starts_though_its_port_is_taken(
    configuration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.drivers.processes.ANY_PORT", ())
    port = free_port()
    configuration.write_text(f'[station]\nside = "left"\n[server]\nport = {port}\n')
    with live_station(tmp_path):
        pass  # these settings have worked now
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        configuration.write_text(f'[station]\nside = "right"\n[server]\nport = {taken}\n')
        with live_station(tmp_path) as station:
            assert (station.port, side(station)) == (port, "left")
            setup = station.get("/healthz")["setup"]
    assert setup["settings"] == "kept"
    assert (
        f"{configuration}: 127.0.0.1:{taken}: something else is listening" in setup["problems"][0]
    )


def test_it_says_how_long_the_process_has_been_there_not_since_when_it_has_its_settings(
    station: LiveStation,
) -> None:
    before = station.get("/healthz")["uptime"]
    station.reload()
    station.wait_for_log(READY)
    # The new station's own start lies behind what was seen before.
    assert station.get("/healthz")["uptime"] > before + SETTLED


def test_it_stops_as_ever_after_it_has_taken_settings_anew(station: LiveStation) -> None:
    for _ in range(3):
        station.reload()
        station.wait_for_log(READY)
    station.process.send_signal(signal.SIGTERM)
    assert station.process.wait(10) == 0
