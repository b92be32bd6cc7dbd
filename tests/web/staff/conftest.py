"""A station in a gym's network with its staff PIN, somebody at its panel, and somebody's phone."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.core.session import Rules
from kiosk.main.station import Station, build
from tests.drivers.clocks import FakeClock
from tests.drivers.staff import at_the_panel, in_a_gym, in_the_network, keep_pin


@pytest.fixture
def new_station(tmp_path: Path, rules: Rules, clock: FakeClock) -> Iterator[Station]:
    """A station at which no PIN has been chosen."""
    with contextlib.ExitStack() as stack:
        yield build(in_a_gym(tmp_path, rules), stack, clock)


@pytest.fixture
def station(new_station: Station, tmp_path: Path) -> Station:
    keep_pin(tmp_path)
    return new_station


@pytest.fixture
def panel(new_station: Station) -> FlaskClient:
    return at_the_panel(new_station)


@pytest.fixture
def phone(new_station: Station) -> FlaskClient:
    return in_the_network(new_station)
