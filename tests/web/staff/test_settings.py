"""Staff change the settings that matter, and the station takes them over."""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import ButtonDown, Rules
from kiosk.main.station import Observers, Station, build
from kiosk.settings.fallback import KEPT_FILE
from kiosk.settings.fields import fields
from kiosk.settings.loading import parse_settings
from kiosk.settings.shapes import Settings
from kiosk.staff.pin_file import PIN_FILE
from tests.drivers.clocks import FakeClock
from tests.drivers.staff import PIN, at_the_panel, in_a_gym, in_the_network, keep_pin
from web.staff.settings_form import GROUPS, NOT_SHOWN


class Desk:
    """Somebody signed in at a station, its settings file, and how often it took them anew."""

    def __init__(self, station: Station, file: Path, taken: list[None]) -> None:
        self.station = station
        self.file = file
        self._taken = taken
        self.client = signed_in(at_the_panel(station))

    @property
    def times_taken(self) -> int:
        return len(self._taken)

    def edition(self) -> str:
        page = self.client.get("/staff/settings").text
        return page.partition('data-edition="')[2].partition('"')[0]

    def change(self, **changes: object) -> tuple[int, Any]:
        """Set each value, a name for example ``station__side``."""
        named = {name.replace("__", "."): value for name, value in changes.items()}
        answer = self.client.post(
            "/staff/settings", json={"edition": self.edition(), "changes": named}
        )
        return answer.status_code, answer.json

    def settings(self) -> Settings:
        return parse_settings(self.file.read_bytes(), "")


def signed_in(client: FlaskClient) -> FlaskClient:
    assert client.post("/staff/sign-in", json={"pin": PIN}).status_code == 200
    return client


@pytest.fixture
def desk(tmp_path: Path, rules: Rules, clock: FakeClock) -> Iterator[Desk]:
    keep_pin(tmp_path)
    file = tmp_path / "config.toml"
    file.write_text('# Ours.\n[station]\nside = "left"\n')
    taken: list[None] = []
    setup = replace(in_a_gym(tmp_path, rules), file=file)
    with contextlib.ExitStack() as stack:
        observers = Observers(take_anew=lambda: taken.append(None))
        yield Desk(build(setup, stack, clock, observers), file, taken)


def test_every_setting_is_on_the_page_or_left_to_the_file_for_a_reason() -> None:
    shown = [told.place for group in GROUPS.values() for told in group]
    left = [place for places in NOT_SHOWN.values() for place in places]
    assert sorted([*shown, *left]) == sorted(fields())


def test_a_change_is_written_and_taken_over(desk: Desk) -> None:
    status, told = desk.change(station__side="right", screen__rotation=90)
    assert (status, told["now"]) == (200, True)
    assert desk.file.read_text().startswith('# Ours.\n[station]\nside = "right"\n')
    assert desk.settings().screen.rotation == 90
    assert desk.times_taken == 1


def test_whoever_has_saved_can_go_on_without_a_new_look(desk: Desk) -> None:
    edition = desk.edition()
    for side in ("right", "left"):
        body = {"edition": edition, "changes": {"station.side": side}}
        answer: Any = desk.client.post("/staff/settings", json=body).json
        edition = answer["edition"]
        assert desk.settings().station.side == side


def test_while_a_session_runs_it_says_that_the_change_waits(desk: Desk) -> None:
    changes = {"edition": desk.edition(), "changes": {"panel.quiet": True}}
    desk.station.runner.post(ButtonDown())
    visitor = signed_in_again(desk)
    answer: Any = visitor.post("/staff/settings", json=changes).json
    assert answer["now"] is False
    assert desk.settings().panel.quiet


def signed_in_again(desk: Desk) -> FlaskClient:
    """Somebody in the network, since a session has ended the visit at the panel."""
    return signed_in(in_the_network(desk.station))


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("station__side", "up", "station.side"),
        ("station__routine", "nonsense", "It must be one of"),
        ("station__seconds", 61, "station.seconds"),
        ("station__offered", ["nonsense"], "station.offered"),
        ("station__offered_languages", ["en", "en"], "twice"),
        ("screen__viewing_distance_m", 50, "from 0.5 to 5"),
        ("screen__off_from", "22:00", "go together"),
        ("station__name", "x" * 41, "40 characters"),
        ("server__staff_pin", "135790", "no setting"),
        ("panel__button_pin", 4, "no setting"),
        ("station", "x", "no setting"),
    ],
)
def test_what_the_station_could_not_run_on_is_refused_with_the_reason(
    desk: Desk, name: str, value: object, told: str
) -> None:
    before = desk.file.read_text()
    status, answer = desk.change(**{name: value})
    assert status == 400
    assert told in answer["error"]
    assert (desk.file.read_text(), desk.times_taken) == (before, 0)


@pytest.mark.parametrize("changes", [[], {"station.side": {"x": 1}}, "x", {"station.side": [1]}])
def test_what_is_no_change_at_all_is_refused(desk: Desk, changes: object) -> None:
    body = {"edition": desk.edition(), "changes": changes}
    assert desk.client.post("/staff/settings", json=body).status_code == 400


def test_what_is_emptied_takes_back_what_is_built_in(desk: Desk) -> None:
    desk.change(station__name="Mat 2", screen__off_from="22:00", screen__off_until="06:00")
    desk.change(station__name=None, screen__off_from=None, screen__off_until=None)
    assert desk.settings().station.name is None
    assert desk.settings().screen.off_from is None


def test_all_routines_in_their_order_are_no_list_so_that_new_ones_come_in(
    desk: Desk, rules: Rules
) -> None:
    every = list(rules.routines)
    desk.change(station__offered=every[::-1])
    assert desk.settings().station.offered == tuple(every[::-1])
    desk.change(station__offered=every)
    assert desk.settings().station.offered is None


