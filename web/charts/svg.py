"""SVG as text: a few elements whose places are attributes and whose looks are classes.

The page's content policy forbids styles within the page. So colours and letters come from the
style sheet, by class; only what is geometry stands in the elements.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

#: The width of every chart in its own units. It is as wide as a telephone's page, so that letters
#: are about as large as its style sheet says there, and larger on a wider screen.
WIDTH = 360

#: The height of a line of text.
LINE = 24


def chart(height: float, elements: Iterable[str], says: str) -> Markup:
    """A chart.

    Args:
        height: Its height, in its own units.
        elements: What is in it.
        says: What it shows, for those who cannot see it.
    """
    return Markup(  # noqa: S704 - built from numbers, our own names and escaped texts
        f'<svg class="chart" viewBox="0 0 {WIDTH} {_number(height)}" role="img" '
        f'aria-label="{escape(says)}">{"".join(elements)}</svg>'
    )


def rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A rectangle of the class `kind`; nothing if it has no size."""
    if width <= 0 or height <= 0:
        return ""
    return (
        f'<rect class="{kind}" x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" '
        f'height="{_number(height)}"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A line of the class `kind`."""
    return (
        f'<line class="{kind}" x1="{_number(x1)}" y1="{_number(y1)}" x2="{_number(x2)}" '
        f'y2="{_number(y2)}"/>'
    )


def path(points: Iterable[tuple[float, float]], kind: str) -> str:
    """A line through `points`, of the class `kind`; nothing if there are fewer than two."""
    told = [f"{_number(x)},{_number(y)}" for x, y in points]
    return f'<polyline class="{kind}" points="{" ".join(told)}"/>' if len(told) > 1 else ""


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Words whose line stands on `y`.

    Args:
        x: Where they begin, end or have their middle.
        y: The line that they stand on.
        words: The words.
        kind: Their class.
        anchor: ``start``, ``middle`` or ``end``: which part of them is at `x`.
    """
    return (
        f'<text class="{kind}" x="{_number(x)}" y="{_number(y)}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def legend(y: float, entries: Iterable[tuple[str, str]]) -> str:
    """Names of classes with a spot of each, side by side from the left.

    Args:
        y: The line that the names stand on.
        entries: Class and name of each.
    """
    drawn, x = "", 0.0
    for kind, name in entries:
        drawn += rect(x, y - 13, 14, 14, kind) + text(x + 20, y, name)
        x += 20 + 8.6 * len(name) + 14
    return drawn


def _number(value: float) -> str:
    """`value` with a decimal at most, and none if it is whole."""
    return f"{value:.1f}".removesuffix(".0")
