"""Beyond this machine: only with the staff PIN, only under the station's own names."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import Rules
from kiosk.main.setup import Setup
from kiosk.main.station import build
from kiosk.settings.address import is_loopback
from kiosk.settings.shapes import PanelSection, ServerSection, Settings, StationSection

PIN = "480917"


@pytest.fixture
def client(tmp_path: Path, rules: Rules, clock: Any) -> Iterator[FlaskClient]:
    """A client of a station that listens beyond this machine."""
    settings = Settings(
        station=StationSection(data=str(tmp_path)),
        panel=PanelSection(hardware="mock"),
        server=ServerSection(host="0.0.0.0", staff_pin=PIN, allowed_hosts=("mat1.gym",)),
    )
    with contextlib.ExitStack() as stack:
        yield build(Setup(settings, rules), stack, clock).app.test_client()


def test_another_machine_is_asked_for_the_pin(client: FlaskClient) -> None:
    away = {"REMOTE_ADDR": "192.168.7.9"}
    answer = client.get("/", environ_base=away)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")
    assert PIN not in answer.text
    assert client.get("/", environ_base=away, auth=("staff", PIN)).status_code == 200
    assert client.get("/", environ_base=away, auth=("staff", "000000")).status_code == 401
    assert client.get("/", environ_base=away, auth=("staff", "é")).status_code == 401


def test_the_stations_own_screen_is_not_asked(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200


def test_a_name_from_the_settings_is_the_stations_own(client: FlaskClient) -> None:
    assert client.get("/", base_url="http://mat1.gym:8080").status_code == 200
    assert client.get("/", base_url="http://mat2.gym:8080").status_code == 421


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.4", False),
        ("mat1.gym", False),
        ("", False),
    ],
)
def test_what_counts_as_this_machine(host: str, loopback: bool) -> None:  # noqa: FBT001 - a case
    assert is_loopback(host) is loopback
