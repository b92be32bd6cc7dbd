"""Labels: small texts beside a drawing, each with a line to what it names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import escape

from web.figures.geometry import Vec, number
from web.figures.viewpoint import WIDTH

BESIDE = 33.0  # picture units from the midline to the labels: clear of a trunk's arms
LINE = 7.6  # picture units from one line of a label to the next
SHORT = 11  # letters that a line of a label may have


@dataclass(frozen=True, slots=True)
class Label:
    """A small text beside a drawing, and what it points to while the drawing is not mirrored.

    Attributes:
        name: What the texts of a routine call it.
        at: What it points to, picture units.
        row: Height of its first line, picture units.
        right: Whether it stands at the right edge, not at the left one.
    """

    name: str
    at: Vec
    row: float
    right: bool


def labels_markup(labels: Iterable[Label], texts: Mapping[str, str], *, mirrored: bool) -> str:
    """The labels that have a text, with their lines; the letters themselves are never mirrored.

    Args:
        labels: The labels of the drawing.
        texts: Their texts by name; a label without a text is left out.
        mirrored: Whether the drawing is mirrored: then the labels change sides with it.
    """
    made = ""
    for label in labels:
        if label.name not in texts:
            continue
        right = label.right is not mirrored
        tip = Vec(WIDTH - label.at.x, label.at.y) if mirrored else label.at
        edge = WIDTH / 2 + (BESIDE if right else -BESIDE)
        lines = "".join(
            f'<tspan x="{number(edge + (1.5 if right else -1.5))}" '
            f'y="{number(label.row + 2.4 + LINE * line)}">{escape(words)}</tspan>'
            for line, words in enumerate(wrap(texts[label.name], SHORT))
        )
        made += (
            f'<path class="leader" d="M{number(tip.x)} {number(tip.y)}L{number(edge)} '
            f'{number(label.row)}"/>'
            f'<text text-anchor="{"start" if right else "end"}">{lines}</text>'
        )
    return made
