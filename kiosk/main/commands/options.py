"""What several commands share: the parser, exit statuses, common options, and the settings."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from kiosk.settings.fallback import FoundSettings, Origin, find_settings
from kiosk.settings.loading import data_directory, default_file, load_settings
from kiosk.settings.shapes import Settings

#: Exit statuses: something is wrong with what was asked for; something failed on the way.
USAGE, FAILED = 2, 1

#: What ``--hardware`` may be.
HARDWARE = ("auto", "gpio", "lgpio", "mock")

#: Where commands are added; argparse has no public name for it.
Commands = Any


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where to read on."""

    def error(self, message: str) -> NoReturn:
        """Print `message` and leave with the status of a wrong command."""
        self.exit(USAGE, f"matside: {message}. See: {self.prog} --help\n")


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add ``--config`` and ``--data``."""
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    parser.add_argument("--data", metavar="DIR", help="data directory")


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings file with what the command line overrides.

    Raises:
        SettingsError: The file is wrong.
    """
    return _overridden(load_settings(options.config), options)


def found_settings_of(options: argparse.Namespace) -> FoundSettings:
    """The settings for a station that may have nobody beside it.

    A file that was named with ``--config`` must be right. Without one, a wrong settings file is
    told and done without.

    Raises:
        SettingsError: A file was named, and it is wrong.
    """
    if options.config is not None:
        return FoundSettings(settings_of(options), Origin.FILE)
    found = find_settings(default_file(), data_directory(options.data))
    return replace(found, settings=_overridden(found.settings, options))


def _overridden(settings: Settings, options: argparse.Namespace) -> Settings:
    """The settings with what the command line says instead."""
    return msgspec.structs.replace(
        settings,
        station=_override(settings.station, options, "data"),
        server=_override(settings.server, options, "host", "port"),
        panel=_override(settings.panel, options, "hardware"),
    )


def _override(section: Any, options: argparse.Namespace, *names: str) -> Any:
    """`section` with those of the options `names` that were given."""
    given = {name: getattr(options, name, None) for name in names}
    return msgspec.structs.replace(
        section, **{name: value for name, value in given.items() if value is not None}
    )
