"""The viewpoints: where a point in space is drawn on the picture.

From the side, depth is drawn obliquely: what is nearer to the viewer is drawn lower, but not
larger. So the body is seen in profile, and the mat still has a surface. On the picture, x goes to
the right and y goes down; a picture unit is a centimetre, unless the viewpoint has another scale.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

from web.figures.geometry import Vec, Vec3

WIDTH, HEIGHT = 186, 102  # the whole picture, picture units


class Frame(NamedTuple):
    """The part of the picture that a drawing fills, in picture units.

    Only this part is shown, so that the figure is as large as its place on the page allows. It is
    in the middle of the picture from left to right, so that a mirrored figure fills it too.
    """

    top: float
    height: float = HEIGHT
    width: float = WIDTH

    @classmethod
    def round(cls, heights: Iterable[float], margin: float) -> Self:
        """The frame of full width round all `heights` (y), with `margin` above and below."""
        found = tuple(heights)
        top = min(found) - margin
        return cls(top, max(found) + margin - top)


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """A parallel projection of space onto the picture.

    Attributes:
        origin: Where the origin of the world is drawn, picture units.
        scale: How many picture units a centimetre has.
        rise: How much of a height is seen: all of it, 1, from the side; 0 from above.
        depth: How much of a depth is seen: 0 from exactly the side; all of it, 1, from above.
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
SMALLER = Viewpoint(Vec(4.0, 92.0), 0.53, 1.0, 0.22)  # from the side, for a body that stands
UPRIGHT = Viewpoint(Vec(33.0, 94.0), 0.68, 1.0, 0.22)  # for one that kneels, or sits on a chair
ASIDE = Viewpoint(Vec(8.0, 94.0), 0.68, 1.0, 0.22)  # the same, with room for a small picture
DEEP = Viewpoint(Vec(8.0, 86.0), 1.0, 1.0, 0.3)  # a little from above, for a leg that goes out
DEEPER = Viewpoint(Vec(10.0, 84.0), 0.95, 1.0, 0.5)  # more so, for legs that lie on the mat
CLOSE = Viewpoint(Vec(-17.8, 53.35), 1.5, 1.0, 0.3)  # for the small picture of a foot
ABOVE = Viewpoint(Vec(85.0, 14.0), 0.57, 0.0, 1.0)  # for the small picture from above