def test_a_change_is_taken_back(desk: Desk) -> None:
    before = desk.file.read_text()
    desk.change(station__side="right")
    answer = desk.client.post("/staff/settings/undo", json={"edition": desk.edition()})
    assert answer.status_code == 200
    assert (desk.file.read_text(), desk.times_taken) == (before, 2)


def test_a_change_to_a_file_of_before_is_refused(desk: Desk) -> None:
    edition = desk.edition()
    desk.change(station__side="right")
    body = {"edition": edition, "changes": {"station.side": "left"}}
    answer = desk.client.post("/staff/settings", json=body)
    assert "by somebody else" in answer.text


def test_what_one_station_exports_another_imports(desk: Desk) -> None:
    exported = desk.client.get("/staff/settings/export")
    assert "attachment" in exported.headers["Content-Disposition"]
    desk.change(station__side="right")
    body = {"edition": desk.edition(), "name": "mat-1.toml", "content": exported.text}
    assert desk.client.post("/staff/settings/import", json=body).status_code == 200
    assert desk.settings().station.side == "left"


@pytest.mark.parametrize("content", ["[station", "PK\x03\x04", "\0", "x = 1", "[[station]]\n" * 9])
def test_an_import_that_is_no_settings_file_changes_nothing(desk: Desk, content: str) -> None:
    before = desk.file.read_text()
    body = {"edition": desk.edition(), "name": "../../etc/passwd", "content": content}
    answer = desk.client.post("/staff/settings/import", json=body)
    assert answer.status_code == 400
    assert "../../etc/passwd" in answer.text
    assert desk.file.read_text() == before


def test_an_import_without_end_is_cut_off(desk: Desk) -> None:
    body = {"edition": desk.edition(), "name": "x", "content": "#" * 70_000}
    assert desk.client.post("/staff/settings/import", json=body).status_code == 413


def test_an_import_leaves_what_belongs_to_this_station_alone(desk: Desk) -> None:
    desk.file.write_text('[station]\nname = "Mat 2"\n[panel]\nbutton_pin = 5\n')
    other = '[station]\nname = "Mat 1"\nside = "right"\n[panel]\nbutton_pin = 6\nquiet = true\n'
    body = {"edition": desk.edition(), "name": "mat-1.toml", "content": other}
    assert desk.client.post("/staff/settings/import", json=body).status_code == 200
    settings = desk.settings()
    assert (settings.station.name, settings.panel.button_pin) == ("Mat 2", 5)
    assert (settings.station.side, settings.panel.quiet) == ("right", True)


def test_a_wrong_file_cannot_be_replaced_where_nobody_knows_what_is_wired(desk: Desk) -> None:
    desk.file.write_text("[station\n")
    body = {"edition": desk.edition(), "name": "x.toml", "content": "[station]\n"}
    assert desk.client.post("/staff/settings/import", json=body).status_code == 400
    assert desk.file.read_text() == "[station\n"


def test_a_wrong_file_is_told_and_can_be_replaced_by_an_import(desk: Desk) -> None:
    (desk.file.parent / KEPT_FILE).write_text("[panel]\nbutton_pin = 5\n")
    desk.file.write_text("[station\n")
    assert "is not valid TOML" in desk.client.get("/staff/settings").text
    assert desk.client.get("/staff/settings/export").status_code == 409
    assert desk.change(station__side="left")[0] == 400
    body = {"edition": desk.edition(), "name": "x.toml", "content": "[station]\n"}
    assert desk.client.post("/staff/settings/import", json=body).status_code == 200
    assert desk.settings().panel.button_pin == 5


def test_a_station_without_a_settings_file_says_so(new_station: Station, tmp_path: Path) -> None:
    keep_pin(tmp_path)
    client = signed_in(at_the_panel(new_station))
    assert "without a settings file" in client.get("/staff/settings").text
    assert client.get("/staff/settings/export").status_code == 404
    assert client.post("/staff/settings/undo", json={"edition": "x"}).status_code == 409


def test_nobody_changes_anything_without_the_pin(desk: Desk) -> None:
    edition = desk.edition()
    for client in (at_the_panel(desk.station), in_the_network(desk.station)):
        body = {"edition": edition, "changes": {"station.side": "right"}}
        assert client.post("/staff/settings", json=body).status_code == 401
        assert client.get("/staff/settings/export").status_code in (303, 401)
    assert desk.settings().station.side == "left"


def test_a_name_with_markup_is_text(desk: Desk) -> None:
    desk.change(station__name="<b>Mat</b>")
    page = desk.client.get("/staff/settings").text
    assert "<b>Mat</b>" not in page
    assert "&lt;b&gt;Mat&lt;/b&gt;" in page


def test_settings_by_which_staff_would_be_locked_out_are_refused(desk: Desk) -> None:
    before = desk.file.read_text()
    pin = (desk.file.parent / PIN_FILE).read_bytes()
    for host in ("no-such-name.invalid", "999.1.1.1", "203.0.113.9:80"):
        assert desk.change(server__host=host)[0] == 400, host
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for name, value in (("server__port", port), ("server__staff_pin", "135790")):
            assert desk.change(**{name: value})[0] == 400
    assert (desk.file.read_text(), desk.times_taken) == (before, 0)
    other = '[server]\nhost = "203.0.113.9"\nport = 1\nstaff_pin = "135790"\n'
    body = {"edition": desk.edition(), "name": "evil.toml", "content": other}
    assert desk.client.post("/staff/settings/import", json=body).status_code == 200
    server = desk.settings().server
    assert (server.host, server.port, server.staff_pin) == ("127.0.0.1", 8080, None)
    assert (desk.file.parent / PIN_FILE).read_bytes() == pin
