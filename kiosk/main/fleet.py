"""The link to the gym's broker, put together if the settings name one."""

import contextlib
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.cues import Cue
from kiosk.core.errors import FleetError, StoreError
from kiosk.core.session import Status
from kiosk.main.setup import Setup
from kiosk.ports.clock import MonotonicClock
from kiosk.ports.health import FleetHealth, MachineNumbers, StationHealth
from kiosk.ports.panel import Panel
from kiosk.ports.restart import Restart
from kiosk.records.store import count_ended_on
from kiosk.runner import Runner
from kiosk.settings.loading import data_directory, time_zone
from kiosk.settings.shapes import FleetSection, Settings
from kiosk.wall_clock import SystemWallClock

if TYPE_CHECKING:
    from kiosk.fleet.pushes import Pushes
    from kiosk.settings.changing import SettingsFile
    from kiosk.updates.station import Updates

#: What to do where the client of MQTT is missing.
_INSTALL_IT = 'The client of MQTT is not installed: pip install "matside[fleet]"'


def start_fleet(  # noqa: PLR0913 - each is one part of the station
    setup: Setup,
    runner: Runner,
    panel: Panel,
    clock: MonotonicClock,
    stack: contextlib.ExitStack,
    *,
    saving_problem: Callable[[], str | None],
    restart: Callable[[Restart], None] | None,
    settings_file: "Callable[[], SettingsFile] | None" = None,
    take_anew: Callable[[], None] = lambda: None,
    updates: "Callable[[], Updates] | None" = None,
) -> Callable[[], FleetHealth | None]:
    """Start the link, if there is a broker to be linked to; else nothing of it is loaded.

    Args:
        setup: What the station is started with.
        runner: Has the session.
        panel: Plays what identifies the station, and tells its health.
        clock: The clock that sessions run by.
        stack: Ends the link when it is closed.
        saving_problem: Says why sessions are not being saved, None while they are.
        restart: Asks for a restart; None if nobody is there to do it.
        settings_file: Opens the settings file to be changed; None if there is to be none.
        take_anew: Has the station take its settings anew as soon as nobody uses it.
        updates: Opens the folder for updates; None if there is to be none.

    Returns:
        Says how the link is, None while it is off.
    """
    settings = setup.settings
    if not settings.fleet.is_on:
        return lambda: None
    try:
        from kiosk.fleet.commands import Hands  # noqa: PLC0415 - only if it is on
        from kiosk.fleet.link import Link  # noqa: PLC0415 - only if it is on
        from kiosk.fleet.linked import LinkedStation  # noqa: PLC0415 - only if it is on
    except ImportError:
        return lambda: _not_installed(settings.fleet)
    directory = data_directory(settings.station.data)
    station = LinkedStation(
        section=settings.fleet,
        name=settings.station.name,
        directory=directory,
        rules=setup.rules,
        languages=tuple(setup.languages),
        clock=clock,
        wall=SystemWallClock(time_zone(settings.station.time_zone)),
        panel=panel.health,
        saving_problem=saving_problem,
        setup_problems=setup.health.problems,
        machine=lambda: machine_numbers(directory),
        sessions_on=lambda day: _sessions_on(directory, day),
        hands=Hands(
            at_rest=lambda: runner.state.status is Status.ATTRACT,
            identify=lambda: panel.play(Cue.FINISHED),
            silence=panel.silence,
            restart_browser=None if restart is None else lambda: restart(Restart.BROWSER),
        ),
        quiet=settings.panel.quiet,
        pushes=None
        if settings.fleet.push_key is None
        else _pushes(settings, directory, settings_file, take_anew),
        latest=_latest_of(updates),
    )
    link = Link(station, runner.state)
    runner.listen(link.newest)
    stack.callback(link.close)
    link.start()
    return link.health


def _pushes(
    settings: Settings,
    directory: Path,
    settings_file: "Callable[[], SettingsFile] | None",
    take_anew: Callable[[], None],
) -> "Pushes":
    """What takes what the gym sends. It is loaded only where the gym's key is set."""
    from kiosk.fleet.pushes import Pushes  # noqa: PLC0415 - only with a key
    from kiosk.main.pushes import PushTaker  # noqa: PLC0415 - only with a key

    return Pushes(settings.fleet, directory, PushTaker(settings, settings_file, take_anew))


def _latest_of(updates: "Callable[[], Updates] | None") -> Callable[[], str | None]:
    """What tells the newer version that lies ready. It is loaded only where there is a link."""
    if updates is None:
        return lambda: None
    from kiosk.updates.ready import ReadyUpdate  # noqa: PLC0415 - only a link tells it

    return ReadyUpdate(updates()).version


def check_fleet(station: StationHealth | None) -> str:
    """How the link of the station that runs is.

    Raises:
        FleetError: It has none, something is wrong with it, or the client of MQTT is not installed
            here; the text says what to do.
    """
    if find_spec("paho") is None:
        raise FleetError(_INSTALL_IT)
    if station is None:
        return "set, and told once the station runs"
    health = station.fleet
    if health is None:
        raise FleetError("The running station has no link yet. Restart it.")
    if health.problem is not None:
        raise FleetError(health.problem)
    waits = f"; {health.waiting} sessions wait to be sent" if health.waiting else ""
    return f"{health.station} is linked to {health.broker} (MQTT {health.protocol}){waits}"


def machine_numbers(directory: Path, root: Path = Path("/")) -> MachineNumbers:
    """The numbers of this machine, whose files are below `root`; `directory` is on the disk."""
    from kiosk.check.machine import degrees_of, low_alarm  # noqa: PLC0415 - only a link tells them

    try:
        free = shutil.disk_usage(directory).free // 2**20
    except OSError:
        free = None  # the directory is not there yet, or its disk has gone
    try:
        degrees = degrees_of(root)
    except ValueError:
        degrees = None  # a sensor that says something else
    return MachineNumbers(free, None if degrees is None else round(degrees), low_alarm(root))


def _sessions_on(directory: Path, day: int) -> int | None:
    try:
        return count_ended_on(directory, day)
    except StoreError:
        return None  # the keeper says what is wrong with it


def _not_installed(section: FleetSection) -> FleetHealth:
    return FleetHealth(
        broker=section.broker or "",
        station=None,
        connected=False,
        protocol=None,
        problem=_INSTALL_IT,
        waiting=None,
    )
