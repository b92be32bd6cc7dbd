"""``matside check``: small checks, each of which says "ok" or what to do."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import msgspec

from hardware.check.by_hand import try_all
from hardware.check.panel import check_panel
from hardware.pins.board import on_raspberry_pi
from kiosk.check.machine import Machine, check_machine
from kiosk.check.running import find_station
from kiosk.check.software import check_software
from kiosk.core.errors import SettingsError
from kiosk.ports.finding import Finding
from kiosk.settings.loading import DEFAULT_FILE, Settings, panel_settings


def report(load: Callable[[], Settings], config: Path | None, *, as_json: bool) -> int:
    """Check everything and print it; see `tell`.

    Args:
        load: Reads the settings; raises SettingsError if they are wrong.
        config: The file that it reads them from, if one was named.
        as_json: Whether to print JSON.
    """
    logging.disable()  # the findings say it, once
    machine = Machine(is_pi=on_raspberry_pi())
    return tell(check_all(load, config or DEFAULT_FILE, machine), as_json=as_json)


def report_by_hand(settings: Settings, *, as_json: bool) -> int:
    """Have a person try each part of the panel, and print what came of it; see `tell`."""
    logging.disable()  # as above
    return tell(try_all(settings), as_json=as_json)


def tell(findings: Iterable[Finding], *, as_json: bool) -> int:
    """Print `findings`, a line each or as JSON; gives 0 if all is well, else 1."""
    told = []
    for finding in findings:
        told.append(finding)
        if not as_json:
            sys.stdout.write(
                f"{'ok  ' if finding.ok else 'LOOK'}  {finding.name:12} {finding.text}\n"
            )
            sys.stdout.flush()  # some checks take a while
    if as_json:
        sys.stdout.write(msgspec.json.encode([asdict(finding) for finding in told]).decode() + "\n")
    return 0 if all(finding.ok for finding in told) else 1


def check_all(load: Callable[[], Settings], config: Path, machine: Machine) -> Iterator[Finding]:
    """Every check, one after the other; what settings that are wrong leave to check, at least."""
    try:
        settings = load()
    except SettingsError as problem:
        yield Finding("settings", False, str(problem))
    else:
        text = str(config) if config.exists() else f"the defaults; there is no {config}"
        yield Finding("settings", True, text)
        station = find_station(settings.server)
        yield from check_software(settings, station)
        yield from check_panel(panel_settings(settings.panel), station)
    yield from check_machine(machine)
