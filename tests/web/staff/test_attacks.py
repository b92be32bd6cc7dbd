"""Somebody in the gym's network, or at the panel, who wants to come in without the PIN."""

import contextlib
import logging
import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import Rules
from kiosk.main.station import Station, build
from kiosk.staff.door import StaffDoor, Verdict
from kiosk.staff.doorway import Doorway
from kiosk.staff.pin import StoredPin
from tests.drivers.clocks import FakeClock
from tests.drivers.staff import PIN, THERE, WRONG, in_a_gym, in_the_network, keep_pin
from tests.drivers.threads import until
from web.staff.visitors import COOKIE

DAY = 24 * 3600


def sign_in(client: FlaskClient, pin: str = PIN) -> int:
    return client.post("/staff/sign-in", json={"pin": pin}).status_code


def is_in(client: FlaskClient) -> bool:
    return client.get("/staff/").status_code == 200


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie(COOKIE, domain="192.168.7.2")
    assert cookie is not None
    return cookie.value


def with_cookie(station: Station, value: str) -> FlaskClient:
    """Another browser in the network that sends `value`."""
    client = in_the_network(station)
    client.set_cookie(COOKIE, value, domain="192.168.7.2")
    return client


def test_guessing_for_a_day_with_restarts_and_new_addresses_gets_few_tries(
    tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    keep_pin(tmp_path)
    looked_at = 0
    for hour in range(24):  # the station is started anew each hour
        with contextlib.ExitStack() as stack:
            station = build(in_a_gym(tmp_path, rules), stack, clock)
            for minute in range(60):
                guesser = in_the_network(station, f"192.168.{hour}.{minute}")
                looked_at += sign_in(guesser, WRONG) == 403
                clock.advance(60)
    assert 8 <= looked_at <= 15


def test_guessing_at_the_panel_for_a_day_gets_a_hundred_tries(
    tmp_path: Path, clock: FakeClock
) -> None:
    keep_pin(tmp_path)
    door = StaffDoor(tmp_path, clock)
    looked_at = 0
    for _ in range(DAY // 10):
        looked_at += door.sign_in(WRONG, Doorway.PANEL).verdict is Verdict.WRONG
        clock.advance(10)
    assert 90 <= looked_at <= 110


def test_power_that_is_cut_while_a_try_is_looked_at_makes_it_a_wrong_one(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_pin(tmp_path)

    def cut(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(StoredPin, "is_made_of", cut)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            StaffDoor(tmp_path, clock).sign_in(WRONG, Doorway.NETWORK)
    assert StaffDoor(tmp_path, clock).sign_in(PIN, Doorway.NETWORK).verdict is Verdict.WAIT


def test_many_connections_at_once_get_one_look(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_pin(tmp_path)
    door = StaffDoor(tmp_path, clock)
    all_asked = threading.Event()
    looks = []

    def slow(_pin: StoredPin, digits: str) -> bool:
        looks.append(digits)
        assert all_asked.wait(10)
        return False

    monkeypatch.setattr(StoredPin, "is_made_of", slow)
    verdicts: list[Verdict] = []
    first = threading.Thread(
        target=lambda: verdicts.append(door.sign_in(WRONG, Doorway.NETWORK).verdict)
    )
    first.start()
    assert until(lambda: looks)
    busy = [door.sign_in(WRONG, doorway).verdict for doorway in Doorway for _ in range(50)]
    all_asked.set()
    first.join()
    assert set(busy) == {Verdict.BUSY}
    assert verdicts == [Verdict.WRONG]
    assert len(looks) == 1


def test_whoever_guesses_in_the_network_keeps_nobody_out_at_the_panel(
    station: Station, panel: FlaskClient, phone: FlaskClient, clock: FakeClock
) -> None:
    for _ in range(200):
        sign_in(phone, WRONG)
        clock.advance(60)
    assert sign_in(phone) == 429
    assert sign_in(panel) == 200
    assert station.app.test_client().get("/").status_code == 200


@pytest.mark.usefixtures("station")
def test_the_right_pin_makes_the_tries_before_it_forgotten(phone: FlaskClient) -> None:
    for _ in range(10):
        assert [sign_in(phone, WRONG), sign_in(phone, WRONG), sign_in(phone)] == [403, 403, 200]


@pytest.mark.usefixtures("station")
def test_the_cookie_is_for_no_script_and_no_other_site(phone: FlaskClient) -> None:
    answer = phone.post("/staff/sign-in", json={"pin": PIN})
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Max-Age" not in cookie  # it is gone with the browser


def test_a_cookie_from_before_the_sign_in_is_worth_nothing_after_it(
    station: Station, phone: FlaskClient
) -> None:
    """Session fixation: somebody else has put the cookie there and knows it."""
    attacker = in_the_network(station, "192.168.7.66")
    sign_in(attacker)
    planted = cookie_of(attacker)
    phone.set_cookie(COOKIE, planted, domain="192.168.7.2")
    assert sign_in(phone) == 200
    assert cookie_of(phone) != planted
    assert is_in(phone)
    assert not is_in(with_cookie(station, planted))


@pytest.mark.parametrize("made_up", ["", "x", "x.y", "a" * 43, "None.None", "é"])
def test_a_cookie_that_the_station_has_not_signed_is_nobodys(
    station: Station, made_up: str
) -> None:
    assert not is_in(with_cookie(station, made_up))


def test_a_cookie_whose_id_was_changed_is_nobodys(station: Station, phone: FlaskClient) -> None:
    sign_in(phone)
    visit, _, signature = cookie_of(phone).rpartition(".")
    assert is_in(with_cookie(station, f"{visit}.{signature}"))
    other = visit[:-1] + ("A" if visit[-1] != "A" else "B")
    assert not is_in(with_cookie(station, f"{other}.{signature}"))


def test_a_cookie_is_worth_nothing_after_the_sign_out(station: Station, phone: FlaskClient) -> None:
    sign_in(phone)
    stolen = cookie_of(phone)
    assert is_in(with_cookie(station, stolen))
    phone.post("/staff/sign-out", json={})
    assert not is_in(with_cookie(station, stolen))
    assert with_cookie(station, stolen).get("/").status_code == 303


@pytest.mark.usefixtures("station")
def test_a_cookie_is_worth_nothing_after_a_restart(
    phone: FlaskClient, tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    sign_in(phone)
    stolen = cookie_of(phone)
    with contextlib.ExitStack() as stack:
        assert not is_in(with_cookie(build(in_a_gym(tmp_path, rules), stack, clock), stolen))


def test_a_cookie_of_the_panel_opens_nothing_in_the_network(
    station: Station, panel: FlaskClient
) -> None:
    sign_in(panel)
    cookie = panel.get_cookie(COOKIE)
    assert cookie is not None
    assert is_in(panel)
    assert not is_in(with_cookie(station, cookie.value))


@pytest.mark.usefixtures("station")
@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"{THERE}.evil.example", ""])
@pytest.mark.parametrize(
    "path", ["/staff/sign-in", "/staff/choose", "/staff/pin", "/staff/sign-out"]
)
def test_another_site_can_post_nothing(phone: FlaskClient, origin: str, path: str) -> None:
    sign_in(phone)
    answer = phone.post(path, json={"pin": PIN}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert is_in(phone)


@pytest.mark.usefixtures("station")
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "192.168.7.2.evil.example"])
def test_a_name_that_is_not_the_stations_gets_nothing(phone: FlaskClient, host: str) -> None:
    """DNS rebinding: another site's name leads to the station."""
    for path in ("/staff/enter", "/"):
        assert phone.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.usefixtures("station")
def test_no_pin_gets_into_a_log_or_an_answer(
    phone: FlaskClient,
    panel: FlaskClient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    told = [
        client.post("/staff/sign-in", json=body).text
        for client in (phone, panel)
        for body in (
            {"pin": PIN},
            {"pin": WRONG},
            {"pin": [WRONG]},
            {"pni": WRONG},
            {"pin": 480918},
        )
    ]
    told.append(panel.post("/staff/choose", json={"pin": WRONG}).text)
    told += [
        client.post("/staff/pin", json=body).text
        for client in (phone, panel)
        for body in (
            {"pin": WRONG, "new_pin": WRONG},
            {"pin": PIN, "new_pin": WRONG[:5]},
            {"pin": WRONG, "new_pin": [PIN]},
            {"pin": PIN, "new_pin": WRONG},
        )
    ]
    assert [text for text in [*told, caplog.text] if "48091" in text] == []


@pytest.mark.usefixtures("station")
def test_a_body_that_is_too_large_is_not_read(phone: FlaskClient) -> None:
    answer = phone.post("/staff/sign-in", json={"pin": "4" * 5000})
    assert answer.status_code == 413
