"""``matside routine check``: says what is wrong with a routine's file."""

import argparse
from pathlib import Path

from kiosk.main.commands.options import Commands


def add_to(verbs: Commands) -> None:
    """Add ``check``."""
    check = verbs.add_parser("check", help="check a routine's file")
    check.add_argument("file", type=Path)
    check.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    from kiosk.library.routine_files import RoutineReader  # noqa: PLC0415 - only these verbs do
    from web.figures import POSES  # noqa: PLC0415 - only these verbs do

    routine = RoutineReader(POSES).read(options.file)
    print(f"{options.file}: is right. {len(routine.steps)} steps.")
    return 0
