"""Rows, one below the other: names at the left, bars and numbers beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.charts import svg
from web.charts.scale import ticks

#: Where the bars begin, and the room that is kept at their right for numbers.
_BARS, _NUMBERS = 158.0, 58.0
_ROW = 25.0
_BAR = 17.0

#: The longest name that stands before a bar; a longer one is cut, since the table has it whole.
LONGEST_NAME = 18


@dataclass(frozen=True, slots=True)
class Bar:
    """A row with a bar from 0 on.

    Attributes:
        name: What stands before it.
        value: How long it is, 0 or more.
        number: What stands behind it.
        kind: Its class, which gives it its colour.
    """

    name: str
    value: float
    number: str
    kind: str = "main"


@dataclass(frozen=True, slots=True)
class Span:
    """A row with a bar from one value to another, and a mark in between.

    Attributes:
        name: What stands before it.
        first: Where the bar begins, 0 or more.
        mark: Where the mark is.
        last: Where the bar ends.
        number: What stands behind it.
    """

    name: str
    first: float
    mark: float
    last: float
    number: str


def bars(rows: Sequence[Bar], says: str) -> Markup:
    """Bars that begin at the same place; the longest is as long as there is room.

    Args:
        rows: The rows, from top to bottom.
        says: What the chart shows, for those who cannot see it.
    """
    most = max((row.value for row in rows), default=0) or 1
    room = svg.WIDTH - _BARS - _NUMBERS
    drawn = []
    for number, row in enumerate(rows):
        y, length = number * _ROW, room * row.value / most
        drawn += [
            svg.text(_BARS - 8, y + 18, _fitting(row.name), "", "end"),
            svg.rect(_BARS, y + 4, length, _BAR, row.kind),
            svg.text(_BARS + length + 6, y + 18, row.number, "number"),
        ]
    drawn.append(svg.line(_BARS, 0, _BARS, len(rows) * _ROW, "ground"))
    return svg.chart(max(1, len(rows)) * _ROW, drawn, says)


def spans(rows: Sequence[Span], says: str) -> Markup:
    """Bars from value to value on one scale, with its numbers below them.

    Args:
        rows: The rows, from top to bottom.
        says: What the chart shows, for those who cannot see it.
    """
    marks = ticks(max((row.last for row in rows), default=0))
    room, ground = svg.WIDTH - _BARS - _NUMBERS, len(rows) * _ROW + 2

    def along(value: float) -> float:
        return _BARS + room * value / marks[-1]

    drawn = []
    for mark in marks:
        drawn += [
            svg.line(along(mark), 0, along(mark), ground, "grid"),
            svg.text(along(mark), ground + svg.LINE - 4, str(mark), "number", "middle"),
        ]
    for number, row in enumerate(rows):
        y = number * _ROW
        drawn += [
            svg.text(_BARS - 8, y + 18, _fitting(row.name), "", "end"),
            svg.rect(along(row.first), y + 6, along(row.last) - along(row.first), 13, "main"),
            svg.rect(along(row.mark) - 2.5, y + 3, 5, 19, "mark"),
            svg.text(svg.WIDTH, y + 18, row.number, "number", "end"),
        ]
    return svg.chart(ground + svg.LINE + 4, drawn, says)


def _fitting(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
