"""The routes: what they answer, and how they refuse what is wrong."""

import contextlib
import gzip
import html
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk.core.cues import Cue
from kiosk.core.session import ButtonDown, Rules, Status
from kiosk.main.setup import Setup
from kiosk.main.station import Station, build
from kiosk.ports.panel import Fault
from kiosk.runner import Change
from kiosk.settings.shapes import PanelSection, Settings, StationSection
from tests.drivers.clocks import FakeClock
from tests.drivers.threads import until


def press(client: FlaskClient, clock: Any) -> None:
    clock.time += 1
    answer = client.post("/api/button", json={"action": "press"})
    assert answer.status_code == 200


def test_the_session_of_an_idle_station(client: FlaskClient) -> None:
    assert client.get("/api/session").json == {
        "version": 0,
        "status": "attract",
        "routine": "psoas-release",
        "language": "en",
        "step": None,
        "remaining": None,
        "ledger": {"left": 0, "right": 0},
        "choices": {"side": "right", "seconds": 120},
        "ignored_presses": 0,
    }


def test_the_session_in_a_hold(client: FlaskClient, clock: Any) -> None:
    for _ in range(8):
        press(client, clock)
    clock.time += 10
    session = client.get("/api/session").json
    assert session is not None
    assert session["step"] == {
        "index": 7,
        "of": 22,
        "id": "settle",
        "kind": "hold",
        "side": "right",
        "seconds": 30,
        "headline": "Let it settle",
    }
    assert session["remaining"] == 20
    assert session["ledger"] == {"left": 0, "right": 10}


def test_down_then_up_is_a_press_and_hold_is_weight_off(
    client: FlaskClient, station: Station, clock: Any
) -> None:
    clock.time += 1
    client.post("/api/button", json={"action": "down"})
    assert station.runner.state.status is Status.RUNNING
    client.post("/api/button", json={"action": "up"})
    press(client, clock)
    client.post("/api/button", json={"action": "hold"})
    assert station.runner.state.status is Status.PAUSED


def test_the_pictures_of_the_routines_are_shown_page_by_page(
    client: FlaskClient, station: Station, clock: Any
) -> None:
    press(client, clock)
    assert client.post("/api/routines", json={"page": 1}).status_code == 200
    assert client.get("/api/session").json["status"] == "choosing"  # type: ignore[index] # it has a body
    wrong = client.post("/api/routines", json={"page": 3})
    assert wrong.status_code == 400
    assert wrong.json == {"error": "page: found 3. It must be from 0 to 2."}
    assert client.post("/api/choose", json={"routine": "foot-ball"}).status_code == 200
    assert station.runner.state.choices.routine == "foot-ball"


