"""The panel test: who may run it and when, what it does at the panel, and what is kept of it."""

import html
import json
import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import ButtonDown, ButtonUp, Source, Status
from kiosk.main.station import Station
from kiosk.ports.panel import Edge, Fault, MockPanel, PanelHealth, PartStatus
from kiosk.staff.doorway import Doorway
from kiosk.staff.panel_test.button import LONGEST, SILENCE
from kiosk.staff.panel_test.results import RESULTS_FILE, PanelTest
from tests.drivers.clocks import FakeClock
from tests.drivers.staff import PIN, at_the_panel, in_the_network
from tests.drivers.threads import until
from web.staff.panel_tests import WORDS, obstacle, wanted

TESTS = [test.value for test in PanelTest]


@pytest.fixture
def panel(station: Station) -> FlaskClient:
    """Somebody who is signed in at the panel."""
    return signed_in(at_the_panel(station))


@pytest.fixture
def phone(station: Station) -> FlaskClient:
    """Somebody who is signed in on a phone."""
    return signed_in(in_the_network(station))


def signed_in(client: FlaskClient) -> FlaskClient:
    assert client.post("/staff/sign-in", json={"pin": PIN}).status_code == 200
    return client


def mock(station: Station) -> MockPanel:
    assert station.panel.mock is not None
    return station.panel.mock


def press(station: Station) -> None:
    """Press the button of the mock panel, until the panel has told of the release."""
    presses = station.panel.health().stats.presses
    mock(station).drive(Edge.DOWN)
    assert until(lambda: station.panel.health().stats.presses == presses + 1)
    mock(station).drive(Edge.UP)
    assert until(lambda: not station.panel.health().stats.down)


def run(client: FlaskClient, what: str) -> tuple[int, str]:
    answer = client.post(f"/staff/test/{what}/run", json={})
    return answer.status_code, html.unescape(answer.text)


def shown(client: FlaskClient, path: str = "/staff/test") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_all_tests_are_shown_and_each_has_a_page(panel: FlaskClient, phone: FlaskClient) -> None:
    for client in (panel, phone):
        page = shown(client)
        for test, words in WORDS.items():
            assert words.name in page
            assert words.does in shown(client, f"/staff/test/{test.value}")
    assert shown(panel).count("Not tested yet") == len(TESTS)
    assert panel.get("/staff/test/gym").status_code == 404
    assert panel.post("/staff/test/gym/run", json={}).status_code == 404


def test_the_light_blinks(station: Station, panel: FlaskClient) -> None:
    assert run(panel, "light") == (200, "{}\n")
    assert until(lambda: not mock(station).pins().light_on)
    assert until(lambda: mock(station).pins().light_on)
    assert not mock(station).pins().buzzer_on


@pytest.mark.parametrize(("what", "cue"), [("buzzer", "switch"), ("loudness", "weight-off")])
def test_the_buzzer_sounds_from_a_phone_too(
    station: Station, phone: FlaskClient, what: str, cue: str
) -> None:
    answer = phone.post(f"/staff/test/{what}/run", json={})
    assert answer.json is not None
    assert answer.json["cue"]["name"] == cue
    assert until(lambda: mock(station).pins().buzzer_on)
    assert until(lambda: not mock(station).pins().buzzer_on)


def test_what_somebody_says_is_kept_and_told(
    panel: FlaskClient, phone: FlaskClient, tmp_path: Path
) -> None:
    answer = phone.post("/staff/test/light/result", json={"passed": True})
    assert answer.json == {"go": "/staff/test"}
    assert shown(panel).count("✓ Works") == 1
    panel.post("/staff/test/touch/result", json={"passed": False, "missed": 5})
    assert shown(panel).count("✗ Does not work") == 1
    page = shown(panel, "/staff/test/touch")
    assert "5 of 40 fields felt no touch." in page
    assert WORDS[PanelTest.TOUCH].mend in page
    assert set(json.loads((tmp_path / RESULTS_FILE).read_text())) == {"light", "touch"}


def test_the_station_page_tells_it(panel: FlaskClient) -> None:
    assert "<dt>Panel test</dt><dd>not done yet</dd>" in shown(panel, "/staff/state")
    panel.post("/staff/test/light/result", json={"passed": True})
    assert "<dd>1 of 6 parts work, last tested" in shown(panel, "/staff/state")
    panel.post("/staff/test/screen/result", json={"passed": False})
    assert "<b>Panel test</b>: screen did not work, tested" in shown(panel, "/staff/state")


