"""``matside language list``: the languages of the screen, and how much has words in each."""

import argparse
import sys

from kiosk.main.commands.options import FAILED, Commands, add_common, settings_of


def add_to(verbs: Commands) -> None:
    """Add ``list``."""
    listing = verbs.add_parser("list", help="the languages there are")
    add_common(listing)
    listing.set_defaults(command=_list)


def _list(options: argparse.Namespace) -> int:
    from kiosk.main.rules import library_of  # noqa: PLC0415 - only this verb reads routines

    library = library_of(settings_of(options))
    for code, words in library.languages.items():
        count = sum(code in routine.texts for routine in library.routines.values())
        print(f"{code:8}{words.name}, {count} of {len(library.routines)} routines")
    for problem in library.problems:
        print(f"matside: {problem}", file=sys.stderr)
    return FAILED if library.problems else 0
