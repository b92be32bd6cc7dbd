"""What several commands share: the parser, exit statuses, common options, and the settings."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from kiosk.settings.fallback import FoundSettings, Origin, find_settings
from kiosk.settings.loading import data_directory, default_file, load_settings
from kiosk.settings.shapes import Settings

#: The exit status of a command that cannot be done: the arguments or the settings are wrong.
USAGE = 2

#: The exit status of a command that failed, or that has found something wrong.
FAILED = 1

#: What ``--hardware`` may be.
HARDWARE = ("auto", "gpio", "lgpio", "mock")

#: What commands are added to; argparse has no public name for its type.
Commands = Any


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the arguments, and what to type for help."""

    def error(self, message: str) -> NoReturn:
        """Print `message` and end the process with the status `USAGE`."""
        self.exit(USAGE, f"matside: {message}. See: {self.prog} --help\n")


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add ``--config`` and ``--data``."""
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    parser.add_argument("--data", metavar="DIR", help="data directory")


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings of the file, and what the command line says instead of some of them.

    Raises:
        SettingsError: The file is wrong.
    """
    return _overridden(load_settings(options.config), options)


def found_settings_of(options: argparse.Namespace, problem: str | None = None) -> FoundSettings:
    """The settings for a station that may have nobody beside it.

    A file that was named with ``--config`` must be right. If none was named and the settings file
    is wrong, the result says so, and has other settings in its place.

    Args:
        options: The options of the command line.
        problem: What keeps the station from starting on the settings file, although each value in
            it is right; None if nothing does.

    Raises:
        SettingsError: A file was named, and it is wrong.
    """
    if options.config is not None:
        return FoundSettings(settings_of(options), Origin.FILE, file=options.config)
    found = find_settings(default_file(), data_directory(options.data), problem)
    return replace(found, settings=_overridden(found.settings, options))


def _overridden(settings: Settings, options: argparse.Namespace) -> Settings:
    """`settings`, and what the command line says instead of some of them."""
    return msgspec.structs.replace(
        settings,
        station=_override(settings.station, options, "data"),
        server=_override(settings.server, options, "host", "port"),
        panel=_override(settings.panel, options, "hardware"),
    )


def _override(section: Any, options: argparse.Namespace, *names: str) -> Any:
    """`section` with the values of those options among `names` that were given."""
    given = {name: getattr(options, name, None) for name in names}
    return msgspec.structs.replace(
        section, **{name: value for name, value in given.items() if value is not None}
    )
