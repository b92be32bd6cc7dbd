"""The way into the staff area and out of it, at the panel and from the gym's network."""

import contextlib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import ButtonDown, ButtonHeld, ButtonUp, Rules, Status
from kiosk.main.kept import Kept
from kiosk.main.staff import StaffArea
from kiosk.main.station import Station, build
from kiosk.staff.pin_file import PIN_FILE, PinFile
from kiosk.staff.visits import IDLE
from tests.drivers.clocks import FakeClock
from tests.drivers.staff import OTHER, PIN, WRONG, at_the_panel, in_a_gym, in_the_network, keep_pin

#: What the network may have before anybody has signed in there.
WAY_IN = {"/staff/enter", "/staff.css", "/static/<path:filename>", "/staff/sign-in"} | {
    "/staff/sign-out"
}


def sign_in(client: FlaskClient, pin: str = PIN) -> int:
    return client.post("/staff/sign-in", json={"pin": pin}).status_code


def is_in(client: FlaskClient) -> bool:
    answer = client.get("/staff/")
    assert answer.status_code in (200, 303)
    return answer.status_code == 200


def test_the_first_visit_at_the_panel_chooses_the_pin(
    new_station: Station, panel: FlaskClient, tmp_path: Path
) -> None:
    assert "Choose a staff PIN" in panel.get("/staff/enter").text
    assert sign_in(panel) == 409
    answer = panel.post("/staff/choose", json={"pin": PIN})
    assert answer.json == {"go": "/staff/"}
    assert is_in(panel)
    kept = PinFile(tmp_path).read()
    assert kept is not None
    assert kept.is_made_of(PIN)
    assert not is_in(at_the_panel(new_station))


@pytest.mark.parametrize("pin", ["123456", "000000", "4809", "", "48091x"])
def test_a_pin_that_will_not_do_cannot_be_chosen(
    panel: FlaskClient, tmp_path: Path, pin: str
) -> None:
    answer = panel.post("/staff/choose", json={"pin": pin})
    assert answer.status_code == 409
    assert "PIN" in answer.text
    assert not pin or pin not in answer.text
    assert not (tmp_path / PIN_FILE).exists()


@pytest.mark.usefixtures("station")
def test_a_pin_is_chosen_once(panel: FlaskClient) -> None:
    assert panel.post("/staff/choose", json={"pin": OTHER}).status_code == 409
    assert sign_in(panel, OTHER) == 403
    assert "Staff PIN" in panel.get("/staff/enter").text
    assert "Choose" not in panel.get("/staff/enter").text


def test_until_then_the_network_gets_one_page_that_says_so(phone: FlaskClient) -> None:
    for path in ("/", "/staff/enter", "/staff/", "/card/psoas-release", "/nothing"):
        answer = phone.get(path)
        assert answer.status_code == 403
        assert "network access is off" in answer.text
    for path in ("/staff/choose", "/staff/sign-in", "/api/button"):
        answer = phone.post(path, json={"pin": PIN})
        assert answer.status_code == 403
        assert answer.json == {"error": "Off until a staff PIN is chosen at the station."}


@pytest.mark.usefixtures("station")
def test_the_network_is_let_in_by_the_pin_and_out_again(phone: FlaskClient) -> None:
    answer = phone.get("/")
    assert (answer.status_code, answer.location) == (303, "/staff/enter")
    assert 'data-ask="sign-in"' in phone.get("/staff/enter").text
    assert sign_in(phone) == 200
    assert is_in(phone)
    assert phone.get("/").status_code == 200
    assert phone.get("/card/psoas-release").status_code == 200
    assert phone.post("/staff/sign-out", json={}).json == {"go": "/staff/enter"}
    assert not is_in(phone)
    assert phone.get("/").status_code == 303


@pytest.mark.usefixtures("station")
def test_whoever_leaves_at_the_panel_comes_back_to_where_members_are(panel: FlaskClient) -> None:
    sign_in(panel)
    assert panel.post("/staff/sign-out", json={}).json == {"go": "/"}
    assert not is_in(panel)


@pytest.mark.usefixtures("station")
def test_a_script_of_the_network_is_told_to_sign_in(phone: FlaskClient) -> None:
    answer = phone.get("/api/session", headers={"Accept": "*/*"})
    assert answer.status_code == 401
    assert answer.json == {"error": "Sign in at /staff first."}
    assert phone.post("/api/button", json={"action": "press"}).status_code == 401


def test_the_network_has_nothing_but_the_way_in(station: Station, phone: FlaskClient) -> None:
    rules = [rule for rule in station.app.url_map.iter_rules() if rule.rule not in WAY_IN]
    assert len(rules) > 10
    for rule in rules:
        path = rule.rule.replace("<name>", "psoas-release").replace("<pose>", "straighten")
        if "GET" in (rule.methods or ()):
            assert phone.get(path).status_code in (303, 404), path
        else:
            assert phone.post(path, json={}).status_code in (401, 404), path


