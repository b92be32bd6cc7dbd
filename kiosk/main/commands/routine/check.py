"""``matside routine check``: all that is wrong with files of routines, and what to think about."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk.main.commands.options import FAILED, Commands, found_settings_of

if TYPE_CHECKING:
    from kiosk.library.remarks import Judge, Remark
    from kiosk.settings.shapes import Settings

#: How many remarks on a file are printed; `--json` has them all.
MOST = 50


def add_to(verbs: Commands) -> None:
    """Add ``check``."""
    check = verbs.add_parser(
        "check",
        help="say what is wrong with files of routines",
        epilog="Exit status: 0 without faults, 1 with faults, 2 if it was called wrongly.",
    )
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="NAME.toml")
    check.add_argument("--strict", action="store_true", help="let warnings count as faults")
    check.add_argument("--json", action="store_true", help="as JSON")
    check.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    check.set_defaults(command=_check, data=None)


def judge_of(settings: "Settings") -> "Judge":
    """What files are judged by on a station with `settings`."""
    from kiosk.library.legibility import legible  # noqa: PLC0415 - only these verbs do
    from kiosk.library.own_languages import load_all_languages  # noqa: PLC0415 - only these verbs do
    from kiosk.library.remarks import Judge  # noqa: PLC0415 - only these verbs do
    from kiosk.main.rules import places_of  # noqa: PLC0415 - only these verbs do
    from web.figures import POSES  # noqa: PLC0415 - only these verbs do

    screen = settings.screen
    return Judge(
        POSES,
        load_all_languages(places_of(settings)).words,
        settings.station.breath_seconds,
        legible(screen.viewing_distance_m, screen.screen_inches),
    )


def _check(options: argparse.Namespace) -> int:
    from kiosk.library.routine_report import report_on  # noqa: PLC0415 - only these verbs do

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
            _print(path, remarks)
    counts = ("fault", "warning") if options.strict else ("fault",)
    wrong = any(remark.kind in counts for remarks in told.values() for remark in remarks)
    return FAILED if wrong else 0


def _print(path: Path, remarks: "list[Remark]") -> None:
    for remark in remarks[:MOST]:
        print(remark)
    if len(remarks) > MOST:
        print(f"{path}: {len(remarks) - MOST} more. Mend these first.")
    faults = sum(remark.kind == "fault" for remark in remarks)
    warnings = len(remarks) - faults
    if not faults:
        also = f" Think about {_count(warnings, 'warning')}." if warnings else ""
        print(f"{path}: is right.{also}")
    else:
        print(f"{path}: {_count(faults, 'fault')}, {_count(warnings, 'warning')}.")


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _as_json(told: "dict[Path, list[Remark]]") -> "Iterable[dict[str, object]]":
    """The files with their remarks, as docs/routines.md has it."""
    return [
        {
            "file": str(path),
            "ok": not any(remark.kind == "fault" for remark in remarks),
            "remarks": [
                {
                    "kind": remark.kind,
                    "line": remark.line,
                    "field": remark.field or None,
                    "text": remark.text,
                }
                for remark in remarks
            ],
        }
        for path, remarks in told.items()
    ]
