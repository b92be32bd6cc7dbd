"""The stored sessions for other programs: as JSON, or as CSV for a spreadsheet.

Both are made line by line, so that a million sessions take no more memory than one.
"""

import json
from collections.abc import Iterable, Iterator

from kiosk.csv_text import table_as_csv
from kiosk.records.placing import date_of
from kiosk.records.record import SessionRecord

Row = dict[str, object]


def row_of(record: SessionRecord) -> Row:
    """What is exported of `record`, by the names of the columns."""
    return {
        "number": record.number,
        "started": record.started,
        "routine": record.routine,
        "side_seconds": record.side_seconds,
        "left": record.left,
        "right": record.right,
        "ended": record.ended,
        "step": record.step,
        "language": record.language,
        "clock_known": record.clock_known,
        "day": None if record.day is None else date_of(record.day).isoformat(),
        "hour": record.hour,
        "furthest": record.furthest,
        "ready_after": record.ready_after,
        "made_up": record.made_up,
        "weight_offs": record.weight_offs,
        "step_seconds": record.step_seconds,
    }


#: The columns, in order.
COLUMNS = tuple(row_of(SessionRecord(0, "", "", 0, 0.0, 0.0, None, None)))


def as_json(records: Iterable[SessionRecord]) -> Iterator[str]:
    """`records` as a JSON list of objects, an object a line."""
    between = "["
    for record in records:
        yield f"{between}\n{json.dumps(row_of(record), ensure_ascii=False)}"
        between = ","
    yield "[]\n" if between == "[" else "\n]\n"


def as_csv(records: Iterable[SessionRecord], *, byte_order_mark: bool = False) -> Iterator[str]:
    """`records` as CSV, a record a line; the first line has the names of the columns.

    Several values in one cell have spaces between them.

    Args:
        records: The sessions.
        byte_order_mark: Whether it begins with one, which Excel needs to read letters beyond ASCII.
    """
    rows = ([_cell(value) for value in row_of(record).values()] for record in records)
    return table_as_csv(COLUMNS, rows, byte_order_mark=byte_order_mark)


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