def test_a_damaged_file_of_results_is_told_and_darkens_nothing(
    panel: FlaskClient, tmp_path: Path
) -> None:
    (tmp_path / RESULTS_FILE).write_text("{")
    page = shown(panel)
    assert "was damaged" in page
    assert page.count("Not tested yet") == len(TESTS)
    assert "not done yet" in shown(panel, "/staff/state")


def test_a_disk_that_cannot_be_written_is_told(panel: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / RESULTS_FILE).mkdir()
    assert panel.post("/staff/test/light/result", json={"passed": True}).status_code == 200
    assert "kept until the station restarts" in shown(panel)
    assert shown(panel).count("✓ Works") == 1


def test_presses_of_the_buttons_test_begin_no_session_and_are_counted(
    station: Station, panel: FlaskClient, clock: FakeClock
) -> None:
    assert run(panel, "button") == (200, "{}\n")
    for seconds in (0.1, 0.1, 0.1, 1.5):
        clock.time += 1
        mock(station).drive(Edge.DOWN)
        assert until(lambda: look(panel)["down"] is True)
        clock.time += seconds
        mock(station).drive(Edge.UP)
        assert until(lambda: look(panel)["down"] is False)
    told = look(panel)
    assert (told["presses"], told["longest"], told["held"]) == (4, 1.5, True)
    assert (told["faults"], told["missing"], told["passes"]) == ([], [], True)
    assert told["left"] == pytest.approx(LONGEST - 5.8)
    assert station.runner.state.status is Status.ATTRACT
    assert panel.post("/staff/test/button/end", json={}).json == {"go": "/staff/test"}
    assert "4 presses, the longest 1.5 s" in shown(panel, "/staff/test/button")
    press(station)
    assert until(lambda: station.runner.state.status is Status.RUNNING)


def look(client: FlaskClient) -> dict[str, object]:
    answer = client.get("/staff/test/button/look")
    assert answer.status_code == 200
    assert answer.json is not None
    return dict(answer.json)


def test_a_test_without_a_press_fails(panel: FlaskClient) -> None:
    run(panel, "button")
    panel.post("/staff/test/button/end", json={})
    page = shown(panel, "/staff/test/button")
    assert "No press was seen." in page
    assert WORDS[PanelTest.BUTTON].mend in page


def test_a_button_that_bounces_or_is_stuck_or_dead_shows_in_its_test(
    station: Station, panel: FlaskClient, clock: FakeClock
) -> None:
    run(panel, "button")
    mock(station).play_fault(Fault.BOUNCE)
    press(station)
    assert until(lambda: int(str(look(panel)["bounces"])) > 0)
    clock.time += 1
    mock(station).play_fault(Fault.STUCK)
    assert until(lambda: look(panel)["down"] is True)
    assert "The button is down." in str(look(panel)["missing"])
    mock(station).play_fault(Fault.DEAD)
    assert until(lambda: look(panel)["down"] is False)
    run(panel, "button")
    mock(station).drive(Edge.DOWN)
    mock(station).drive(Edge.UP)
    assert look(panel)["missing"] == [
        "No press was seen.",
        "None was held for 1.2 s, which is weight off.",
    ]
    assert station.runner.state.status is Status.ATTRACT


@pytest.mark.parametrize(
    "leave",
    [
        lambda panel: panel.get("/staff/test"),
        lambda panel: panel.get("/staff/test/button"),
        lambda panel: panel.post("/staff/test/button/leave", json={}),
        lambda panel: panel.post("/staff/sign-out", json={}),
    ],
    ids=["the overview", "a reload", "the page says so", "signing out"],
)
def test_whoever_leaves_ends_it_and_nothing_is_kept(
    station: Station, panel: FlaskClient, tmp_path: Path, leave: object
) -> None:
    run(panel, "button")
    press(station)
    assert callable(leave)
    leave(panel)
    press(station)
    assert until(lambda: station.runner.state.status is Status.RUNNING)
    assert not (tmp_path / RESULTS_FILE).exists()


def test_a_page_that_is_gone_ends_it(
    station: Station, panel: FlaskClient, clock: FakeClock
) -> None:
    run(panel, "button")
    clock.time += SILENCE
    press(station)
    assert until(lambda: station.runner.state.status is Status.RUNNING)
    assert panel.get("/staff/test/button/look").location == "/staff/enter"


