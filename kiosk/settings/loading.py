"""The station's settings: one commented TOML file that holds overrides only."""

import ipaddress
import os
from datetime import time
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.core.errors import SettingsError
from kiosk.core.routine import Side
from kiosk.core.session import Choices, Rules
from kiosk.ports.panel import PanelSettings
from kiosk.service.night import Night
from kiosk.toml_files import read_toml

#: Where the settings are looked for unless a file is named; it need not be there.
DEFAULT_FILE = Path("/etc/matside/config.toml")

#: What `--speed` accepts.
SLOWEST, FASTEST = 0.1, 1000.0

Port = Annotated[int, Meta(ge=0, le=65535)]
TimeOfDay = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
BcmPin = Annotated[int, Meta(ge=0, le=27)]


class Station(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a session starts from."""

    routine: str = "psoas-release"
    side: Literal["left", "right"] = "right"
    seconds: int | None = None
    language: str = "en"
    routines: str | None = None
    data: str | None = None


class Server(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the web server listens, and who may ask it.

    Attributes:
        host: Address to listen on.
        port: Its port; 0 takes any free one.
        staff_pin: Asked of everyone who is not on this machine; needed to listen elsewhere.
        allowed_hosts: Further names that the station is reached by.
    """

    host: str = "127.0.0.1"
    port: Port = 8080
    staff_pin: Annotated[str, Meta(pattern=r"^\d{6,12}$")] | None = None
    allowed_hosts: tuple[str, ...] = ()


class PanelFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The panel's wiring: BCM numbers, or false for a part that is not there."""

    hardware: Literal["auto", "gpio", "lgpio", "mock"] = "auto"
    chip: str | None = None
    button_pin: BcmPin | Literal[False] = 17
    buzzer_pin: BcmPin | Literal[False] = 27
    light_pin: BcmPin | Literal[False] = 22
    filter_ms: Annotated[float, Meta(ge=0, le=3)] = 2
    quiet_ms: Annotated[float, Meta(ge=5, le=200)] = 30
    buzzer: Literal["active", "passive"] = "active"
    quiet: bool = False


class ScreenFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The screen, and how far the mat is from it.

    Attributes:
        viewing_distance_m: From the member's eyes to the screen, in metres.
        screen_inches: Its diagonal.
        rotation: Degrees clockwise that picture and touch are turned by, in the kiosk.
        off_from: Time of day from which it is off while nobody uses the station, in the kiosk.
        off_until: Time of day until which it is; None for both if it is always on.
    """

    viewing_distance_m: Annotated[float, Meta(ge=0.5, le=5)] = 2.0
    screen_inches: Annotated[float, Meta(ge=5, le=65)] = 7.0
    rotation: Literal[0, 90, 180, 270] = 0
    off_from: TimeOfDay | None = None
    off_until: TimeOfDay | None = None


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings, a section each."""

    station: Station = Station()
    server: Server = Server()
    panel: PanelFile = PanelFile()
    screen: ScreenFile = ScreenFile()


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
    if (settings.screen.off_from is None) != (settings.screen.off_until is None):
        raise SettingsError(
            f"{path}: screen: off_from and off_until go together. Set both, or neither."
        )
    pins = [
        pin
        for pin in (
            settings.panel.button_pin,
            settings.panel.buzzer_pin,
            settings.panel.light_pin,
        )
        if pin is not False
    ]
    if len(set(pins)) < len(pins):
        raise SettingsError(
            f"{path}: panel: button_pin, buzzer_pin and light_pin must be different pins; "
            f"found {', '.join(map(str, pins))}."
        )
    return settings


def check_address(server: Server) -> None:
    """Refuse to listen beyond this machine without a staff PIN.

    Raises:
        SettingsError: The address is not the loopback's and there is no PIN.
    """
    if server.staff_pin is None and not is_loopback(server.host):
        raise SettingsError(
            f"server.host: found {server.host!r}, which other machines can reach. Set "
            f"server.staff_pin (6 to 12 digits) in the settings file first, or use 127.0.0.1."
        )


def is_loopback(host: str) -> bool:
    """Whether `host` can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def panel_settings(panel: PanelFile) -> PanelSettings:
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


def night_of(screen: ScreenFile) -> Night | None:
    """When the screen is off, None if never."""
    if screen.off_from is None or screen.off_until is None:
        return None
    return Night(time.fromisoformat(screen.off_from), time.fromisoformat(screen.off_until))


def default_choices(station: Station, rules: Rules) -> Choices:
    """The choices that every session starts from.

    Raises:
        SettingsError: Routine, seconds or language are not among what `rules` has.
    """
    routine = rules.routines.get(station.routine)
    if routine is None:
        raise SettingsError(
            f"station.routine: found {station.routine!r}. "
            f"It must be one of: {', '.join(rules.routines)}."
        )
    seconds = routine.default_seconds if station.seconds is None else station.seconds
    if seconds not in routine.side_seconds:
        raise SettingsError(
            f"station.seconds: found {seconds}. For {routine.id} it must be one of: "
            f"{', '.join(map(str, routine.side_seconds))}."
        )
    if station.language not in routine.texts:
        raise SettingsError(
            f"station.language: found {station.language!r}. {routine.id} has: "
            f"{', '.join(routine.texts)}."
        )
    return Choices(routine.id, Side(station.side), seconds, station.language)


def data_directory(named: str | None) -> Path:
    """The data directory: as named, else systemd's, else the user's own."""
    if named is not None:
        return Path(named).expanduser()
    if given := os.environ.get("STATE_DIRECTORY"):
        return Path(given.split(":")[0])
    home = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(home).expanduser() / "matside"
