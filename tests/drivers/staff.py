"""Staff who want to come in: their PIN, kept at a cost that no test has to wait for."""

import secrets
from pathlib import Path
from typing import Any

import msgspec
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.core.session import Rules
from kiosk.main.setup import Setup
from kiosk.main.station import Station
from kiosk.settings.shapes import PanelSection, ServerSection, Settings, StationSection
from kiosk.staff.pin import StoredPin, _hash
from kiosk.staff.pin_file import PinFile

#: A PIN, and two that are not it.
PIN, WRONG, OTHER = "480917", "480918", "332648"

#: The addresses of a phone in the gym's network, and of a station there.
PHONE, THERE = "192.168.7.9", "http://192.168.7.2:8080"


def keep_pin(directory: Path, digits: str = PIN) -> None:
    """Keep a PIN in the data directory. To hash it costs next to nothing."""
    empty = StoredPin(secrets.token_hex(8), b"salt", b"", blocks=16, turns=1)
    kept = msgspec.structs.replace(empty, hash=_hash(digits, empty))
    PinFile(directory).write(kept)


def in_a_gym(directory: Path, rules: Rules, **server: object) -> Setup:
    """A station on mock hardware that listens on the gym's network."""
    settings = Settings(
        station=StationSection(data=str(directory)),
        panel=PanelSection(hardware="mock", filter_ms=0),
        server=msgspec.convert({"host": "0.0.0.0", **server}, ServerSection),
    )
    return Setup(settings, rules)


def at_the_panel(station: Station) -> FlaskClient:
    """The browser of the station's own screen."""
    client = station.app.test_client()
    client.environ_base["HTTP_ORIGIN"] = "http://localhost"
    return client


class _Phone(FlaskClient):
    """Asks for the station by its address in the network."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        return super().open(*arguments, **{"base_url": THERE, **options})


def in_the_network(station: Station, address: str = PHONE) -> FlaskClient:
    """The browser of a phone in the gym's network."""
    client = _Phone(station.app, station.app.response_class)
    client.environ_base |= {
        "REMOTE_ADDR": address,
        "HTTP_ORIGIN": THERE,
        "HTTP_ACCEPT": "text/html,*/*;q=0.8",
    }
    return client
