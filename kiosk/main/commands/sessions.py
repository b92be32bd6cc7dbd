"""``matside sessions``: lists and exports the sessions that the store has."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from kiosk.main.commands.options import Commands, Parser, add_common, settings_of
from kiosk.settings.loading import data_directory


def add_to(commands: Commands) -> None:
    """Add ``sessions`` with its verbs."""
    parser = commands.add_parser("sessions", help="list or export past sessions")
    verbs = parser.add_subparsers(required=True, metavar="VERB", parser_class=Parser)
    listing = verbs.add_parser("list", help="the sessions, the newest first")
    add_common(listing)
    listing.set_defaults(command=_list)
    export = verbs.add_parser("export", help="the sessions as JSON, or as CSV")
    export.add_argument("--format", choices=("json", "csv"), default="json")
    export.add_argument(
        "--csv", dest="format", action="store_const", const="csv", help="the same as --format csv"
    )
    export.add_argument("--bom", action="store_true", help="begin CSV so that Excel reads UTF-8")
    export.add_argument("--from", dest="first", type=_date, metavar="DATE", help="the first day")
    export.add_argument("--to", dest="last", type=_date, metavar="DATE", help="the last day")
    add_common(export)
    export.set_defaults(command=_export)
    back = verbs.add_parser(
        "take-back", help="the sessions from before an update, after one failed"
    )
    add_common(back)
    back.set_defaults(command=_take_back)


def _list(options: argparse.Namespace) -> int:
    from kiosk.records.record import records  # noqa: PLC0415 - only these verbs read them
    from kiosk.records.store import reading  # noqa: PLC0415 - only these verbs read them

    with reading(_directory(options)) as db:
        for record in records(db):
            ended = record.ended or "running"
            print(
                f"{record.number:5}  {record.started}  {record.routine}  "
                f"left {record.left:.0f} s, right {record.right:.0f} s of {record.side_seconds}  "
                f"{ended} at {record.step}"
            )
    return 0


def _export(options: argparse.Namespace) -> int:
    from kiosk.records.export import as_csv, as_json  # noqa: PLC0415 - only these verbs read them
    from kiosk.records.placing import day_number  # noqa: PLC0415 - only these verbs read them
    from kiosk.records.record import records  # noqa: PLC0415 - only these verbs read them
    from kiosk.records.store import reading  # noqa: PLC0415 - only these verbs read them

    first, last = (
        None if date is None else day_number(date) for date in (options.first, options.last)
    )
    with reading(_directory(options)) as db:
        found = records(db, first, last)
        if options.format == "csv":
            lines = as_csv(found, byte_order_mark=options.bom)
        else:
            lines = as_json(found)
        sys.stdout.writelines(lines)
    return 0


def _take_back(options: argparse.Namespace) -> int:
    from kiosk.records.before import take_back  # noqa: PLC0415 - only this verb needs it
    from kiosk.records.store import FILE  # noqa: PLC0415 - only this verb needs it

    newer = take_back(_directory(options) / FILE)
    if newer is None:
        print("This version can read the sessions as they are: nothing was done.")
    else:
        print(f"Taken back. The sessions since the update are in {newer}.")
    return 0


def _directory(options: argparse.Namespace) -> Path:
    return data_directory(settings_of(options).station.data)


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"found {text!r}. It must be a day such as 2026-01-31"
        ) from None
