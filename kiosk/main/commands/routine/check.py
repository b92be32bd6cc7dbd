"""``matside routine check``: all that is wrong with files of routines, and what to think about."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk.main.commands.options import Commands, found_settings_of
from kiosk.main.commands.remarks import add_options, as_json, print_remarks, status_of

if TYPE_CHECKING:
    from kiosk.library.remarks import Remark


def add_to(verbs: Commands) -> None:
    """Add ``check``."""
    check = verbs.add_parser(
        "check",
        help="say what is wrong with files of routines",
        epilog="Exit status: 0 without faults, 1 with faults, 2 if it was called wrongly.",
    )
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="NAME.toml")
    add_options(check)
    check.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    check.set_defaults(command=_check, data=None)


def _check(options: argparse.Namespace) -> int:
    from kiosk.library.routine_report import report_on  # noqa: PLC0415 - only these verbs do
    from kiosk.main.rules import judge_of  # noqa: PLC0415 - only these verbs do

    judge = judge_of(found_settings_of(options).settings)
    told: dict[Path, list[Remark]] = {}
    for path in options.files:
        told.setdefault(path, [])
        for remark in report_on(path, judge):
            remarks = told.setdefault(remark.file, [])
            if remark not in remarks:  # a translation may be named, and also belong to a routine
                remarks.append(remark)
    if options.json:
        print(msgspec.json.encode(_as_json(told)).decode())
    else:
        for path, remarks in told.items():
            print_remarks(path, remarks)
    together = [remark for remarks in told.values() for remark in remarks]
    return status_of(together, strict=options.strict)


def _as_json(told: "dict[Path, list[Remark]]") -> "Iterable[dict[str, object]]":
    """The files with their remarks, as docs/routines.md has it."""
    return [
        {
            "file": str(path),
            "ok": status_of(remarks, strict=False) == 0,
            "remarks": as_json(remarks),
        }
        for path, remarks in told.items()
    ]
