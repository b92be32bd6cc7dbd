"""The link as part of the station: nothing of it while it is off, and how it is told."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.core.errors import FleetError
from kiosk.main.fleet import check_fleet, machine_numbers
from kiosk.ports.health import FleetHealth
from kiosk.settings.shapes import FleetSection, PanelSection, Settings
from kiosk.updates import station as updates_station
from kiosk.updates.station import Updates
from tests.drivers.broker import Broker, Ear, running, until
from tests.drivers.health import running_station
from tests.drivers.stage import open_stage
from tests.drivers.updates import Appliance, make_package, sign

#: Puts a station together, and prints which modules of the fleet that has loaded.
SCRIPT = """
import contextlib, sys
if sys.argv[3] == "missing":
    sys.modules["paho"] = None
from kiosk.main.rules import library_of, rules_of
from kiosk.main.setup import Setup
from kiosk.main.station import build
from kiosk.ports.clock import SystemClock
from kiosk.settings.shapes import FleetSection, PanelSection, Settings, StationSection

settings = Settings(
    station=StationSection(data=sys.argv[1]),
    panel=PanelSection(hardware="mock"),
    fleet=FleetSection(broker=sys.argv[2] or None, port=9, tls=False),
)
with contextlib.ExitStack() as stack:
    station = build(Setup(settings, rules_of(settings, library_of(settings))), stack, SystemClock())
    health = station.app.test_client().get("/healthz", base_url="http://127.0.0.1").json
    print(health["fleet"] and (health["status"], health["fleet"]["problem"]))
    fleet = ("kiosk.fleet", "paho")
    print("LOADED", *sorted(name for name in sys.modules if name.startswith(fleet)))
"""


def loaded(*arguments: str) -> tuple[str, list[str]]:
    """What healthz says of the link, and the modules of the fleet that a station loads."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, check=True
    )
    *_, told, modules = done.stdout.splitlines()
    return told, modules.split()[1:]


def test_a_station_without_a_broker_loads_nothing_of_the_fleet(tmp_path: Path) -> None:
    assert loaded(str(tmp_path), "", "") == ("None", [])


def test_a_station_whose_client_is_not_installed_runs_and_says_so(tmp_path: Path) -> None:
    told, modules = loaded(str(tmp_path), "127.0.0.1", "missing")
    assert told.startswith("('ok', "), "members need not tell anybody"
    assert 'pip install "matside[fleet]"' in told
    assert "kiosk.fleet.link" not in modules


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with running(tmp_path / "broker") as broker:
        yield broker


def health(address: str) -> Any:
    with urllib.request.urlopen(f"{address}/healthz") as answer:
        return json.load(answer)


def test_a_station_is_linked_and_healthz_tells_it(
    tmp_path: Path, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.fleet.conversation.SPREAD", 0)
    settings = Settings(
        panel=PanelSection(hardware="mock"),
        fleet=FleetSection(broker="127.0.0.1", port=broker.port, tls=False),
    )
    ear = Ear(broker.port, "#")
    with open_stage(tmp_path / "data", settings) as stage:
        until(lambda: health(stage.url)["fleet"]["connected"])
        told = health(stage.url)
        assert told["status"] == "ok"
        station = told["fleet"]["station"]
        stage.press()
        until(lambda: b'"status":"running"' in (ear.on("/state") or [b""])[-1])
        until(lambda: ear.on(f"homeassistant/device/{station}/config"))
    until(lambda: ear.on("/availability")[-1] == b"offline")
    ear.close()


def test_a_signed_package_that_is_brought_is_told_to_home_assistant(
    tmp_path: Path, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    appliance = Appliance(tmp_path / "box")
    monkeypatch.setenv("PATH", appliance.path)
    signers, own = appliance.places.signers, appliance.places.own
    monkeypatch.setattr(updates_station, "Updates", partial(Updates, signers=signers, own=own))
    monkeypatch.setattr("kiosk.fleet.conversation.LOOK_EVERY", 0.1)
    settings = Settings(
        panel=PanelSection(hardware="mock"),
        fleet=FleetSection(broker="127.0.0.1", port=broker.port, tls=False),
    )
    ear = Ear(broker.port, "matside/+/versions")
    with open_stage(tmp_path / "data", settings) as stage:
        until(lambda: ear.heard)
        folder = tmp_path / "data" / "updates"
        folder.mkdir()
        sign(make_package(folder, "99.0.0"), appliance.key)

        def is_told() -> bool:
            stage.wait(1)
            return bool(json.loads(ear.heard[-1][1])["latest"] == "99.0.0")

        until(is_told)
    ear.close()


LINKED = FleetHealth("b", "mat-1", connected=True, protocol="5", problem=None, waiting=3)


def test_the_check_tells_how_the_link_of_the_running_station_is() -> None:
    station = running_station(factory="mock")
    text = check_fleet(replace(station, fleet=LINKED))
    assert text == "mat-1 is linked to b (MQTT 5); 3 sessions wait to be sent"
    assert "once the station runs" in check_fleet(None)
    with pytest.raises(FleetError, match="Restart it"):
        check_fleet(station)
    with pytest.raises(FleetError, match="no answer"):
        check_fleet(replace(station, fleet=replace(LINKED, problem="no answer")))


def test_the_check_says_that_the_client_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "paho", None)
    with pytest.raises(FleetError, match=r'pip install "matside\[fleet\]"'):
        check_fleet(None)


def test_the_numbers_of_a_machine_are_read_where_there_are_some(tmp_path: Path) -> None:
    numbers = machine_numbers(tmp_path, tmp_path)
    assert (numbers.temperature, numbers.low_voltage) == (None, None)
    assert numbers.disk_free is not None
    zone = tmp_path / "sys/class/thermal/thermal_zone0"
    zone.mkdir(parents=True)
    (zone / "type").write_text("cpu-thermal")
    (zone / "temp").write_text("48312")
    assert machine_numbers(tmp_path / "gone", tmp_path).temperature == 48
    assert machine_numbers(tmp_path / "gone", tmp_path).disk_free is None
    (zone / "temp").write_text("hot")
    assert machine_numbers(tmp_path, tmp_path).temperature is None


def test_health_from_before_the_fleet_is_read_too() -> None:
    told = msgspec.to_builtins(running_station(factory="mock"))
    del told["fleet"]
    assert msgspec.convert(told, type(running_station(factory="mock"))).fleet is None
