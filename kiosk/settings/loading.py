"""Reads the settings file, and works out of the settings what the rooms need.

That is the panel's wiring, the data directory and the time zone.
"""

import contextlib
import os
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from kiosk.core.errors import SettingsError
from kiosk.ports.panel import PanelSettings, check_panel_settings
from kiosk.settings.shapes import (
    FleetSection,
    PanelSection,
    RecordsSection,
    ScreenSection,
    Settings,
    VoiceSection,
)
from kiosk.toml_files import parse_toml, read_content


def default_file() -> Path:
    """Where the settings are looked for unless a file is named; it need not be there.

    That is the directory that systemd names for a service's settings, or ``/etc/matside``.
    """
    directory = os.environ.get("CONFIGURATION_DIRECTORY", "/etc/matside").split(":")[0]
    return Path(directory) / "config.toml"


def load_settings(path: Path | None) -> Settings:
    """The settings of `path`; None takes `default_file` if it is there, else what is built in.

    Raises:
        SettingsError: The file is wrong; names the field, what was found and what is right.
    """
    if path is None:
        path = default_file()
        try:
            if not path.exists():
                return Settings()
        except OSError as cause:
            raise SettingsError(f"{path}: cannot be read: {cause.strerror or cause}.") from cause
    return parse_settings(read_content(path, SettingsError), str(path))


def parse_settings(content: bytes, name: str) -> Settings:
    """The settings in the `content` of the file called `name`.

    Raises:
        SettingsError: It is wrong; names the field, what was found and what is right.
    """
    settings = parse_toml(content, name, Settings, SettingsError)
    # What is wrong only here, or only together with another value, which no shape can say.
    with _named(name, "station"):
        _check_folders(settings.station.data, settings.station.routines, settings.station.languages)
    with _named(name, "voice"):
        _check_folders(settings.voice.recordings, settings.voice.piper_voices)
    with _named(name, "screen"):
        _check_night(settings.screen)
    with _named(name, "voice"):
        _check_quiet_hours(settings.voice)
    with _named(name, "station"):
        time_zone(settings.station.time_zone)
    with _named(name, "records"):
        _check_keeping(settings.records)
    with _named(name, "fleet"):
        _check_fleet(settings.fleet)
    with _named(name, "panel"):
        check_panel_settings(panel_settings(settings.panel))
    return settings


def panel_settings(panel: PanelSection) -> PanelSettings:
    """The panel's settings in seconds and with None for a part that is not there."""

    def pin(number: int) -> int | None:
        return None if number is False else number

    return PanelSettings(
        hardware=panel.hardware,
        chip=panel.chip,
        button_pin=pin(panel.button_pin),
        buzzer_pin=pin(panel.buzzer_pin),
        light_pin=pin(panel.light_pin),
        filter_seconds=panel.filter_ms / 1000,
        quiet_seconds=panel.quiet_ms / 1000,
        buzzer=panel.buzzer,
        quiet=panel.quiet,
    )


def data_directory(named: str | None) -> Path:
    """The data directory: as named, else systemd's, else the user's own.

    Raises:
        SettingsError: It is that of a user who is not on this machine.
    """
    if named is not None:
        return _folder(named)
    if given := os.environ.get("STATE_DIRECTORY"):
        return Path(given.split(":")[0])
    home = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(home).expanduser() / "matside"


def time_zone(named: str | None) -> zoneinfo.ZoneInfo | None:
    """The time zone called `named`; None if it is None, for the machine's own.

    Raises:
        SettingsError: This machine knows no such time zone.
    """
    if named is None:
        return None
    try:
        return zoneinfo.ZoneInfo(named)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(
            f'time_zone: found {named!r}. It must be a name such as "Europe/Berlin"; '
            f"timedatectl list-timezones shows them all."
        ) from None


@contextlib.contextmanager
def _named(file: str, section: str) -> Iterator[None]:
    """Put the names of file and section before the text of a `SettingsError`."""
    try:
        yield
    except SettingsError as problem:
        raise SettingsError(f"{file}: {section}: {problem}") from None


def _check_folders(*named: str | None) -> None:
    for name in named:
        if name is not None:
            _folder(name)


def _folder(named: str) -> Path:
    """The folder that is called `named`, where ``~`` is the home of a user.

    Raises:
        SettingsError: There is no such user.
    """
    try:
        return Path(named).expanduser()
    except RuntimeError as cause:
        raise SettingsError(f"found {named!r}. There is no such user on this machine.") from cause


def _check_night(screen: ScreenSection) -> None:
    if (screen.off_from is None) != (screen.off_until is None):
        raise SettingsError("off_from and off_until go together. Set both, or neither.")


def _check_quiet_hours(voice: VoiceSection) -> None:
    if (voice.quiet_from is None) != (voice.quiet_until is None):
        raise SettingsError("quiet_from and quiet_until go together. Set both, or neither.")


def _check_keeping(records: RecordsSection) -> None:
    sums, sessions = records.keep_sums_days, records.keep_sessions_days
    if sums is not None and sums < sessions:
        raise SettingsError(
            f"keep_sums_days: found {sums}. It must be keep_sessions_days ({sessions}) or more."
        )


def _check_fleet(fleet: FleetSection) -> None:
    if fleet.password_file is not None and fleet.user is None:
        raise SettingsError("password_file needs a user. Set both, or user alone, or neither.")
    if fleet.ca_file is not None and not fleet.tls:
        raise SettingsError("ca_file is for TLS. Take it out, or set tls = true.")
