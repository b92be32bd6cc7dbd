"""Labels: small texts beside a drawing, each with a line to the thing that it names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import escape

from web.figures.geometry import Vec, number
from web.figures.viewpoint import WIDTH

BESIDE = 33.0  # picture units from the middle to the labels, so that they are beside the arms
LINE = 7.6  # picture units from one line of a label to the next
SHORT = 11  # the most letters in a line of a label


@dataclass(frozen=True, slots=True)
class Label:
    """A small text beside a drawing that is not mirrored, and the point that it names.

    Attributes:
        name: Its name, by which a routine's file has the text.
        at: The point of the drawing, picture units.
        row: The height of its first line, picture units.
        right: Whether it stands to the right of the drawing; else it stands to the left.
    """

    name: str
    at: Vec
    row: float
    right: bool


def labels_markup(labels: Iterable[Label], texts: Mapping[str, str], *, mirrored: bool) -> str:
    """The labels of a drawing as SVG. Their letters are never mirrored.

    One with more lines than there is room for moves those below it down. No word is broken.

    Args:
        labels: The labels.
        texts: Their texts by name; a label without a text is left out.
        mirrored: Whether the drawing is mirrored; the labels then stand on the other side of it.
    """
    made = ""
    free = {True: 0.0, False: 0.0}  # the first row that is free, at the right and at the left
    for label in sorted(labels, key=lambda each: each.row):
        if label.name not in texts:
            continue
        right = label.right is not mirrored
        tip = Vec(WIDTH - label.at.x, label.at.y) if mirrored else label.at
        edge = WIDTH / 2 + (BESIDE if right else -BESIDE)
        texts_of_lines = wrap(texts[label.name], SHORT, break_long_words=False)
        row = max(label.row, free[right])
        free[right] = row + LINE * len(texts_of_lines)
        lines = "".join(
            f'<tspan x="{number(edge + (1.5 if right else -1.5))}" '
            f'y="{number(row + 2.4 + LINE * line)}">{escape(words)}</tspan>'
            for line, words in enumerate(texts_of_lines)
        )
        made += (
            f'<path class="leader" d="M{number(tip.x)} {number(tip.y)}L{number(edge)} '
            f'{number(row)}"/>'
            f'<text text-anchor="{"start" if right else "end"}">{lines}</text>'
        )
    return made
