"""Puts in place what a gym has sent to its stations, whole, or leaves everything as it was."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.errors import MatsideError, SettingsError
from kiosk.main.rules import library_of, mended
from kiosk.settings.shapes import Settings
from kiosk.whole_file import write_whole

if TYPE_CHECKING:
    from kiosk.fleet.push import Push
    from kiosk.settings.changing import SettingsFile


class PushTaker:
    """Takes a push.

    Args:
        settings: The settings in force.
        settings_file: Opens the settings file; None if there is to be none.
        take_anew: Has the station take everything anew as soon as nobody uses it.
    """

    def __init__(
        self,
        settings: Settings,
        settings_file: "Callable[[], SettingsFile] | None",
        take_anew: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._settings_file = settings_file
        self._take_anew = take_anew

    def __call__(self, push: "Push") -> None:
        """Take `push`.

        Raises:
            MatsideError: It is wrong, or cannot be written. Everything is as it was.
        """
        if push.kind == "settings":
            self._take_settings(push)
        else:
            self._take_file(push)
        self._take_anew()

    def _take_settings(self, push: "Push") -> None:
        if self._settings_file is None:
            raise SettingsError("this station runs without a settings file")
        file = self._settings_file()
        file.import_(push.content.encode(), push.name, file.edition())

    def _take_file(self, push: "Push") -> None:
        station = self._settings.station
        folder = station.routines if push.kind == "routine" else station.languages
        if folder is None:
            raise SettingsError(f"station.{push.kind}s is not set, so there is no place for it")
        path = Path(folder).expanduser() / push.name
        before = path.read_bytes() if path.is_file() else None
        wrong_before = self._problems()
        _write(path, push.content.encode())
        try:
            for each in self._problems():
                if str(path) in each or each not in wrong_before:
                    raise SettingsError(each)
        except MatsideError:
            if before is None:
                with contextlib.suppress(OSError):
                    path.unlink()
            else:
                _write(path, before)
            raise

    def _problems(self) -> tuple[str, ...]:
        """What is wrong with the files of the library, and with what the settings want of them."""
        library = library_of(self._settings)
        return (*library.problems, *mended(self._settings, library)[1])


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(exist_ok=True)  # the settings may name a folder for the first time
        write_whole(path, content)
    except OSError as problem:
        raise SettingsError(
            f"{path}: cannot be written: {problem.strerror or problem}"
        ) from problem
