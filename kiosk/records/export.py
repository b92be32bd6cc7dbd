"""The stored sessions for other programs: as JSON, or as CSV for a spreadsheet."""

import csv
import io
import json
from dataclasses import asdict, fields

from kiosk.records.store import SessionRecord


def as_json(records: list[SessionRecord]) -> str:
    """`records` as a JSON list of objects."""
    return json.dumps([asdict(record) for record in records], indent=1) + "\n"


def as_csv(records: list[SessionRecord]) -> str:
    """`records` as CSV; the first line has the names of the columns."""
    text = io.StringIO()
    names = [field.name for field in fields(SessionRecord)]
    table = csv.DictWriter(text, names, lineterminator="\n")
    table.writeheader()
    table.writerows(asdict(record) for record in records)
    return text.getvalue()
