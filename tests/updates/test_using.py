"""Root asks a real station whether somebody uses it."""

import json
import urllib.request
from pathlib import Path

import pytest

from kiosk.updates.using import is_in_use
from tests.drivers.processes import live_station
from tests.drivers.updates import Appliance

pytestmark = pytest.mark.process


def test_a_session_at_a_real_station_is_noticed(tmp_path: Path, appliance: Appliance) -> None:
    with live_station(tmp_path / "data") as station:
        (appliance.places.runtime / "address").write_text(f"{station.url}\n")
        assert not is_in_use(appliance.places.runtime)
        press = urllib.request.Request(
            f"{station.url}/api/button",
            json.dumps({"action": "press"}).encode(),
            {"Content-Type": "application/json", "Origin": station.url},
        )
        with urllib.request.urlopen(press) as answer:
            assert answer.status < 300
        assert is_in_use(appliance.places.runtime)
