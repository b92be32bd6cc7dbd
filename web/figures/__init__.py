"""The figures: drawings of a body on a mat, made from a skeleton and named poses."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from markupsafe import Markup, escape

from kiosk.core.errors import FigureError
from web.figures.catalogue import CATALOGUE
from web.figures.geometry import number
from web.figures.keyframes import beats
from web.figures.labels import labels_markup
from web.figures.poses import BODY_POSES
from web.figures.style import style_sheet
from web.figures.viewpoint import WIDTH, Frame

__all__ = ["POSES", "beat_classes", "figure_html", "figures_css", "warm_up"]

#: The names that a routine may give as a pose, each with the names of the drawing's labels.
POSES: Mapping[str, frozenset[str]] = {
    pose: frozenset(label.name for label in entry.labels) for pose, entry in CATALOGUE.items()
}


def figure_html(
    pose: str, *, mirrored: bool, label: str = "", texts: Mapping[str, str] | None = None
) -> Markup:
    """A figure as a fragment of HTML that scales to its container.

    The page needs `figures_css` too, and may set ``--side``, ``--figure-line`` and
    ``--figure-body``.

    Args:
        pose: One of `POSES`.
        mirrored: False works on the right side, with the head at the left; True on the left.
        label: What a screen reader says; without one the figure is hidden from it.
        texts: Texts of the drawing's labels by their names; a label without one is left out.

    Raises:
        FigureError: There is no such pose.
    """
    if pose not in POSES:
        raise FigureError(f"there is no pose {pose!r}; there are: {', '.join(sorted(POSES))}")
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
    """What is kept of a drawing once it is drawn: less than a third of its memory."""

    frame: Frame
    markup: str
    movements: Mapping[str, str]


@cache
def _shown(pose: str) -> _Shown:
    """A figure drawn, which takes long enough to be felt in a press."""
    drawing = CATALOGUE[pose].draw()
    return _Shown(drawing.frame, drawing.markup(), drawing.movements())


@cache
def figures_css() -> str:
    """The style sheet that every figure needs; the same for all of them."""
    movements: dict[str, str] = {}
    for pose in POSES:
        movements |= _shown(pose).movements
    return style_sheet(movements)


def warm_up() -> None:
    """Draw every figure once, so that nobody waits for the first sight of one."""
    figures_css()


def beat_classes(pose: str) -> tuple[str, str] | None:
    """CSS classes for two words that change in the rhythm of a hold, None if a pose has none.

    The first word shows on the way to the second position and while it is held, such as
    "Squeeze"; the other on the way back and in the first position, such as "Relax". Put them on the
    page together with the figure, then they keep time with it.

    Args:
        pose: One of `POSES`.
    """
    moving = BODY_POSES.get(pose)
    if moving is None or moving.rhythm is None or not moving.rhythm.told:
        return None
    first, second = beats(moving.rhythm)
    return first, second
