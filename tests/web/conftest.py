"""A whole station on mock hardware and a fake clock, and a client of its web side."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import Rules
from kiosk.main.setup import Setup
from kiosk.main.station import Station, build
from kiosk.settings.shapes import PanelSection, Settings, StationSection
from tests.drivers.clocks import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def station(tmp_path: Path, rules: Rules, clock: FakeClock) -> Iterator[Station]:
    settings = Settings(
        station=StationSection(data=str(tmp_path)), panel=PanelSection(hardware="mock", filter_ms=0)
    )
    with contextlib.ExitStack() as stack:
        yield build(Setup(settings, rules), stack, clock)


@pytest.fixture
def client(station: Station) -> FlaskClient:
    """A client that comes from the station's own page."""
    client = station.app.test_client()
    client.environ_base["HTTP_ORIGIN"] = "http://localhost"
    return client
