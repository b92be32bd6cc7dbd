"""``matside routine new``: writes a file that a new routine begins with."""

import argparse
import shlex
from pathlib import Path

from kiosk.main.commands.options import Commands


def add_to(verbs: Commands) -> None:
    """Add ``new``."""
    new = verbs.add_parser("new", help="write a file for a new routine, with notes")
    new.add_argument("name", metavar="NAME", help="its id, such as hip-opener")
    new.add_argument(
        "--folder", type=Path, default=Path(), metavar="DIR", help="where to (this folder)"
    )
    new.set_defaults(command=_new)


def _new(options: argparse.Namespace) -> int:
    from kiosk.library.new_routine import write_new_routine  # noqa: PLC0415 - only this verb does

    path = write_new_routine(options.name, options.folder)
    print(f"{path}: is written. Open it in a text editor, and change what is yours.")
    print(f"See it there: matside routine preview {shlex.quote(str(path))}")
    return 0
