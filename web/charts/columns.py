"""Columns along time: a bar for each day or week, perhaps of several parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kiosk.statistics.period import Period
from web.charts import svg
from web.charts.scale import bin_names, ticks

#: Left and right of the columns, and the height of the place they grow in.
_LEFT, _RIGHT, _HEIGHT = 42.0, 6.0, 140.0
_TOP = 2.0 * svg.LINE


#: How wide a name below the columns may be; one with less room at its right is left out.
_NAME = 52.0


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of what the columns are made of.

    Attributes:
        name: Its name, for the legend.
        kind: Its class, which gives it its colour.
        values: A value for each bin, 0 or more.
    """

    name: str
    kind: str
    values: Sequence[float]


def columns(
    bins: Sequence[Period],
    unit: str,
    stack: Sequence[Series],
    says: str,
    line: Series | None = None,
) -> Markup:
    """Columns of parts that stand on each other.

    Args:
        bins: The days of each column, in order.
        unit: What a bin is: ``day`` or ``week``.
        stack: The parts, from the ground up.
        says: What the chart shows, for those who cannot see it.
        line: What is drawn as a line over the columns, on the same scale.
    """
    totals = [sum(values) for values in zip(*(part.values for part in stack), strict=True)]
    marks = ticks(max([*totals, *(line.values if line else ())], default=0))
    ground, width = _TOP + _HEIGHT, (svg.WIDTH - _LEFT - _RIGHT) / max(1, len(bins))

    def up(value: float) -> float:
        return _HEIGHT * value / marks[-1]

    drawn = [_axis(marks, ground, up(1)), _names(bins, unit, ground, width)]
    for number in range(len(bins)):
        x, y = _LEFT + number * width, ground
        for part in stack:
            height = up(part.values[number])
            y -= height
            drawn.append(svg.rect(x + width * 0.1, y, width * 0.8, height, part.kind))
    shown = [*stack]
    if line is not None:
        shown.append(line)
        middles = [
            (_LEFT + (number + 0.5) * width, ground - up(value))
            for number, value in enumerate(line.values)
        ]
        drawn.append(svg.path(middles, f"{line.kind} line"))
    drawn.append(svg.legend(18, ((part.kind, part.name) for part in shown)))
    return svg.chart(ground + svg.LINE + 4, drawn, says)


def _axis(marks: Sequence[int], ground: float, unit: float) -> str:
    """Lines across with their numbers at the left."""
    return "".join(
        svg.line(_LEFT, ground - mark * unit, svg.WIDTH - _RIGHT, ground - mark * unit, "grid")
        + svg.text(_LEFT - 6, ground - mark * unit + 6, str(mark), "number", "end")
        for mark in marks
    )


def _names(bins: Sequence[Period], unit: str, ground: float, width: float) -> str:
    """The names below the columns, each with a short line to its own."""
    names = bin_names(bins, unit)
    drawn = ""
    for number, name in names.items():
        x = _LEFT + number * width
        if x <= svg.WIDTH - _NAME:
            drawn += svg.line(x, ground, x, ground + 6, "grid")
            drawn += svg.text(x + 2, ground + svg.LINE - 2, name)
    return drawn
