"""Beyond this machine: only for whoever has signed in, only under the station's own names."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import Rules
from kiosk.main.setup import Setup
from kiosk.main.station import Station, build
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


def test_another_machine_is_asked_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/healthz", environ_base={"REMOTE_ADDR": "192.168.7.9"})
    assert answer.status_code == 401
    assert PIN not in answer.text


def test_the_stations_own_screen_is_not_asked(client: FlaskClient) -> None:
    assert client.get("/").status_code == 200


def test_the_settings_and_the_machine_name_the_station(client: FlaskClient) -> None:
    own = socket.gethostname()
    for name in ("mat1.gym", own, f"{own}.local", own.upper(), "192.168.7.2", "[fd00::5]"):
        assert client.get("/", base_url=f"http://{name}:8080").status_code == 200, name
    for name in ("mat2.gym", "mat1.gym.example", f"{own}.example", "1.2.3.4.example"):
        assert client.get("/", base_url=f"http://{name}:8080").status_code == 421, name


def test_a_station_that_only_this_machine_reaches_has_no_names_of_a_network(
    station: Station,
) -> None:
    client = station.app.test_client()
    for name in ("192.168.7.2", f"{socket.gethostname()}.local"):
        assert client.get("/", base_url=f"http://{name}:8080").status_code == 421, name


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
