"""Another PIN in place of the one that has been used, by somebody who is signed in."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.core.errors import StaffError
from kiosk.core.session import ButtonDown
from kiosk.main.station import Station
from kiosk.staff.pin_file import PinFile
from tests.drivers.clocks import FakeClock
from tests.drivers.staff import OTHER, PIN, THERE, WRONG, at_the_panel, in_the_network
from web.staff.visitors import COOKIE

pytestmark = pytest.mark.usefixtures("station")


def sign_in(client: FlaskClient, pin: str = PIN) -> int:
    return client.post("/staff/sign-in", json={"pin": pin}).status_code


def is_in(client: FlaskClient) -> bool:
    return client.get("/staff/").status_code == 200


def change(client: FlaskClient, old: str = PIN, new: str = OTHER) -> TestResponse:
    return client.post("/staff/pin", json={"pin": old, "new_pin": new})


def opens(directory: Path, pin: str) -> bool:
    kept = PinFile(directory).read()
    assert kept is not None
    return kept.is_made_of(pin)


@pytest.fixture(params=["panel", "phone"])
def client(request: pytest.FixtureRequest) -> FlaskClient:
    """Somebody who is signed in, at the panel or from the network."""
    found: FlaskClient = request.getfixturevalue(request.param)
    assert sign_in(found) == 200
    return found


def test_the_pin_is_changed_and_whoever_changed_it_is_still_signed_in(
    client: FlaskClient, tmp_path: Path
) -> None:
    assert 'data-ask="change"' in client.get("/staff/pin").text
    assert change(client).json == {"go": "/staff/settings"}
    assert opens(tmp_path, OTHER)
    assert is_in(client)
    client.post("/staff/sign-out", json={})
    assert sign_in(client) == 403
    assert sign_in(client, OTHER) == 200


def test_every_other_visit_ends(station: Station, client: FlaskClient) -> None:
    others = [at_the_panel(station), in_the_network(station)]
    for other in others:
        sign_in(other)
    domain = "localhost" if client.get("/staff/").request.host == "localhost" else "192.168.7.2"
    before = client.get_cookie(COOKIE, domain=domain)
    assert before is not None
    change(client)
    assert [is_in(other) for other in others] == [False, False]
    assert is_in(client)
    client.set_cookie(COOKIE, before.value, domain=domain)
    assert not is_in(client)


def test_the_network_goes_on_with_the_new_pin(phone: FlaskClient, panel: FlaskClient) -> None:
    sign_in(panel)
    change(panel)
    assert phone.get("/").location == "/staff/enter"
    assert sign_in(phone, OTHER) == 200
    assert phone.get("/").status_code == 200


def test_a_wrong_old_pin_counts_as_a_wrong_try(
    client: FlaskClient, clock: FakeClock, tmp_path: Path
) -> None:
    for wait in (0, 0, 10):
        answer = change(client, WRONG)
        assert answer.status_code == 403
        assert answer.json == {"error": "That is not the PIN.", "wait": wait}
    answer = change(client)
    assert answer.json == {"error": "Too many wrong PINs.", "wait": 10}
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10")
    assert 'data-wait="10"' in client.get("/staff/pin").text
    assert sign_in(client) == 429
    assert opens(tmp_path, PIN)
    clock.advance(10)
    assert change(client).status_code == 200


def test_wrong_tries_at_the_way_in_count_as_well(client: FlaskClient) -> None:
    for _ in range(2):
        sign_in(client, WRONG)
    answer = change(client, WRONG)
    assert answer.json == {"error": "That is not the PIN.", "wait": 10}


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("000000", "repeats itself"),
        ("123456", "counts up or down"),
        ("4809", "6 to 12 digits"),
        ("", "6 to 12 digits"),
        (PIN, "the old PIN"),
    ],
)
def test_a_new_pin_that_will_not_do_is_refused_and_is_no_wrong_try(
    client: FlaskClient, tmp_path: Path, new: str, why: str
) -> None:
    for _ in range(4):
        answer = change(client, PIN, new)
        assert answer.status_code == 409
        assert why in answer.text
        assert answer.json is not None
        assert answer.json["wait"] == 0
    assert opens(tmp_path, PIN)
    assert is_in(client)


def test_whoever_is_signed_out_changes_nothing(
    panel: FlaskClient, phone: FlaskClient, tmp_path: Path
) -> None:
    for client in (panel, phone):
        assert client.get("/staff/pin").location == "/staff/enter"
        assert change(client).status_code == 401
    assert opens(tmp_path, PIN)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"{THERE}.evil.example"])
def test_another_site_changes_nothing(phone: FlaskClient, tmp_path: Path, origin: str) -> None:
    sign_in(phone)
    answer = phone.post(
        "/staff/pin", json={"pin": PIN, "new_pin": OTHER}, headers={"Origin": origin}
    )
    assert answer.status_code == 403
    assert opens(tmp_path, PIN)


def test_no_pin_is_taken_from_an_address(client: FlaskClient, tmp_path: Path) -> None:
    assert client.post(f"/staff/pin?pin={PIN}&new_pin={OTHER}", json={}).status_code == 400
    assert client.get(f"/staff/pin?pin={PIN}&new_pin={OTHER}").status_code == 200
    assert opens(tmp_path, PIN)


def test_a_pin_that_cannot_be_kept_is_told_and_the_old_one_stays(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StaffError("The card is full.")

    monkeypatch.setattr(PinFile, "write", full)
    answer = change(client)
    assert (answer.status_code, answer.json) == (409, {"error": "The card is full.", "wait": 0})
    assert opens(tmp_path, PIN)
    assert is_in(client)


def test_a_session_at_the_panel_comes_before_another_pin(
    station: Station, panel: FlaskClient, tmp_path: Path
) -> None:
    sign_in(panel)
    station.runner.post(ButtonDown())
    assert change(panel).status_code == 401
    assert opens(tmp_path, PIN)


def test_the_settings_lead_to_it(client: FlaskClient) -> None:
    assert 'href="/staff/pin"' in client.get("/staff/settings").text
