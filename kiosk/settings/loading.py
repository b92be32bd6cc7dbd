"""The settings from their file, and what the rooms make of them."""

import os
from pathlib import Path

from kiosk.core.errors import SettingsError
from kiosk.ports.panel import PanelSettings
from kiosk.settings.shapes import PanelSection, Settings
from kiosk.toml_files import read_toml

#: Where the settings are looked for unless a file is named; it need not be there.
DEFAULT_FILE = Path("/etc/matside/config.toml")


def load_settings(path: Path | None) -> Settings:
    """The settings of `path`; None takes `DEFAULT_FILE` if it is there, else the defaults.

    Raises:
        SettingsError: The file is wrong; names the field, what was found and what is right.
    """
    if path is None:
        if not DEFAULT_FILE.exists():
            return Settings()
        path = DEFAULT_FILE
    settings = read_toml(path, Settings, SettingsError)
    for problem in (_night_problem(settings), _pins_problem(settings)):
        if problem is not None:
            raise SettingsError(f"{path}: {problem}")
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


def _pins_problem(settings: Settings) -> str | None:
    panel = settings.panel
    wanted = (panel.button_pin, panel.buzzer_pin, panel.light_pin)
    pins = [pin for pin in wanted if pin is not False]
    if len(set(pins)) == len(pins):
        return None
    return (
        "panel: button_pin, buzzer_pin and light_pin must be different pins; "
        f"found {', '.join(map(str, pins))}."
    )
