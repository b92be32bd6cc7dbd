"""Settings for a station that nobody stands beside: a wrong file never keeps it from starting.

At each good start the settings file is kept, whole, in the state directory. When the file is
wrong later, the station runs on what was kept. Nothing is ever taken from a wrong file, not even
the parts of it that can be read: half of a file could open a network that the other half keeps
shut, or put the buzzer on a pin that is wired to something else.
"""

import contextlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kiosk.core.errors import SettingsError
from kiosk.settings.loading import parse_settings
from kiosk.settings.shapes import PanelSection, Settings
from kiosk.toml_files import read_content
from kiosk.whole_file import write_whole

#: The name under which the settings that worked are kept in the state directory.
KEPT_FILE = "settings-that-worked.toml"


class Origin(Enum):
    """Where the settings in force are from; the value is its name on ``/healthz``."""

    FILE = "file"
    KEPT = "kept"  # the file is wrong: these are the last that worked
    BUILT_IN = "built-in"  # there is no file, or it is wrong and none has worked yet


@dataclass(frozen=True, slots=True)
class FoundSettings:
    """The settings that a station is to run on.

    Attributes:
        settings: The settings.
        origin: Where they are from.
        problem: What is wrong with the file and what to do about it, None if nothing is.
        forgiving: Whether the station is to start whatever is wrong, since nobody is there to
            read an error. False for a file that a person has named.
        content: The file's bytes.
        kept: Where they are kept once the station is up, None if they are not to be.
        file: The settings file, which may not be there; None if there is to be none.
    """

    settings: Settings
    origin: Origin
    problem: str | None = None
    forgiving: bool = False
    content: bytes = b""
    kept: Path | None = None
    file: Path | None = None


def find_settings(file: Path, state: Path, problem: str | None = None) -> FoundSettings:
    """The settings of `file` if they are right, else the last that worked, else the built-in ones.

    Args:
        file: The settings file; it need not be there.
        state: The directory in which the settings that worked are kept.
        problem: What keeps the station from starting on `file`, although each value in it is
            right, for example that its port is taken; None if nothing does.
    """
    if problem is not None:
        return _instead(f"{file}: {problem}", file, state)
    try:
        content = read_content(file, SettingsError) if file.exists() else b""
        settings = parse_settings(content, str(file))
    except (SettingsError, OSError) as wrong:
        return _instead(str(wrong), file, state)
    return FoundSettings(
        settings,
        Origin.FILE if content else Origin.BUILT_IN,
        forgiving=True,
        content=content,
        kept=state / KEPT_FILE,
        file=file,
    )


def keep_settings(found: FoundSettings) -> None:
    """Keep the settings that a station has started on, for a day when the file is wrong.

    The copy is written whole or not at all, and only its owner may read it, since the staff PIN
    is in it.

    Raises:
        OSError: It cannot be written.
    """
    kept = found.kept
    if kept is None or (kept.exists() and kept.read_bytes() == found.content):
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_whole(kept, found.content)


def _instead(problem: str, file: Path, state: Path) -> FoundSettings:
    """What to run on while `file` has `problem`."""
    kept = state / KEPT_FILE
    # None may have been kept yet, or another version has kept some that this one does not take.
    with contextlib.suppress(SettingsError, OSError):
        settings = parse_settings(read_content(kept, SettingsError), str(kept))
        told = f"{problem} Until that is mended, the last settings that worked are in force."
        return FoundSettings(settings, Origin.KEPT, told, forgiving=True, file=file)
    told = (
        f"{problem} Until that is mended, the built-in settings are in force, without buzzer and "
        f"light: nobody knows what is wired to their pins."
    )
    # The button is an input with a pull-up, which harms nothing, whatever it is wired to.
    panel = PanelSection(buzzer_pin=False, light_pin=False)
    settings = Settings(panel=panel)
    return FoundSettings(settings, Origin.BUILT_IN, told, forgiving=True, file=file)
