"""The figures: drawings of a body on a mat, made from a skeleton and named poses."""

from collections.abc import Mapping
from functools import cache

from markupsafe import Markup, escape

from kiosk.core.errors import FigureError
from web.figures.drawing import drawings
from web.figures.geometry import number
from web.figures.keyframes import beats
from web.figures.poses import BODY_POSES
from web.figures.style import figures_css
from web.figures.torso import LABELS, Torso
from web.figures.view import WIDTH, Frame

__all__ = ["LABEL_NAMES", "POSES", "beat_classes", "figure_html", "figures_css", "warm_up"]

#: The names that a routine may give as a step's pose.
POSES = frozenset({"kit", "torso", *BODY_POSES})

#: The names of the torso inset's labels.
LABEL_NAMES = frozenset(label.name for label in LABELS)


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
        texts: Texts of the torso inset's labels by `LABEL_NAMES`; the others have none.

    Raises:
        FigureError: There is no such pose.
    """
    if pose not in POSES:
        raise FigureError(f"there is no pose {pose!r}; there are: {', '.join(sorted(POSES))}")
    drawing = drawings()[pose]
    naming = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    flip = f' transform="matrix(-1 0 0 1 {WIDTH} 0)"' if mirrored else ""
    text = drawing.text(texts or {}, mirrored=mirrored) if isinstance(drawing, Torso) else ""
    return Markup(  # noqa: S704 - built from numbers, our own names and escaped texts
        f'<svg class="figure" viewBox="{_view_box(drawing.frame)}" {naming}>'
        f"<g{flip}>{_markup(pose)}</g>{text}</svg>"
    )


def _view_box(frame: Frame) -> str:
    left = (WIDTH - frame.width) / 2
    return " ".join(number(part) for part in (left, frame.top, frame.width, frame.height))


@cache
def _markup(pose: str) -> str:
    """The inside of a figure; drawing it takes long enough to be felt in a press."""
    return drawings()[pose].markup()


def warm_up() -> None:
    """Draw every figure once, so that nobody waits for the first sight of one."""
    for pose in POSES:
        _markup(pose)
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