def test_a_session_that_begins_by_touch_ends_it_and_the_visit(
    station: Station, panel: FlaskClient
) -> None:
    run(panel, "button")
    panel.post("/api/button", json={"action": "press"})
    assert station.runner.state.status is Status.RUNNING
    assert panel.get("/staff/test/button/look").status_code == 303
    assert panel.post("/staff/test/button/end", json={}).status_code == 401


def test_the_button_is_tested_at_the_panel_alone(
    station: Station, panel: FlaskClient, phone: FlaskClient
) -> None:
    for what in ("button", "screen", "touch"):
        assert "Only at the station's own screen." in shown(phone, f"/staff/test/{what}")
        assert 'id="run"' not in shown(phone, f"/staff/test/{what}")
        assert run(phone, what)[0] == 409
    run(panel, "button")
    # Neither sees nor ends somebody on a phone what goes on at the panel.
    assert phone.get("/staff/test/button/look").status_code == 409
    for path in ("/staff/test/button/end", "/staff/test/button/leave"):
        phone.post(path, json={})
    shown(phone)
    phone.post("/staff/sign-out", json={})
    press(station)
    assert look(panel)["presses"] == 1


@pytest.mark.parametrize("what", TESTS)
def test_nothing_is_run_in_a_session(station: Station, phone: FlaskClient, what: str) -> None:
    station.runner.post(ButtonDown(Source.SCREEN))
    station.runner.post(ButtonUp(Source.SCREEN))
    status, told = run(phone, what)
    assert status == 409
    assert "A session is running. Try again when it is over." in told


@pytest.mark.parametrize("what", ["screen", "touch"])
def test_what_the_page_does_by_itself_the_station_does_not(panel: FlaskClient, what: str) -> None:
    assert run(panel, what)[0] == 409


def test_the_button_alone_says_whether_it_works(panel: FlaskClient) -> None:
    assert panel.post("/staff/test/button/result", json={"passed": True}).status_code == 409
    assert panel.post("/staff/test/button/end", json={}).status_code == 409


@pytest.mark.parametrize("path", ["light/run", "button/run", "light/result", "button/end"])
def test_another_site_runs_and_keeps_nothing(panel: FlaskClient, tmp_path: Path, path: str) -> None:
    for origin in ("http://evil.example", "null"):
        answer = panel.post(
            f"/staff/test/{path}", json={"passed": True}, headers={"Origin": origin}
        )
        assert answer.status_code == 403
    assert panel.post(f"/staff/test/{path}", data="{}").status_code == 415
    assert not (tmp_path / RESULTS_FILE).exists()


@pytest.mark.parametrize("path", ["light/run", "button/run", "light/result", "button/end"])
def test_whoever_is_not_signed_in_runs_and_keeps_nothing(panel: FlaskClient, path: str) -> None:
    panel.post("/staff/sign-out", json={})
    assert panel.post(f"/staff/test/{path}", json={}).status_code == 401
    assert panel.get("/staff/test/light").location == "/staff/enter"


def test_a_button_that_gets_stuck_in_its_test_is_told_to_members_and_is_no_press(
    station: Station, panel: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    run(panel, "button")
    mock(station).drive(Edge.DOWN)
    assert until(lambda: look(panel)["down"] is True)
    contact = station.panel._contact  # type: ignore[attr-defined] # nothing waits 30 s here
    contact._stuck = True
    contact._on_stuck()
    assert station.runner.state.stuck
    assert station.runner.state.press is None
    assert station.runner.state.status is Status.ATTRACT
    mock(station).drive(Edge.UP)
    assert until(lambda: not station.runner.state.stuck)
    assert station.runner.state.status is Status.ATTRACT
    panel.post("/staff/test/button/leave", json={})
    press(station)
    assert until(lambda: station.runner.state.status is Status.RUNNING)


def test_what_has_no_pin_or_is_switched_off_cannot_be_run() -> None:
    health = PanelHealth(
        "gpiod", PartStatus.FAILED, PartStatus.ABSENT, PartStatus.OK, problem="GPIO17 is in use."
    )
    assert wanted(health) == [
        PanelTest.LIGHT,
        PanelTest.BUTTON,
        PanelTest.SCREEN,
        PanelTest.TOUCH,
    ]
    told = {test: obstacle(test, health, Doorway.PANEL) for test in PanelTest}
    assert told[PanelTest.BUTTON] == "GPIO17 is in use."
    assert told[PanelTest.BUZZER] == told[PanelTest.LOUDNESS] == "Switched off in the settings."
    assert told[PanelTest.LIGHT] is told[PanelTest.SCREEN] is told[PanelTest.TOUCH] is None
