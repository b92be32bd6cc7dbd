"""``matside sessions``: lists and exports the sessions that the store has."""

import argparse
import sys
from typing import TYPE_CHECKING

from kiosk.main.commands.options import Commands, Parser, add_common, settings_of
from kiosk.settings.loading import data_directory

if TYPE_CHECKING:
    from kiosk.records.store import SessionRecord


def add_to(commands: Commands) -> None:
    """Add ``sessions`` with its verbs."""
    parser = commands.add_parser("sessions", help="list or export past sessions")
    verbs = parser.add_subparsers(required=True, metavar="VERB", parser_class=Parser)
    listing = verbs.add_parser("list", help="the sessions, the newest first")
    add_common(listing)
    listing.set_defaults(command=_list)
    export = verbs.add_parser("export", help="the sessions as JSON, or as CSV")
    export.add_argument("--csv", action="store_true", help="as CSV, for a spreadsheet")
    add_common(export)
    export.set_defaults(command=_export)


def _list(options: argparse.Namespace) -> int:
    for record in _sessions(options):
        ended = record.ended or "running"
        print(
            f"{record.number:5}  {record.started}  {record.routine}  left {record.left:.0f} s, "
            f"right {record.right:.0f} s of {record.side_seconds}  {ended} at {record.step}"
        )
    return 0


def _export(options: argparse.Namespace) -> int:
    from kiosk.records.export import as_csv, as_json  # noqa: PLC0415 - only these verbs read them

    sys.stdout.write((as_csv if options.csv else as_json)(_sessions(options)))
    return 0


def _sessions(options: argparse.Namespace) -> "list[SessionRecord]":
    from kiosk.records.store import read_sessions  # noqa: PLC0415 - only these verbs read them

    return read_sessions(data_directory(settings_of(options).station.data))
