"""Checks of what is installed and set up: Python, packages, address, routines, database."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from kiosk.check.machine import disk
from kiosk.check.running import RESTART_IT, in_a_line
from kiosk.core.errors import MatsideError
from kiosk.ports.finding import Finding, run_check
from kiosk.ports.health import StationHealth
from kiosk.records.store import FILE, count_sessions
from kiosk.settings.address import is_loopback, open_socket
from kiosk.settings.loading import data_directory
from kiosk.settings.shapes import ServerSection, Settings
from kiosk.staff.pin_file import PinFile
from kiosk.version import VERSION

#: The packages of Python that Matside needs.
_PACKAGES = ("flask", "waitress", "gpiozero", "gpiod", "msgspec", "tomlkit")


def check_software(
    settings: Settings, station: StationHealth | None, routines: Callable[[], str]
) -> Iterator[Finding]:
    """Every check of what is installed and set up.

    Args:
        settings: The settings.
        station: The station that runs, if one does.
        routines: Gives the names of all routines, or raises what is wrong with their files.
    """
    directory = data_directory(settings.station.data)
    yield run_check("python", python)
    yield run_check("packages", lambda: packages(settings.panel.hardware))
    yield run_check("address", lambda: address(settings, station))
    yield run_check("PIN", lambda: staff_pin(settings.server, directory))
    yield run_check("routines", routines)
    if station is not None:
        yield run_check("set-up", lambda: set_up(station))
    yield run_check("database", lambda: database(directory))
    yield run_check("disk", lambda: disk(directory))


def python() -> str:
    """Version and place of the Python that runs Matside."""
    return ".".join(map(str, sys.version_info[:3])) + f" in {sys.prefix}"


def packages(hardware: str) -> str:
    """The versions of the packages that Matside uses.

    PyPI has had packages of the name lgpio that are empty (0.0.*). One of them is told, since the
    pin factory lgpio does not work with it.
    """
    names = [name for name in _PACKAGES if name != "gpiod" or sys.platform == "linux"]
    try:
        found = [f"{name} {metadata.version(name)}" for name in names]
    except metadata.PackageNotFoundError as missing:
        raise MatsideError(f"{missing.name} is missing. Install Matside again.") from missing
    with contextlib.suppress(metadata.PackageNotFoundError):
        lgpio = metadata.version("lgpio")
        if lgpio.startswith("0.0"):
            if hardware == "lgpio":
                raise MatsideError(
                    f"lgpio {lgpio} is an empty package. Remove it and install python3-lgpio with "
                    f'apt, or set hardware = "gpio", which does not need it.'
                )
            lgpio += " (an empty package; not needed)"
        found.append(f"lgpio {lgpio}")
    return f"Matside {VERSION}, " + ", ".join(found)


def address(settings: Settings, station: StationHealth | None) -> str:
    """Whether the station listens at its address, or could if it were started."""
    server = settings.server
    where = f"{server.host}:{server.port}"
    if station is not None:
        return f"{where}, in use by the running station ({in_a_line(station)})"
    open_socket(server.host, server.port).close()
    return f"{where} is free; no station is running"


def staff_pin(server: ServerSection, directory: Path) -> str:
    """Whether a staff PIN has been chosen, without which the network has no access."""
    if PinFile(directory).read() is not None:
        if server.staff_pin is not None:
            return "chosen; server.staff_pin in the settings file is not used: take it out"
        return "chosen"
    how = "At the panel, tap five times in the top right corner; or: sudo matside pin set"
    if not is_loopback(server.host) and server.staff_pin is None:
        raise MatsideError(f"None has been chosen, so the network has no access. {how}")
    return f"none has been chosen. {how}"


def set_up(station: StationHealth) -> str:
    """Whether the running station found its files right when it started."""
    if station.setup.problems:
        raise MatsideError(
            "When the running station started: "
            + " ".join(station.setup.problems)
            + f" Once they are mended: {RESTART_IT}"
        )
    return "the running station found its files right"


def database(directory: Path) -> str:
    """Read the whole database. Changes nothing in it, whether or not a station has it open."""
    path = directory / FILE
    try:
        there = path.exists()
    except PermissionError:
        raise MatsideError(_not_ours(directory)) from None
    if not there:
        parent = next(path for path in path.absolute().parents if path.exists())
        if not os.access(parent, os.W_OK):
            raise MatsideError(_not_ours(parent))
        return f"none yet in {directory}; the first start makes it"
    if not os.access(path, os.R_OK):
        raise MatsideError(_not_ours(directory))
    return f"{count_sessions(directory)} sessions in {path}"


def _not_ours(directory: Path) -> str:
    return (
        f"This user may not use {directory}. Check with sudo, which changes nothing there, or name "
        f"another directory with --data DIR."
    )
