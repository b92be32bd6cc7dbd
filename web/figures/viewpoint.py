"""The viewpoints: how space falls on the picture.

From the side, depth is drawn obliquely: what is nearer to the viewer is drawn lower, and no
smaller, so that the profile stays a profile and the mat gets a surface. Picture units are
centimetres unless a viewpoint is scaled, y down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

from web.figures.geometry import Vec, Vec3

WIDTH, HEIGHT = 186, 102


class Frame(NamedTuple):
    """The part of the picture that a drawing fills, picture units; centred, so mirroring keeps it.

    Cut down to it, a figure is as large as its place on the page allows.
    """

    top: float
    height: float = HEIGHT
    width: float = WIDTH

    @classmethod
    def round(cls, heights: Iterable[float], margin: float) -> Self:
        """The frame of full width that leaves `margin` above and below all `heights`."""
        found = tuple(heights)
        top = min(found) - margin
        return cls(top, max(found) + margin - top)


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """A parallel projection of space onto the picture.

    Attributes:
        origin: Where the world's origin is drawn, picture units.
        scale: Picture units a centimetre.
        rise: How much of the height is seen: 1 from the side, 0 from above.
        depth: How much of the depth is seen: 0 straight from the side, 1 from above.
    """

    origin: Vec
    scale: float
    rise: float
    depth: float

    def put(self, point: Vec3) -> Vec:
        """Where a point in space is drawn."""
        down = self.depth * point.z - self.rise * point.y
        return self.origin.plus(Vec(point.x, down), self.scale)


SIDE = Viewpoint(Vec(8.0, 86.0), 1.0, 1.0, 0.22)
SMALLER = Viewpoint(Vec(4.0, 92.0), 0.53, 1.0, 0.22)  # to stand in
ABOVE = Viewpoint(Vec(85.0, 14.0), 0.57, 0.0, 1.0)  # the inset
