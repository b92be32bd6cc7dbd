"""``matside language check``: what of a language is missing, wrong or too long."""

import argparse
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
        help="say what is missing, wrong or too long in some languages, or in all",
        epilog="Exit status: 0 without faults, 1 with faults, 2 if it was called wrongly.",
    )
    check.add_argument("codes", nargs="*", metavar="CODE", help="such as de; all if left out")
    add_options(check)
    check.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    check.set_defaults(command=_check, data=None)


def _check(options: argparse.Namespace) -> int:
    from kiosk.library.language_report import (  # noqa: PLC0415 - only this verb does
        languages_there,
        report_on_language,
    )
    from kiosk.main.rules import judge_of, library_of, places_of  # noqa: PLC0415 - only this verb

    settings = found_settings_of(options).settings
    library, places = library_of(settings), places_of(settings)
    judge = judge_of(settings)
    told: dict[str, list[Remark]] = {
        code: report_on_language(code, library, places, judge)
        for code in dict.fromkeys(options.codes or languages_there(places))
    }
    if options.json:
        print(msgspec.json.encode([_as_json(*each) for each in told.items()]).decode())
    else:
        for code, remarks in told.items():
            print_remarks(code, remarks)
    together = [remark for remarks in told.values() for remark in remarks]
    return status_of(together, strict=options.strict)


def _as_json(code: str, remarks: "list[Remark]") -> dict[str, object]:
    told = [
        {"file": str(remark.file), **fields}
        for remark, fields in zip(remarks, as_json(remarks), strict=True)
    ]
    ok = status_of(remarks, strict=False) == 0
    return {"language": code, "ok": ok, "remarks": told}
