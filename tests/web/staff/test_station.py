"""The staff area's first page: how the station is, and restarts."""

import contextlib
import html
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import ButtonDown, Rules
from kiosk.main import running_check
from kiosk.main.station import Observers, Station, build
from kiosk.ports.finding import Finding
from kiosk.ports.restart import Restart
from kiosk.version import VERSION
from tests.drivers.clocks import FakeClock
from tests.drivers.staff import PIN, at_the_panel, in_a_gym, in_the_network, keep_pin

WELL = [Finding("disk", True, "900 MiB free at /"), Finding("python", True, "3.13 <here>")]
HOT = Finding("temperature", False, "85 °C: give it <air>.")


class Gym:
    """A station that is a service, somebody signed in there, and what is asked of systemd."""

    def __init__(self, station: Station, asked: list[Restart]) -> None:
        self.station = station
        self.asked = asked
        self.panel = signed_in(at_the_panel(station))


def signed_in(client: FlaskClient) -> FlaskClient:
    assert client.post("/staff/sign-in", json={"pin": PIN}).status_code == 200
    return client


@pytest.fixture
def gym(tmp_path: Path, rules: Rules, clock: FakeClock) -> Iterator[Gym]:
    keep_pin(tmp_path)
    asked: list[Restart] = []
    with contextlib.ExitStack() as stack:
        observers = Observers(restart=asked.append)
        yield Gym(build(in_a_gym(tmp_path, rules), stack, clock, observers), asked)


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What the checks find; a test may change it."""
    found = list(WELL)
    monkeypatch.setattr(running_check, "check_while_running", lambda *_: found)
    return found


def state(client: FlaskClient) -> str:
    answer = client.get("/staff/state")
    assert answer.status_code == 200
    return html.unescape(answer.text)


@pytest.mark.usefixtures("finds")
def test_the_page_says_that_all_is_well_with_the_facts(gym: Gym, clock: FakeClock) -> None:
    clock.advance(7200)
    told = state(signed_in(gym.panel))
    assert "<h1>All is well</h1>" in told
    for fact in (VERSION, "2 h, since 20", "900 MiB free", ".local:80/staff"):
        assert fact in told, fact
    assert "<p>None.</p>" in told


def test_what_is_wrong_comes_first(gym: Gym, finds: list[Finding]) -> None:
    finds.append(HOT)
    assert "1 thing needs a look" in state(gym.panel)
    assert state(gym.panel).index("give it") < state(gym.panel).index(VERSION)
    assert "give it &lt;air&gt;" in gym.panel.get("/staff/state").text
    finds.append(Finding("display", False, "No display is connected."))
    assert "2 things need a look" in state(gym.panel)


def test_the_checks_themselves_are_run(gym: Gym) -> None:
    told = state(gym.panel)
    assert "Temperature" in told or "temperature" in told
    assert "in use by the running station" in told


@pytest.mark.usefixtures("finds")
def test_the_last_warnings_and_errors_are_told_and_no_others(gym: Gym, clock: FakeClock) -> None:
    log = logging.getLogger("kiosk.records.keeper")
    log.setLevel(logging.INFO)
    for number in range(12):
        log.warning("trouble %d <x>", number)
    clock.advance(180)
    log.error("sessions are not being saved")
    log.info("session 1 started")
    told = state(gym.panel)
    assert told.index("0 s ago, error</span> sessions are not being saved") > 0
    assert "3 min ago</span> trouble 11 <x>" in told
    assert "trouble 2" not in told
    assert "trouble 3 " in told
    assert "session 1 started" not in told


@pytest.mark.parametrize("what", Restart)
def test_a_restart_is_confirmed_and_asked_for(gym: Gym, what: Restart) -> None:
    assert f'href="/staff/restart/{what.value}"' in gym.panel.get("/staff/").text
    assert f'data-what="{what.value}"' in gym.panel.get(f"/staff/restart/{what.value}").text
    assert gym.asked == []
    assert gym.panel.post(f"/staff/restart/{what.value}", json={}).status_code == 200
    assert gym.asked == [what]


def test_nothing_is_restarted_while_a_session_runs(gym: Gym) -> None:
    phone = signed_in(in_the_network(gym.station))
    gym.station.runner.post(ButtonDown())
    answer = phone.post("/staff/restart/machine", json={})
    assert answer.status_code == 409
    assert "A session is running" in answer.text
    assert gym.asked == []


def test_only_what_there_is_can_be_restarted(gym: Gym) -> None:
    assert gym.panel.get("/staff/restart/gym").status_code == 404
    assert gym.panel.post("/staff/restart/gym", json={}).status_code == 404
    assert gym.panel.post("/staff/restart/..%2fstation", json={}).status_code == 404


def test_another_site_restarts_nothing(gym: Gym) -> None:
    for origin in ("http://evil.example", "null"):
        answer = gym.panel.post("/staff/restart/machine", json={}, headers={"Origin": origin})
        assert answer.status_code == 403
    assert gym.panel.post("/staff/restart/machine", data="{}").status_code == 415
    assert gym.asked == []


@pytest.mark.usefixtures("station")
def test_a_station_that_is_no_service_offers_no_restart(panel: FlaskClient) -> None:
    signed_in(panel)
    assert "/staff/restart/" not in panel.get("/staff/").text
    assert panel.post("/staff/restart/station", json={}).status_code == 409


def test_a_restart_that_cannot_be_asked_for_is_told(
    tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    def fail(_what: Restart) -> None:
        raise OSError(28, "No space left on device")

    keep_pin(tmp_path)
    with contextlib.ExitStack() as stack:
        station = build(in_a_gym(tmp_path, rules), stack, clock, Observers(restart=fail))
        answer = signed_in(at_the_panel(station)).post("/staff/restart/station", json={})
    assert answer.status_code == 500
    assert "No space left on device" in answer.text
