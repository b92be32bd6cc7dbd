"""Changes the settings file for staff: checked before, written whole, and with a way back.

The file that is there is kept in the state directory before it is written, so that one change can
be undone. The staff PIN never leaves the station: what is exported has none, and what is imported
keeps the one that is in force here.
"""

import hashlib
import threading
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from kiosk.core.errors import SettingsError
from kiosk.settings.editing import edited
from kiosk.settings.fallback import KEPT_FILE
from kiosk.settings.fields import Place, Value
from kiosk.settings.loading import parse_settings
from kiosk.settings.shapes import Settings
from kiosk.toml_files.content import LARGEST, read_content, to_text
from kiosk.whole_file import write_whole

#: The name under which the file before the last change is kept in the state directory.
BEFORE_FILE = "settings-before.toml"

_PIN: Place = ("server", "staff_pin")


class SettingsFile:
    """The settings file of a station, for staff to change.

    Its methods may be called from any thread.

    Args:
        path: The file; it need not be there, but its folder must.
        state: The state directory.
        check: Is given settings before they are written, and raises SettingsError if the station
            could not run on them, for example because there is no such routine.
        own: What belongs to this station alone, for example its wiring: an import of another
            station's file leaves it as it is here. The PIN is among it, named or not.
    """

    def __init__(
        self,
        path: Path,
        state: Path,
        check: Callable[[Settings], object],
        own: Collection[Place] = (),
    ) -> None:
        self._path = path
        self._kept = state / KEPT_FILE
        self._before = state / BEFORE_FILE
        self._check = check
        self._own = {*own, _PIN}
        self._lock = threading.Lock()

    def content(self) -> bytes:
        """The bytes of the file; none if it is not there.

        Raises:
            SettingsError: It cannot be read.
        """
        return read_content(self._path, SettingsError) if self._path.exists() else b""

    def edition(self) -> str:
        """A digest of the file as it is, by which a change by somebody else is noticed.

        Raises:
            SettingsError: It cannot be read.
        """
        return _edition(self.content())

    def change(self, changes: Mapping[Place, Value], edition: str) -> Settings:
        """Write `changes` into the file, and return the settings that it then has.

        Args:
            changes: The new values by section and name; None takes back what is built in.
            edition: The edition of the file that staff have seen.

        Raises:
            SettingsError: The file has been changed meanwhile or is wrong, a value cannot be, or
                the file cannot be written. It is as it was.
        """
        with self._lock:
            content = self._seen(edition)
            parse_settings(content, str(self._path))
            text = edited(to_text(content, str(self._path), SettingsError), changes)
            return self._write(text.encode(), content)

    def undo(self, edition: str) -> Settings:
        """Take back the last change. A second time, that is taken back.

        Raises:
            SettingsError: There is none, or as for `change`.
        """
        with self._lock:
            content = self._seen(edition)
            if not self._before.exists():
                raise SettingsError("There is no change to take back.")
            return self._write(read_content(self._before, SettingsError), content)

    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self._before.exists()

    def exported(self) -> bytes:
        """The file without the staff PIN, to be imported at another station.

        Raises:
            SettingsError: The file is wrong.
        """
        content = self.content()
        parse_settings(content, str(self._path))
        text = to_text(content, str(self._path), SettingsError)
        return _without_pin(text).encode()

    def import_(self, content: bytes, name: str, edition: str) -> Settings:
        """Take the `content` of a file called `name` in place of the station's own.

        Raises:
            SettingsError: It is wrong, or as for `change`.
        """
        with self._lock:
            before = self._seen(edition)
            if len(content) > LARGEST:
                raise SettingsError(f"{name}: is too large for a settings file.")
            parse_settings(content, name)
            text = _without_pin(to_text(content, name, SettingsError))
            text = edited(text, self._own_values(before))
            return self._write(text.encode(), before)

    def _own_values(self, content: bytes) -> dict[Place, Value]:
        """What belongs to this station alone, from its own file or from the last that worked.

        Raises:
            SettingsError: Both are wrong, so nobody knows for example what is wired to its pins.
        """
        try:
            parse_settings(content, str(self._path))
        except SettingsError:
            content = read_content(self._kept, SettingsError)
            parse_settings(content, str(self._kept))
        values = tomllib.loads(to_text(content, str(self._path), SettingsError))
        found = {place: values.get(place[0], {}).get(place[1]) for place in self._own}
        return {
            place: tuple(value) if isinstance(value, list) else value
            for place, value in found.items()
        }

    def _seen(self, edition: str) -> bytes:
        """The bytes of the file, if it is still the `edition` that staff have seen."""
        content = self.content()
        if _edition(content) != edition:
            raise SettingsError(
                "The settings have been changed by somebody else meanwhile. Look at them again, "
                "and then make your change."
            )
        return content

    def _write(self, content: bytes, before: bytes) -> Settings:
        """Check `content`, keep what was there `before`, and write it."""
        settings = parse_settings(content, str(self._path))
        self._check(settings)
        if content == before:
            return settings
        try:
            write_whole(self._before, before)
            write_whole(self._path, content, self._mode())
        except OSError as cause:
            raise SettingsError(
                f"{cause.filename or self._path}: cannot be written: {cause.strerror or cause}. "
                f"Nothing has been changed."
            ) from cause
        return settings

    def _mode(self) -> int:
        """Who may read the file: as it is, and for a new one its owner and group."""
        return self._path.stat().st_mode & 0o777 if self._path.exists() else 0o640


def _edition(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _without_pin(text: str) -> str:
    """`text` without any line of the PIN, not even one that is commented."""
    asleep = edited(text, {_PIN: None})
    return "\n".join(line for line in asleep.split("\n") if not _names_pin(line))


def _names_pin(line: str) -> bool:
    name, sign, _ = line.lstrip("# \t").partition("=")
    plain = name.replace('"', "").replace("'", "")
    return bool(sign) and plain.split(".")[-1].strip() == _PIN[1]