def test_pictures_that_cannot_be_shown_are_refused_with_the_reason(
    tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    settings = Settings(
        station=StationSection(data=str(tmp_path)), panel=PanelSection(hardware="mock")
    )
    alone = replace(rules, offered=("psoas-release",))
    with contextlib.ExitStack() as stack:
        client = build(Setup(settings, alone), stack, clock).app.test_client()
        client.environ_base["HTTP_ORIGIN"] = "http://localhost"
        one = client.post("/api/routines", json={})
        assert (one.status_code, one.json) == (409, {"error": "No other routine is offered."})
        other = client.post("/api/choose", json={"routine": "foot-ball"})
        assert other.status_code == 400
        assert other.json == {
            "error": "routine not offered: 'foot-ball'. It must be one of: no-pressure-psoas, "
            "psoas-release."
        }
        for _ in range(8):
            press(client, clock)
        assert client.post("/api/routines", json={}).status_code == 409


def test_the_names_of_the_languages_are_shown_if_there_are_several(
    tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    settings = Settings(
        station=StationSection(data=str(tmp_path)), panel=PanelSection(hardware="mock")
    )
    several = replace(rules, languages=("en", "ar"))
    with contextlib.ExitStack() as stack:
        client = build(Setup(settings, several), stack, clock).app.test_client()
        client.environ_base["HTTP_ORIGIN"] = "http://localhost"
        press(client, clock)
        assert client.post("/api/languages", json={}).status_code == 200
        assert client.get("/api/session").json["status"] == "languages"  # type: ignore[index] # it has a body
        assert client.post("/api/choose", json={"language": "ar"}).status_code == 200
        session = client.get("/api/session").json
        assert session is not None
        assert (session["status"], session["language"]) == ("running", "ar")
        for _ in range(8):
            press(client, clock)
        assert client.post("/api/languages", json={}).status_code == 409


def test_names_of_languages_are_refused_if_there_is_only_one(
    client: FlaskClient, clock: Any
) -> None:
    press(client, clock)
    alone = client.post("/api/languages", json={})
    assert (alone.status_code, alone.json) == (409, {"error": "No other language is offered."})


def test_back_goes_back(client: FlaskClient, station: Station, clock: Any) -> None:
    press(client, clock)
    press(client, clock)
    assert client.post("/api/back", json={}).status_code == 200
    assert station.runner.state.index == 0


def test_choices_are_taken_and_refused_with_the_reason(client: FlaskClient, clock: Any) -> None:
    assert client.post("/api/choose", json={"side": "left", "seconds": 60}).status_code == 200
    answer = client.post("/api/choose", json={"seconds": 61})
    assert answer.status_code == 400
    assert answer.json == {"error": "no such seconds: '61'. It must be one of: 60, 90, 120, 180."}
    answer = client.post("/api/choose", json={"routine": "yoga"})
    assert "psoas-release, no-pressure-psoas" in answer.text
    answer = client.post("/api/choose", json={"language": "xx"})
    assert "'xx'. It must be one of: en" in answer.text
    for _ in range(8):
        press(client, clock)
    assert client.post("/api/choose", json={"side": "right"}).status_code == 409


def test_a_refused_language_is_answered_with_those_of_the_routine_in_the_same_choice(
    tmp_path: Path, rules: Rules, clock: FakeClock
) -> None:
    english = rules.routines["psoas-release"]
    german = replace(english, id="german", texts={"de": english.texts["en"]})
    routines = {**rules.routines, german.id: german}
    settings = Settings(
        station=StationSection(data=str(tmp_path)), panel=PanelSection(hardware="mock")
    )
    with contextlib.ExitStack() as stack:
        station = build(
            Setup(
                settings,
                replace(rules, routines=routines, offered=("german",), languages=("en", "de")),
            ),
            stack,
            clock,
        )
        client = station.app.test_client()
        client.environ_base["HTTP_ORIGIN"] = "http://localhost"
        answer = client.post("/api/choose", json={"routine": "german", "language": "en"})
    assert answer.json == {"error": "no such language: 'en'. It must be one of: de."}


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("/api/button", b"{", "The body is not JSON"),
        ("/api/button", b"\xff\xfe", "The body is not JSON"),
        ("/api/button", b"[]", "found []"),
        ("/api/button", b"{}", "action is missing"),
        ("/api/button", b'{"action": "kick"}', "must be one of: down, hold, press, up"),
        ("/api/button", b'{"action": 3}', "found 3"),
        ("/api/button", b'{"action": "up", "x": 1}', "x is not known here"),
        ("/api/choose", b'{"side": "middle"}', "must be one of: left, right"),
        ("/api/choose", b'{"seconds": "many"}', "found 'many'"),
        ("/api/choose", b'{"seconds": 1e400}', "The body is not JSON"),
        ("/api/back", b"null", "found None"),
        ("/api/mock/button", b'{"level": 0}', "found 0"),
        ("/api/mock/fault", b'{"fault": "fire"}', "one of: bounce, dead, none, stuck"),
    ],
)
def test_a_body_of_the_wrong_shape_is_explained(
    client: FlaskClient, path: str, body: bytes, says: str
) -> None:
    answer = client.post(path, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json is not None
    assert says in answer.json["error"]


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    answer = client.post("/api/button", data=b" " * 5000, content_type="application/json")
    assert answer.status_code == 413
    assert answer.json is not None


@pytest.mark.parametrize(
    ("headers", "status", "says"),
    [
        ({"Origin": "http://evil.example"}, 403, "Origin: found 'http://evil.example'"),
        ({"Origin": "null"}, 403, "Origin: found 'null'"),
        ({"Origin": "https://localhost"}, 403, "Origin"),
        ({"Host": "evil.example"}, 421, "server.allowed_hosts"),
        ({"Host": "evil.example:8080"}, 421, "This station is not called 'evil.example'"),
        ({"Content-Type": "text/plain"}, 415, "must be 'application/json'"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "application/json"),
    ],
)
def test_a_post_from_elsewhere_is_refused(
    client: FlaskClient, station: Station, headers: dict[str, str], status: int, says: str
) -> None:
    given = {"Content-Type": "application/json", **headers}
    answer = client.post("/api/button", data=b'{"action": "down"}', headers=given)
    assert answer.status_code == status
    assert answer.json is not None
    assert says in answer.json["error"]
    assert station.runner.state.status is Status.ATTRACT


def test_a_post_without_an_origin_is_refused(station: Station) -> None:
    answer = station.app.test_client().post("/api/button", json={"action": "down"})
    assert answer.status_code == 403
    assert answer.json == {"error": "Origin is missing. Send the station's own address in it."}


@pytest.mark.parametrize("path", ["/nothing", "/static/../kiosk/cli.py", "/api"])
def test_an_address_that_is_not_there_is_json_too(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["error"]


def test_a_wrong_method_is_json_too(client: FlaskClient) -> None:
    assert client.get("/api/button").status_code == 405
    assert client.post("/api/session", json={}).status_code == 405


def test_every_answer_carries_the_security_headers(client: FlaskClient) -> None:
    for path in (
        "/",
        "/api/session",
        "/nothing",
        "/page.css",
        "/page.js",
        "/figures/straighten.css",
        "/static/station/main.js",
    ):
        answer = client.get(path)
        headers = answer.headers
        answer.close()
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in headers


def test_the_health_of_a_station_that_is_well(client: FlaskClient) -> None:
    health = client.get("/healthz").json
    assert health is not None
    assert health["status"] == "ok"
    assert health["hardware"]["factory"] == "mock"


def test_a_button_that_gets_stuck_is_heard_and_seen_while_touch_goes_on(
    client: FlaskClient, station: Station, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hardware.contact.STUCK_AFTER", 0.01)
    heard: list[Change] = []
    station.runner.listen(heard.append)
    assert station.panel.mock is not None
    station.panel.mock.play_fault(Fault.STUCK)
    assert until(lambda: heard and heard[-1].cue is Cue.STUCK)
    assert b"Button stuck: touch anywhere" in client.get("/").data
    assert client.get("/healthz").json["hardware"]["button"] == "stuck"  # type: ignore[index]
    before = station.runner.state.index
    press(client, clock)
    assert station.runner.state.index == before + 1
    station.panel.mock.play_fault(Fault.NONE)
    assert until(lambda: not station.runner.state.stuck)
    assert heard[-1].cue is None


def test_a_station_that_cannot_save_says_so_at_rest_and_keeps_it_from_the_member(
    tmp_path: Path, rules: Rules, clock: Any
) -> None:
    (tmp_path / "file").touch()
    settings = Settings(
        station=StationSection(data=str(tmp_path / "file")), panel=PanelSection(hardware="mock")
    )
    with contextlib.ExitStack() as stack:
        station = build(Setup(settings, rules), stack, clock)
        client = station.app.test_client()
        health = client.get("/healthz").json
        assert health is not None
        assert health["status"] == "degraded"
        assert health["store"]["saving"] is False
        assert "cannot be made" in health["store"]["problem"]
        assert "Sessions are not being saved" in client.get("/").text
        station.runner.post(ButtonDown())
        assert "Sessions are not being saved" not in client.get("/").text


def test_the_mock_can_be_driven_and_read(client: FlaskClient, station: Station) -> None:
    assert station.panel.mock is not None
    assert station.panel.mock.pins().moved_at is None
    before = time.monotonic()
    answer = client.post("/api/mock/button", json={"level": "down"})
    assert answer.json is not None
    button = answer.json["button"]
    assert before <= button.pop("moved_at") <= time.monotonic()
    assert button == {"pin": 17, "down": True}
    assert station.runner.state.status is Status.RUNNING
    client.post("/api/mock/button", json={"level": "up"})
    answer = client.post("/api/mock/fault", json={"fault": "dead"})
    assert answer.json is not None
    assert answer.json["fault"] == "dead"
    read = client.get("/api/mock").json
    assert read is not None
    assert read["fault"] == "dead"
    assert read.keys() == answer.json.keys()


def test_the_page_is_whole_before_any_script_runs(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<html lang="en" dir="ltr">' in page
    assert "Press the button to start" in page
    assert "<script>" not in page
    assert "style=" not in page


def test_text_is_gzipped_for_a_client_that_takes_it(client: FlaskClient) -> None:
    for path in ("/", "/page.css", "/page.js", "/static/station/main.js"):
        plain = client.get(path)
        small = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(small.data) == plain.data
        assert small.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        plain.close()
        small.close()


def test_the_kiosks_page_and_no_other_sends_signs_of_life(client: FlaskClient) -> None:
    for address, wanted in (("/?kiosk", True), ("/", False)):
        script = re.findall(r'src="(/page\.js[^"]*)"', client.get(address).text)[0]
        assert ("/api/painted" in client.get(html.unescape(script)).text) is wanted
    assert client.post("/api/painted", json={}).status_code == 200
    assert client.post("/api/painted", json={"when": 1}).status_code == 400
