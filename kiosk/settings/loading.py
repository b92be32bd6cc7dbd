"""The settings from their file, and what the rooms make of them."""

import os
from pathlib import Path

from kiosk.core.errors import SettingsError
from kiosk.ports.panel import PanelSettings, check_panel_settings
from kiosk.settings.shapes import PanelSection, Settings
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
        if not path.exists():
            return Settings()
    return parse_settings(read_content(path, SettingsError), str(path))


def parse_settings(content: bytes, name: str) -> Settings:
    """The settings in the `content` of the file called `name`.

    Raises:
        SettingsError: It is wrong; names the field, what was found and what is right.
    """
    settings = parse_toml(content, name, Settings, SettingsError)
    if (night_problem := _night_problem(settings)) is not None:
        raise SettingsError(f"{name}: {night_problem}")
    try:
        check_panel_settings(panel_settings(settings.panel))
    except SettingsError as problem:
        raise SettingsError(f"{name}: panel: {problem}") from None
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
    """The data directory: as named, else systemd's, else the user's own."""
    if named is not None:
        return Path(named).expanduser()
    if given := os.environ.get("STATE_DIRECTORY"):
        return Path(given.split(":")[0])
    home = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(home).expanduser() / "matside"


def _night_problem(settings: Settings) -> str | None:
    if (settings.screen.off_from is None) == (settings.screen.off_until is None):
        return None
    return "screen: off_from and off_until go together. Set both, or neither."
