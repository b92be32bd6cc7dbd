"""``matside language export`` and ``import``: to the tools of translators, and back from them."""

import argparse
import sys
from pathlib import Path

from kiosk.main.commands.language.files import add_options, folder_of, language_files, write
from kiosk.main.commands.options import Commands


def add_to(verbs: Commands) -> None:
    """Add ``export`` and ``import``."""
    export = verbs.add_parser(
        "export", help="write a language as a PO file, for Weblate or Crowdin"
    )
    add_options(export)
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help="instead of CODE.po")
    export.set_defaults(command=_export)
    taking = verbs.add_parser("import", help="write the files of a language from its PO file")
    add_options(taking)
    taking.add_argument("file", type=Path, metavar="FILE", help="the PO file")
    taking.set_defaults(command=_import)


def _export(options: argparse.Namespace) -> int:
    from kiosk.library.po import as_po  # noqa: PLC0415 - only these verbs do

    output = options.output or Path(f"{options.code}.po")
    write(output, as_po(options.code, language_files(options)))
    return 0


def _import(options: argparse.Namespace) -> int:
    from kiosk.library.language_files import reviewer_of, written  # noqa: PLC0415 - only these do
    from kiosk.library.po import from_po  # noqa: PLC0415 - only these verbs do

    folder = folder_of(options)
    taken, new = from_po(options.file, options.code, language_files(options)), 0
    for file, texts in taken.of_files.items():
        said = file.said
        # What the PO file has no words for stays as it is.
        if said | texts != said:
            new += 1
            write(folder / file.name, written(options.code, file, said | texts))
            if (reviewer := reviewer_of(file)) != "nobody yet":
                print(f"{file.name}: {reviewer} has reviewed it before; ask for another look")
    print(f"{new} files are written" if new else "Nothing in it is new")
    if taken.strange:
        print(
            f"{options.file}: {taken.strange} of its texts translate an English that has changed, "
            f"or that is not ours; they are not taken.",
            file=sys.stderr,
        )
    return 0
