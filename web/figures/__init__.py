"""The figures: drawings of a body on a mat, made from a skeleton and named poses.

A figure is drawn in these steps: `poses` says where the feet, hands and things are; `stance` finds
every joint of the body from that; `pieces` lays outlines round the bones; `motion` and `keyframes`
let them move; `drawing` puts all of it together as SVG.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from markupsafe import Markup, escape

from kiosk.core.errors import FigureError
from web.figures.catalogue import CATALOGUE
from web.figures.geometry import number
from web.figures.keyframes import beats
from web.figures.labels import labels_markup
from web.figures.poses import BODY_POSES
from web.figures.style import FIGURES_CSS, movement_sheet
from web.figures.viewpoint import WIDTH, Frame

__all__ = [
    "FIGURES_CSS",
    "POSES",
    "beat_classes",
    "figure_html",
    "movement_css",
    "moves",
    "warm_up",
]

#: The names that a routine may give as a pose, each with the names of the labels in that drawing.
POSES: Mapping[str, frozenset[str]] = {
    pose: frozenset(label.name for label in entry.labels) for pose, entry in CATALOGUE.items()
}


def figure_html(
    pose: str, *, mirrored: bool, label: str = "", texts: Mapping[str, str] | None = None
) -> Markup:
    """A figure as a fragment of HTML, as large as the element that it is put into.

    The page needs `FIGURES_CSS` too, and `movement_css` of each pose that moves. It may set three
    colours by the CSS properties ``--side``, ``--figure-line`` and ``--figure-body``.

    Args:
        pose: One of `POSES`.
        mirrored: False for a body that works on its right side, with the head at the left of the
            picture; True for the mirror image of that.
        label: What a screen reader says; without a label it passes over the figure.
        texts: The texts of the labels in the drawing, by their names; a label without a text is
            left out.

    Raises:
        FigureError: There is no such pose.
    """
    shown = _shown(pose)
    naming = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    flip = f' transform="matrix(-1 0 0 1 {WIDTH} 0)"' if mirrored else ""
    labels = labels_markup(CATALOGUE[pose].labels, texts or {}, mirrored=mirrored)
    return Markup(  # noqa: S704 - built from numbers, our own names and escaped texts
        f'<svg class="figure" viewBox="{_view_box(shown.frame)}" {naming}>'
        f"<g{flip}>{shown.markup}</g>{labels}</svg>"
    )


def _view_box(frame: Frame) -> str:
    left = (WIDTH - frame.width) / 2
    return " ".join(number(part) for part in (left, frame.top, frame.width, frame.height))


class _Shown(NamedTuple):
    """What is kept of a drawing once it is drawn: less than a third of what the drawing needs."""

    frame: Frame
    markup: str
    movements: str


@cache
def _shown(pose: str) -> _Shown:
    """The figure of `pose`, drawn once and then kept: to draw it takes long enough to be felt."""
    if pose not in POSES:
        raise FigureError(f"there is no pose {pose!r}; there are: {', '.join(sorted(POSES))}")
    drawing = CATALOGUE[pose].draw()
    return _Shown(drawing.frame, drawing.markup(), movement_sheet(drawing.movements()))


def movement_css(pose: str) -> str:
    """The style sheet of what moves in one figure; empty if nothing does.

    Raises:
        FigureError: There is no such pose.
    """
    return _shown(pose).movements


def moves(pose: str) -> bool:
    """Whether a figure needs the sheet that `movement_css` makes.

    Raises:
        FigureError: There is no such pose.
    """
    return bool(_shown(pose).movements)


def warm_up(poses: Iterable[str]) -> None:
    """Draw some figures once, so that nobody has to wait when one is shown for the first time."""
    for pose in poses:
        _shown(pose)


def beat_classes(pose: str) -> tuple[str, str] | None:
    """CSS classes for two words that change in the rhythm of a hold; None if a pose has no words.

    The first word, such as "Squeeze", shows on the way to the second position and while the body
    stays there. The other, such as "Relax", shows on the way back and in the first position. The
    words must come into the page together with the figure, so that both begin at the same moment.

    Args:
        pose: One of `POSES`.
    """
    moving = BODY_POSES.get(pose)
    if moving is None or moving.rhythm is None or not moving.rhythm.told:
        return None
    first, second = beats(moving.rhythm)
    return first, second
