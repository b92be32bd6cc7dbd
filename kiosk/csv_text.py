"""Tables as CSV, a line at a time, in which a spreadsheet finds no formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence

#: A spreadsheet that knows no encoding takes a file that begins with this for UTF-8.
BYTE_ORDER_MARK = "\ufeff"

#: A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def table_as_csv(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, byte_order_mark: bool = False
) -> Iterator[str]:
    """A table as CSV, a row a line.

    Args:
        columns: The names of the columns.
        rows: The cells; None is an empty one.
        byte_order_mark: Whether it begins with one, which Excel needs to read letters beyond ASCII.
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


class _Line:
    """Takes what `csv` writes, a line at a time."""

    text = ""

    def write(self, text: str) -> None:
        """Keep the line, with the end that lines have here.

        The writer ends lines with two characters. Given a single one, it would not quote a cell
        that has the other one in it.
        """
        self.text = text.removesuffix("\r\n") + "\n"
