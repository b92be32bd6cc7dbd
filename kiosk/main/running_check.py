"""What `matside check` would find, told by the station that runs, for the staff's page."""

from collections.abc import Iterator

from hardware.check.panel import check_panel
from hardware.pins.board import on_raspberry_pi
from kiosk.check.machine import Machine, check_machine, disk
from kiosk.check.software import address, packages, python, set_up, staff_pin
from kiosk.core.errors import StoreError
from kiosk.main.fleet import check_fleet
from kiosk.main.metrics import check_metrics
from kiosk.ports.finding import Finding, run_check
from kiosk.ports.health import StationHealth
from kiosk.settings.loading import data_directory, panel_settings
from kiosk.settings.shapes import Settings


def check_while_running(settings: Settings, station: StationHealth) -> Iterator[Finding]:
    """Every check that does not keep a member waiting.

    The station knows from its start whether its routines are right, and from each session whether
    it can save. So nothing reads all routine files or the whole database, as the command does.

    Args:
        settings: The settings that the station runs on.
        station: Its health.
    """
    directory = data_directory(settings.station.data)
    yield run_check("set-up", lambda: set_up(station))
    yield run_check("saving", lambda: _saving(station))
    if settings.fleet.is_on:
        yield run_check("fleet", lambda: check_fleet(station))
    if settings.metrics.enabled:
        yield run_check("metrics", lambda: check_metrics(settings.metrics, station))
    yield from check_panel(panel_settings(settings.panel), station)
    yield from check_machine(Machine(is_pi=on_raspberry_pi()))
    yield run_check("disk", lambda: disk(directory))
    yield run_check("PIN", lambda: staff_pin(settings.server, directory))
    yield run_check("address", lambda: address(settings, station))
    yield run_check("packages", lambda: packages(settings.panel.hardware))
    yield run_check("python", python)


def _saving(station: StationHealth) -> str:
    if station.store.problem is not None:
        raise StoreError(station.store.problem)
    return "sessions are being saved"
