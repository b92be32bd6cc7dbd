"""What the station that runs finds of itself, for the staff's page."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.main.running_check import check_while_running
from kiosk.ports.finding import Finding
from kiosk.ports.health import StoreHealth
from kiosk.settings.shapes import (
    FleetSection,
    MetricsSection,
    PanelSection,
    Settings,
    StationSection,
)
from tests.drivers.health import running_station


def findings(directory: Path, **told: str) -> dict[str, Finding]:
    settings = Settings(
        station=StationSection(data=str(directory)), panel=PanelSection(hardware="mock")
    )
    station = running_station(factory="mock", **told)
    return {found.name: found for found in check_while_running(settings, station)}


def test_everything_is_looked_at_that_keeps_nobody_waiting(tmp_path: Path) -> None:
    found = findings(tmp_path)
    assert {"set-up", "saving", "button", "buzzer", "light", "temperature", "power"} <= {*found}
    assert {"clock", "network", "disk", "PIN", "address", "packages"} <= {*found}
    assert not {"database", "routines"} & {*found}
    assert found["saving"].ok
    assert "in use by the running station" in found["address"].text


def test_the_panel_is_taken_at_the_stations_word(tmp_path: Path) -> None:
    found = findings(tmp_path, button="stuck", problem="The button is stuck. Free it.")
    assert found["button"] == Finding("button", False, "The button is stuck. Free it.")


def test_staff_are_told_what_to_install_where_a_part_is_on_and_its_library_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for library in ("paho", "prometheus_client"):
        monkeypatch.setitem(sys.modules, library, None)
    settings = Settings(
        panel=PanelSection(hardware="mock"),
        fleet=FleetSection(broker="127.0.0.1", tls=False),
        metrics=MetricsSection(enabled=True),
    )
    station = running_station(factory="mock")
    found = {each.name: each for each in check_while_running(settings, station)}
    for name in ("fleet", "metrics"):
        assert not found[name].ok
        assert f'pip install "matside[{name}]"' in found[name].text


def test_sessions_that_are_not_saved_are_told() -> None:
    full = StoreHealth(saving=False, problem="The disk is full. Make room.")
    station = replace(running_station(factory="mock"), store=full)
    settings = Settings(panel=PanelSection(hardware="mock"))
    found = {each.name: each for each in check_while_running(settings, station)}
    assert found["saving"] == Finding("saving", False, "The disk is full. Make room.")
