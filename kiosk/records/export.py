"""The stored sessions for other programs: as JSON, or as CSV for a spreadsheet.

Both are made line by line, so that a million sessions take no more memory than one.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence

from kiosk.records.placing import date_of
from kiosk.records.record import SessionRecord

#: A spreadsheet that knows no encoding takes a file that begins with this for UTF-8.
BYTE_ORDER_MARK = "\ufeff"

#: A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")

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


def table_as_csv(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, byte_order_mark: bool = False
) -> Iterator[str]:
    """A table as CSV, a row a line, in which no cell is taken for a formula.

    Args:
        columns: The names of the columns.
        rows: The cells; None is an empty one.
        byte_order_mark: Whether it begins with one.
    """
    line = _Line()
    table = csv.writer(line)
    table.writerow(columns)
    yield (BYTE_ORDER_MARK if byte_order_mark else "") + line.text
    for row in rows:
        table.writerow([harmless(cell) for cell in row])
        yield line.text


def harmless(cell: object) -> object:
    """`cell`; if it is a text that a spreadsheet would take for a formula, with a ' before it."""
    if isinstance(cell, str) and cell.startswith(_FORMULAS):
        return f"'{cell}"
    return cell


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


class _Line:
    """Takes what `csv` writes, a line at a time."""

    text = ""

    def write(self, text: str) -> None:
        """Keep the line, with the end that lines have here.

        The writer ends lines with two characters. Given a single one, it would not quote a cell
        that has the other one in it.
        """
        self.text = text.removesuffix("\r\n") + "\n"
