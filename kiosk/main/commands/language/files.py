"""What the verbs share that read and write the files of a language."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.core.errors import SettingsError
from kiosk.main.commands.options import Parser, add_common, settings_of
from kiosk.whole_file import write_whole

if TYPE_CHECKING:
    from kiosk.library.language_files import LanguageFile
    from kiosk.library.places import Places


def add_options(parser: Parser) -> None:
    """Add the code of the language, its folder, and the options that all commands have."""
    parser.add_argument("code", metavar="CODE", help="such as de or pt-BR")
    parser.add_argument(
        "--folder", type=Path, metavar="DIR", help="of the files, if not station.languages"
    )
    add_common(parser)


def language_files(options: argparse.Namespace) -> "list[LanguageFile]":
    """The files that the language of the command line needs.

    Raises:
        SettingsError: The code or the settings are wrong, or one of the files is no TOML.
    """
    from kiosk.library.language_checks import code_problem  # noqa: PLC0415 - only these verbs do
    from kiosk.library.language_files import files_of  # noqa: PLC0415 - only these verbs do
    from kiosk.main.rules import library_of  # noqa: PLC0415 - only these verbs do

    if (wrong := code_problem(options.code)) is not None:
        raise SettingsError(f"CODE: {wrong}")
    return list(files_of(options.code, library_of(settings_of(options)), _places(options)))


def folder_of(options: argparse.Namespace) -> Path:
    """The folder that files are written into.

    Raises:
        SettingsError: Neither the command line nor the settings name one.
    """
    from kiosk.main.rules import places_of  # noqa: PLC0415 - only these verbs do

    folder: Path | None = options.folder or places_of(settings_of(options)).own_languages
    if folder is None:
        raise SettingsError("--folder is missing: say where the files are to be written.")
    return folder


def write(path: Path, text: str) -> None:
    """Write a file, and its folder if that is not there yet; print its name.

    Raises:
        SettingsError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode(), 0o644)
    except OSError as cause:
        raise SettingsError(f"{path}: cannot be written: {cause.strerror or cause}.") from cause
    print(path)


def _places(options: argparse.Namespace) -> "Places":
    """The folders of the library; the language's own is that of the command line, if it has one."""
    from kiosk.main.rules import places_of  # noqa: PLC0415 - only these verbs do

    places = places_of(settings_of(options))
    folder: Path | None = options.folder or places.own_languages
    # A folder that is not there yet has no files, which is no reason to refuse to write some.
    return replace(places, own_languages=folder if folder and folder.exists() else None)
