"""What the staff area needs of the station: its door, its checks and the last lines of its log."""

import contextlib
import logging
import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.errors import ServerError, SettingsError
from kiosk.main.logs import RecentLines
from kiosk.main.rules import library_of, rules_of
from kiosk.main.setup import Setup
from kiosk.ports.clock import MonotonicClock
from kiosk.ports.finding import Finding
from kiosk.ports.health import StationHealth
from kiosk.service.runtime import runtime_directory
from kiosk.settings.address import open_sockets
from kiosk.settings.loading import data_directory
from kiosk.settings.shapes import ServerSection, Settings
from kiosk.staff.door import StaffDoor
from kiosk.staff.moving import move_pin
from kiosk.version import VERSION

if TYPE_CHECKING:
    from kiosk.settings.changing import SettingsFile
    from kiosk.updates.station import Updates


class StaffArea:
    """What stays when the station takes its settings anew.

    So whoever has changed a setting is still signed in, and whoever has to wait still waits.

    Attributes:
        recent: Keeps the last lines of the log that matter.
        started: When the station was started, on the monotonic clock, in seconds.
    """

    def __init__(self, clock: MonotonicClock) -> None:
        self.recent = RecentLines(clock)
        self.started = clock.now()
        self._clock = clock
        self._doors: dict[Path, StaffDoor] = {}

    def door(self, settings: Settings) -> StaffDoor:
        """The door of a station with `settings`: for each data directory one.

        A PIN in old settings moves to where it is kept.
        """
        directory = data_directory(settings.station.data)
        if directory not in self._doors:
            self._doors[directory] = StaffDoor(directory, self._clock)
        door = self._doors[directory]
        move_pin(settings.server.staff_pin, door.pin_file)
        return door


def open_staff_area(stack: contextlib.ExitStack, clock: MonotonicClock) -> StaffArea:
    """A staff area that hears of each line of the log from now on, until `stack` is closed."""
    staff = StaffArea(clock)
    logging.getLogger().addHandler(staff.recent)
    stack.callback(logging.getLogger().removeHandler, staff.recent)
    return staff


def findings(settings: Settings, health: StationHealth) -> Sequence[Finding]:
    """What the checks find now. What they need is loaded when staff first ask for it."""
    from kiosk.main.running_check import check_while_running  # noqa: PLC0415 - only staff ask

    return tuple(check_while_running(settings, health))


def settings_file_of(setup: Setup) -> "Callable[[], SettingsFile] | None":
    """What opens the settings file for staff to change. What it needs is loaded only then."""
    file = setup.file
    if file is None:
        return None
    state, server = data_directory(setup.settings.station.data), setup.settings.server

    @cache
    def opened() -> "SettingsFile":
        from kiosk.settings.changing import SettingsFile  # noqa: PLC0415 - only staff change them
        from web.staff.settings_form import NOT_SHOWN  # noqa: PLC0415

        own = [place for places in NOT_SHOWN.values() for place in places]
        own += [("station", "name"), ("server", "host")]
        return SettingsFile(file, state, lambda settings: _check(settings, server), own)

    return opened


def updates_of(settings: Settings) -> "Callable[[], Updates]":
    """What opens the folder for updates. What it needs is loaded when staff first ask."""

    @cache
    def opened() -> "Updates":
        from kiosk.updates.station import Updates  # noqa: PLC0415 - only staff ask

        # Root looks into the service's own directory, whichever one the settings name for sessions.
        own = "STATE_DIRECTORY" in os.environ
        data = data_directory(None if own else settings.station.data)
        return Updates(data, runtime_directory(), VERSION)

    return opened


def _check(settings: Settings, server: ServerSection) -> None:
    """Hold that a station that runs on `server` could run on `settings` instead.

    Raises:
        SettingsError: It could not.
    """
    rules_of(settings, library_of(settings))
    host, port = settings.server.host, settings.server.port
    if (host, port) == (server.host, server.port):
        return
    try:
        # On its own port the station listens itself, so the host is tried on any other.
        listeners = open_sockets(host, 0 if port == server.port else port, forgiving=True)
    except ServerError as problem:
        raise SettingsError(f"server: {problem}") from problem
    for listener in listeners.sockets:
        listener.close()
    if listeners.problem is not None:
        raise SettingsError(listeners.problem)