def test_no_page_of_the_staff_area_can_be_had_without_the_pin(
    station: Station, panel: FlaskClient
) -> None:
    rules = [rule for rule in station.app.url_map.iter_rules() if rule.rule.startswith("/staff/")]
    behind = [rule for rule in rules if rule.rule not in WAY_IN | {"/staff/choose"}]
    assert behind
    for rule in behind:
        if "GET" in (rule.methods or ()):
            assert panel.get(rule.rule).location == "/staff/enter", rule.rule
        else:
            assert panel.post(rule.rule, json={}).status_code == 401, rule.rule


@pytest.mark.usefixtures("station")
def test_the_keypad_is_shown_to_whoever_is_signed_in_too(panel: FlaskClient) -> None:
    sign_in(panel)
    assert 'id="keypad"' in panel.get("/staff/enter").text


@pytest.mark.usefixtures("station")
def test_a_visit_is_over_after_a_quarter_of_an_hour_without_a_request(
    panel: FlaskClient, clock: FakeClock
) -> None:
    sign_in(panel)
    for _ in range(3):
        clock.advance(IDLE)
        assert is_in(panel)
    clock.advance(IDLE + 1)
    assert not is_in(panel)


def test_a_session_ends_a_visit_at_the_panel_and_none_in_the_network(
    station: Station, panel: FlaskClient, phone: FlaskClient, clock: FakeClock
) -> None:
    sign_in(panel)
    sign_in(phone)
    station.runner.post(ButtonDown())
    station.runner.post(ButtonUp())
    assert station.runner.state.status is Status.RUNNING
    assert not is_in(panel)
    assert is_in(phone)
    clock.advance(1)
    station.runner.post(ButtonHeld())
    station.runner.post(ButtonHeld())
    assert station.runner.state.status is Status.ATTRACT
    assert not is_in(panel)


def test_nobody_signs_in_at_the_panel_while_a_session_runs(
    station: Station, panel: FlaskClient, phone: FlaskClient
) -> None:
    station.runner.post(ButtonDown())
    assert panel.post("/staff/sign-in", json={"pin": PIN}).json == {
        "error": "A session is running.",
        "wait": 0,
    }
    assert not is_in(panel)
    assert sign_in(phone) == 200


@pytest.mark.usefixtures("station")
def test_new_settings_end_no_visit(tmp_path: Path, rules: Rules, clock: FakeClock) -> None:
    kept = Kept(StaffArea(clock))
    setup = in_a_gym(tmp_path, rules)
    with contextlib.ExitStack() as before:
        station = build(setup, before, clock, kept=kept)
        phone = in_the_network(station)
        sign_in(phone)
    with contextlib.ExitStack() as after:
        phone.application = build(setup, after, clock, kept=kept).app
        assert is_in(phone)


@pytest.mark.usefixtures("station")
def test_another_pin_ends_every_visit(
    panel: FlaskClient, phone: FlaskClient, tmp_path: Path
) -> None:
    sign_in(panel)
    sign_in(phone)
    keep_pin(tmp_path, OTHER)
    assert not is_in(panel)
    assert not is_in(phone)
    assert sign_in(phone) == 403
    assert sign_in(phone, OTHER) == 200


@pytest.mark.usefixtures("station")
def test_a_pin_that_is_forgotten_shuts_the_network_out(phone: FlaskClient, tmp_path: Path) -> None:
    sign_in(phone)
    PinFile(tmp_path).forget()
    assert phone.get("/staff/").status_code == 403


@pytest.mark.usefixtures("station")
def test_a_damaged_file_lets_nobody_in_and_says_what_to_do(
    panel: FlaskClient, phone: FlaskClient, tmp_path: Path
) -> None:
    sign_in(panel)
    (tmp_path / PIN_FILE).write_text("{")
    answer = panel.get("/staff/enter")
    assert answer.status_code == 409
    assert "sudo matside pin set" in answer.text
    assert panel.get("/staff/").status_code == 409
    assert panel.post("/staff/choose", json={"pin": PIN}).status_code == 409
    assert sign_in(panel) == 409
    assert phone.get("/staff/enter").status_code == 403
    assert str(tmp_path) not in phone.get("/staff/enter").text


@pytest.mark.usefixtures("station")
def test_the_keypad_says_how_long_to_wait(panel: FlaskClient, clock: FakeClock) -> None:
    for _ in range(2):
        assert panel.post("/staff/sign-in", json={"pin": WRONG}).json == {
            "error": "That is not the PIN.",
            "wait": 0,
        }
    answer = panel.post("/staff/sign-in", json={"pin": WRONG})
    assert answer.json == {"error": "That is not the PIN.", "wait": 10}
    clock.advance(4.5)
    answer = panel.post("/staff/sign-in", json={"pin": PIN})
    assert answer.json == {"error": "Too many wrong PINs.", "wait": 6}
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "6")
    assert 'data-wait="6"' in panel.get("/staff/enter").text
    clock.advance(5.5)
    assert sign_in(panel) == 200
