"""Where the files of the library are: those that come with Matside, and the gym's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.library.routine_files import SHIPPED_ROUTINES, language_of


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

    def own_language_files(self) -> list[Path]:
        """The gym's own language files, ``CODE.toml``.

        Raises:
            OSError: The folder cannot be read.
        """
        return [path for path in _files(self.own_languages) if "." not in path.stem]

    def own_translations(self) -> list[Path]:
        """The translations in the folder of the gym's own languages, ``ROUTINE.CODE.toml``.

        Raises:
            OSError: The folder cannot be read.
        """
        return [path for path in _files(self.own_languages) if "." in path.stem]

    def routine_file(self, name: str) -> Path:
        """The file of the routine `name`, which there must be."""
        folders = (self.own_routines, SHIPPED_ROUTINES)
        places = (folder / f"{name}.toml" for folder in folders if folder is not None)
        return next(path for path in places if path.exists())


def routine_of(translation: Path) -> str:
    """The id of the routine in the name of a translation, ``NAME.CODE.toml``."""
    return translation.stem.removesuffix(f".{language_of(translation)}")


def _files(folder: Path | None) -> Iterator[Path]:
    """The TOML files of `folder`, ordered by name; not the hidden ones that some systems add."""
    if folder is not None:
        for path in sorted(folder.iterdir()):
            if path.suffix == ".toml" and not path.name.startswith("."):
                yield path
