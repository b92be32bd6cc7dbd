"""Checks of what is installed and set up: Python, packages, address, routines, database."""

import contextlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from kiosk.check.finding import Finding, find
from kiosk.check.machine import disk
from kiosk.check.running import RunningStation
from kiosk.core.errors import MatsideError
from kiosk.database import SCHEMA
from kiosk.settings import Settings, check_address, data_directory
from kiosk.station import rules_of
from kiosk.version import VERSION
from web.server import open_socket

_PACKAGES = ("flask", "waitress", "gpiozero", "gpiod", "msgspec")


def check_software(settings: Settings, station: RunningStation | None) -> Iterator[Finding]:
    """Every check of what is installed and set up."""
    directory = data_directory(settings.station.data)
    yield find("python", python)
    yield find("packages", lambda: packages(settings.panel.hardware))
    yield find("address", lambda: address(settings, station))
    yield find("routines", lambda: ", ".join(rules_of(settings).routines))
    yield find("database", lambda: database(directory))
    yield find("disk", lambda: disk(directory))


def python() -> str:
    """The Python that runs."""
    return ".".join(map(str, sys.version_info[:3])) + f" in {sys.prefix}"


def packages(hardware: str) -> str:
    """The versions of what Matside stands on; the empty lgpio of PyPI is named."""
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


def address(settings: Settings, station: RunningStation | None) -> str:
    """Whether the station can listen where it is told to, or does."""
    server = settings.server
    check_address(server)
    where = f"{server.host}:{server.port}"
    if station is not None:
        return f"{where}, in use by the running station ({station})"
    open_socket(server.host, server.port).close()
    return f"{where} is free; no station is running"


def database(directory: Path) -> str:
    """Read the database through, without a change to it, whether or not a station has it open."""
    path = directory / "matside.sqlite3"
    try:
        there = path.exists()
    except PermissionError:
        raise MatsideError(_not_ours(directory)) from None
    if not there:
        parent = next(path for path in path.absolute().parents if path.exists())
        if not os.access(parent, os.W_OK):
            raise MatsideError(_not_ours(parent))
        return f"none yet in {directory}; the first start makes it"
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as db:
            layout = int(db.execute("PRAGMA user_version").fetchone()[0])
            if layout > SCHEMA:
                raise MatsideError(
                    f"{path}: is from a newer Matside (layout {layout}, this one knows {SCHEMA}). "
                    f"Update Matside."
                )
            damage = db.execute("PRAGMA quick_check").fetchone()[0]
            count = db.execute("SELECT count(*) FROM session").fetchone()[0]
    except sqlite3.OperationalError as cause:
        raise MatsideError(f"{path}: {cause}. {_not_ours(directory)}") from cause
    except sqlite3.DatabaseError as cause:
        damage, count = str(cause), 0
    if damage != "ok":
        raise MatsideError(
            f"{path} is damaged ({damage}). The next start sets it aside and begins a new one."
        )
    return f"{count} sessions in {path}"


def _not_ours(directory: Path) -> str:
    return (
        f"This user may not use {directory}. Check with sudo, which changes nothing there, or name "
        f"another directory with --data DIR."
    )
