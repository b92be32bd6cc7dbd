"""Where the files of the library are: those that come with Matside, and the gym's own."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.errors import SettingsError
from kiosk.library.routine_files import SHIPPED_ROUTINES, language_of
from kiosk.library.words import SHIPPED_LANGUAGES


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of a station's library.

    Attributes:
        own_routines: The gym's own routines, with translations beside them; None if it has none.
        own_languages: The gym's own languages: for each the station's words, ``CODE.toml``, and
            the words of routines, ``ROUTINE.CODE.toml``. None if it has none.
    """

    own_routines: Path | None = None
    own_languages: Path | None = None

    def own_routine_files(self) -> list[Path]:
        """The gym's own routines, ``NAME.toml``.

        Raises:
            SettingsError: The folder cannot be read.
        """
        return _without_code(_files("routines", self.own_routines))

    def own_language_files(self) -> list[Path]:
        """The gym's own language files, ``CODE.toml``.

        Raises:
            SettingsError: The folder cannot be read.
        """
        return _without_code(_files("languages", self.own_languages))

    def own_translations(self) -> list[Path]:
        """The translations in the folder of the gym's own languages, ``ROUTINE.CODE.toml``.

        Raises:
            SettingsError: The folder cannot be read.
        """
        return _with_code(_files("languages", self.own_languages))

    def language_files(self) -> dict[str, Path]:
        """The language file of each language by code, those of the gym's own first.

        Raises:
            SettingsError: The gym's own folder cannot be read.
        """
        files = _without_code(sorted(SHIPPED_LANGUAGES.glob("*.toml")))
        return {path.stem: path for path in (*files, *self.own_language_files())}

    def translations(self) -> dict[str, dict[str, Path]]:
        """The translations by code of the language and id of the routine, the gym's own first.

        Raises:
            SettingsError: A folder of the gym's own cannot be read.
        """
        found: dict[str, dict[str, Path]] = defaultdict(dict)
        shipped = _with_code(sorted(SHIPPED_ROUTINES.glob("*.toml")))
        beside = _with_code(_files("routines", self.own_routines))
        for path in (*shipped, *beside, *self.own_translations()):
            found[language_of(path)][routine_of(path)] = path
        return found


def routine_of(translation: Path) -> str:
    """The id of the routine in the name of a translation, ``NAME.CODE.toml``."""
    return translation.stem.partition(".")[0]


def _without_code(files: list[Path]) -> list[Path]:
    return [path for path in files if "." not in path.stem]


def _with_code(files: list[Path]) -> list[Path]:
    return [path for path in files if "." in path.stem]


def _files(setting: str, folder: Path | None) -> list[Path]:
    """The TOML files of `folder`, ordered by name, but for hidden ones, which some systems add.

    Raises:
        SettingsError: It cannot be read.
    """
    if folder is None:
        return []
    try:
        files = sorted(folder.iterdir())
    except OSError as cause:
        why = cause.strerror or cause
        raise SettingsError(
            f"station.{setting}: {folder} cannot be read: {why}. Correct the name."
        ) from cause
    return [path for path in files if path.suffix == ".toml" and not path.name.startswith(".")]
