"""``matside language new``: files for a language, with the English beside what is to be said."""

import argparse

from kiosk.main.commands.language.files import add_options, folder_of, language_files, write
from kiosk.main.commands.options import Commands


def add_to(verbs: Commands) -> None:
    """Add ``new``."""
    new = verbs.add_parser("new", help="write files for a language, with the English in them")
    add_options(new)
    new.set_defaults(command=_new)


def _new(options: argparse.Namespace) -> int:
    from kiosk.library.language_files import written  # noqa: PLC0415 - only these verbs do

    folder = folder_of(options)
    for file in language_files(options):
        if file.path is not None:
            print(f"{file.path}: is there already, and is left as it is")
        else:
            write(folder / file.name, written(options.code, file, {}))
    print(f"Fill in what is empty, then: matside language check {options.code}")
    return 0
