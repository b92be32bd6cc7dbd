"""``matside check``: every check of every room in turn, told line by line or as JSON."""

import logging
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import msgspec

from hardware.check.by_hand import Terminal, Trials
from hardware.check.panel import check_panel
from hardware.clock import SystemAlarmClock
from hardware.panel import open_panel
from hardware.pins.board import on_raspberry_pi
from hardware.pins.factories import resolve
from kiosk.check.machine import Machine, check_machine
from kiosk.check.running import STOP_IT, find_station, in_a_line
from kiosk.check.software import check_software
from kiosk.core.errors import RoutineError, SettingsError
from kiosk.main.fleet import check_fleet
from kiosk.main.metrics import check_metrics
from kiosk.main.rules import library_of, mended
from kiosk.main.voice import check_voice
from kiosk.ports.finding import Finding, run_check
from kiosk.settings.fallback import FoundSettings
from kiosk.settings.loading import default_file, panel_settings
from kiosk.settings.shapes import Settings


def report(load: Callable[[], FoundSettings], config: Path | None, *, as_json: bool) -> int:
    """Check everything and print it.

    Args:
        load: Finds the settings; raises SettingsError if the file `config` is wrong.
        config: The settings file that was named, None if none was.
        as_json: Whether to print JSON.

    Returns:
        The exit status: 0 if all is well, else 1.
    """
    logging.disable()  # the log would only repeat what the findings say
    machine = Machine(is_pi=on_raspberry_pi())
    findings = check_all(load, config or default_file(), machine)
    return exit_status(print_findings(findings, as_json=as_json))


def report_by_hand(settings: Settings, *, as_json: bool) -> int:
    """Have a person try each part of the panel, and print what came of it.

    Returns:
        The exit status: 0 if all is well, else 1.
    """
    logging.disable()  # the log would only repeat what the findings say
    return exit_status(print_findings(try_all(settings), as_json=as_json))


def print_findings(findings: Iterable[Finding], *, as_json: bool) -> list[Finding]:
    """Print `findings`, each as soon as it is there, or all together as JSON.

    Returns:
        The findings that were printed.
    """
    told = []
    for finding in findings:
        told.append(finding)
        if not as_json:
            sys.stdout.write(
                f"{'ok  ' if finding.ok else 'LOOK'}  {finding.name:12} {finding.text}\n"
            )
            sys.stdout.flush()  # the next check may take a while
    if as_json:
        sys.stdout.write(msgspec.json.encode([asdict(finding) for finding in told]).decode() + "\n")
    return told


def exit_status(findings: Iterable[Finding]) -> int:
    """The exit status of the command: 0 if all is well, else 1."""
    return 0 if all(finding.ok for finding in findings) else 1


def check_all(
    load: Callable[[], FoundSettings], config: Path, machine: Machine
) -> Iterator[Finding]:
    """Every check in turn.

    If the settings file is wrong, the settings that a station would run on instead are checked. If
    a person has named the file there are no such settings: then only what needs none is checked.
    """
    try:
        found = load()
    except SettingsError as problem:
        yield Finding("settings", False, str(problem))
    else:
        text = str(config) if config.exists() else f"the defaults; there is no {config}"
        yield Finding("settings", found.problem is None, found.problem or text)
        settings = found.settings
        station = find_station(settings.server)
        yield from check_software(settings, station, lambda: _routines(settings))
        if settings.voice.is_on:
            yield run_check("voice", lambda: check_voice(settings, station))
        if settings.fleet.is_on:
            yield run_check("fleet", lambda: check_fleet(station))
        if settings.metrics.enabled:
            yield run_check("metrics", lambda: check_metrics(settings.metrics, station))
        yield from check_panel(panel_settings(settings.panel), station)
    yield from check_machine(machine)


def _routines(settings: Settings) -> str:
    """The names of all routines; raises RoutineError if a file or a default is wrong.

    Those without words in the language of the station are named once more.
    """
    library = library_of(settings)
    _, problems = mended(settings, library)
    if wrong := [*library.problems, *problems]:
        raise RoutineError("\n".join(wrong))
    language = settings.station.language
    lacking = [name for name, each in library.routines.items() if language not in each.texts]
    told = f"; without words in {language!r}: {', '.join(lacking)}" if lacking else ""
    return ", ".join(library.routines) + told


def try_all(settings: Settings) -> Iterator[Finding]:
    """Have a person try every part of the panel. A station that runs is not stopped for it."""
    # With this, SIGTERM ends the trial in the same way as Ctrl-C: buzzer and light are driven low.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    wiring = panel_settings(settings.panel)
    factory = resolve(wiring.hardware)
    station = find_station(settings.server)
    if factory != "mock" and station is not None and station.hardware.factory == factory:
        text = f"{in_a_line(station)} runs and has the panel. Stop it: {STOP_IT}"
        yield Finding("station", False, text)
        return
    clock, person = SystemAlarmClock(), Terminal()
    if factory == "mock":
        person.say("This is mock hardware: there is nothing here to see, hear or press.")
    loud = replace(wiring, quiet=False)
    with closing(open_panel(loud, lambda _edge: None, lambda _health: None)) as panel:
        yield from Trials(panel, wiring, person, clock, STOP_IT).try_all()
