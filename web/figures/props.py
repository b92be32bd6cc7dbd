"""The things round a body: mat, tennis ball, kettlebell, arrows and marks, as SVG."""

import math
from dataclasses import replace

from web.figures.body import outline
from web.figures.geometry import Vec, Vec3, number, numbers, smooth_line, smooth_outline
from web.figures.pieces import Placement
from web.figures.pose import BALL_RADIUS, MAT_FAR
from web.figures.viewpoint import Frame, Viewpoint

_MAT_LEFT, _MAT_RIGHT, _MAT_NEAR = -6.0, 176.0, 34.0  # cm
_SLANT = 7.0 / 66.0  # how far the mat's short edges lean for each cm of its breadth
_HANDLE = outline(
    *(-5.0, 12.0, -7.0, 14.0, -9.0, 18.5, -9.0, 22.6, -6.6, 25.0, -3.0, 25.5, 3.0, 25.5),
    *(6.6, 25.0, 9.0, 22.6, 9.0, 18.5, 7.0, 14.0, 5.0, 12.0, 0.0, 10.0),
)
_WINDOW = outline(
    *(-4.4, 14.6, -5.6, 19.0, -4.9, 21.6, -2.6, 22.3, 2.6, 22.3, 4.9, 21.6, 5.6, 19.0),
    *(4.4, 14.6, 0.0, 13.0),
)
_IRON = outline(
    *(-5.6, 0.0, -6.2, 0.2, -8.6, 3.4, -9.0, 7.4, -7.2, 12.2, -3.8, 14.8, 0.0, 15.6, 3.8, 14.8),
    *(7.2, 12.2, 9.0, 7.4, 8.6, 3.4, 6.2, 0.2, 5.6, 0.0, 4.0, 0.0, -4.0, 0.0),
)
_NARROW = 0.5  # share of the handle's width that is seen from near its end
_GLOSS = outline(-4.6, 12.2, -6.4, 10.0, -7.2, 7.2, -7.0, 4.8)
#: The highest and the lowest point of ball and kettlebell, in centimetres from their places.
BALL_REACH = (Vec(0.0, BALL_RADIUS), Vec(0.0, -BALL_RADIUS))
BELL_REACH = (Vec(0.0, 25.5), Vec(0.0, 0.0))
_SEAMS = "M-3.6-2.8Q1.6-.6 2.4 4M-.4-4.6Q1.4-1.4 4.6-.6"


def mat_corners(viewpoint: Viewpoint, far: float) -> tuple[Vec, ...]:
    """The corners of the mat on the picture: far left, far right, near right, near left.

    Args:
        viewpoint: How the mat is seen.
        far: Where its far edge is, cm.
    """
    slant = _SLANT * (_MAT_NEAR - far)
    corners = (
        Vec3(_MAT_LEFT + slant, 0, far),
        Vec3(_MAT_RIGHT - slant, 0, far),
        Vec3(_MAT_RIGHT, 0, _MAT_NEAR),
        Vec3(_MAT_LEFT, 0, _MAT_NEAR),
    )
    return tuple(viewpoint.put(corner) for corner in corners)


def mat(viewpoint: Viewpoint, far: float = MAT_FAR) -> str:
    """The mat, seen a little from above."""
    corners = mat_corners(viewpoint, far)
    points = " ".join(numbers(corner) for corner in corners)
    near = corners[3]
    width = number((_MAT_RIGHT - _MAT_LEFT) * viewpoint.scale)
    return (
        f'<polygon class="mat" points="{points}"/>'
        f'<path class="edge" d="M{numbers(near)}h{width}v2.2h-{width}z"/>'
    )


def ball(place: Placement) -> str:
    """A tennis ball with its seam."""
    return (
        f"<g{_shift(place)}>"
        f'<circle class="ball" r="{number(BALL_RADIUS)}"/><path class="seam" d="{_SEAMS}"/></g>'
    )


def bell(place: Placement, *, turned: bool = False) -> str:
    """A kettlebell that stands at `place` with its handle up.

    Args:
        place: Where it stands.
        turned: Whether its handle is seen from its end, and so is narrow.
    """
    narrow = replace(place, along=place.along * _NARROW) if turned else place
    handle, window = (
        smooth_outline([narrow.put(point) for point in points]) for points in (_HANDLE, _WINDOW)
    )
    iron = smooth_outline([place.put(point) for point in _IRON])
    return (
        f'<path class="line-line iron" fill-rule="evenodd" d="{handle}{window}"/>'
        f'<path class="line-line iron" d="{iron}"/>'
    )


def _shift(place: Placement) -> str:
    scale = "" if place.along == 1 else f"scale({number(place.along, 2)})"
    return f' transform="translate({numbers(place.origin)}){scale}"'


def mark(at: Vec) -> str:
    """A mark on the spot, with a ring that grows out of it again and again."""
    place = f'cx="{number(at.x)}" cy="{number(at.y)}"'
    return f'<circle class="halo" {place} r="8"/><circle class="spot" {place} r="4"/>'


def arrow(start: Vec, bend: Vec, end: Vec, head: float = 4.5) -> str:
    """An arrow from `start` to `end`, curved towards `bend`; its `head` is so many units long."""
    away = math.dist(bend, end)
    back = Vec((bend.x - end.x) / away * head, (bend.y - end.y) / away * head)
    left, right = end.plus(back.turned(38)), end.plus(back.turned(-38))
    return (
        f'<path class="arrow" d="M{numbers(start)}Q{numbers((*bend, *end))}'
        f'M{numbers(left)}L{numbers(end)}L{numbers(right)}"/>'
    )


class Kit:
    """The figure that shows the equipment: a tennis ball and a kettlebell, large, with a mat."""

    frame = Frame(10.0, 90.0)

    def markup(self) -> str:
        """The SVG elements inside of the picture."""
        large = Placement(Vec(112.0, 95.0), 0.0, 3.2, 3.2)
        return (
            mat(Viewpoint(Vec(25.0, 56.0), 0.83, 1.0, 0.55))
            + bell(large)
            + f'<path class="detail" d="{smooth_line([large.put(at) for at in _GLOSS])}"/>'
            + ball(Placement(Vec(57.0, 80.0), 0.0, 3.2, 3.2))
        )

    def movements(self) -> dict[str, str]:
        """No style rules, since nothing moves in it."""
        return {}
