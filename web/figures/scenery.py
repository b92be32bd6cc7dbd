"""What stands on the mat or beside it: a pad, a chair and a wall, as data and as SVG."""

from dataclasses import dataclass
from typing import Protocol

from web.figures.geometry import Vec, Vec3, numbers
from web.figures.viewpoint import Viewpoint


class Scenery(Protocol):
    """Something that stands still behind the body."""

    def corners(self) -> tuple[Vec3, ...]:
        """The points that a picture must not cut off, cm."""

    def markup(self, viewpoint: Viewpoint) -> str:
        """How it is drawn."""


def _face(viewpoint: Viewpoint, tone: str, corners: tuple[Vec3, ...]) -> str:
    points = " ".join(numbers(viewpoint.put(corner)) for corner in corners)
    return f'<polygon class="{tone}" points="{points}"/>'


def _block(viewpoint: Viewpoint, tones: tuple[str, str], least: Vec3, most: Vec3) -> str:
    """The top and the front of a block between two opposite corners."""
    (left, low, far), (right, high, near) = least, most
    top = (
        Vec3(left, high, near),
        Vec3(left, high, far),
        Vec3(right, high, far),
        Vec3(right, high, near),
    )
    front = (
        Vec3(left, low, near),
        Vec3(left, high, near),
        Vec3(right, high, near),
        Vec3(right, low, near),
    )
    return _face(viewpoint, tones[0], top) + _face(viewpoint, tones[1], front)


@dataclass(frozen=True, slots=True)
class Pad:
    """A folded towel or a cushion on the mat.

    Attributes:
        at: The middle of its underside, cm.
        length: Its length along the mat, cm.
        height: Its height, cm.
        breadth: Its breadth across the mat, cm.
    """

    at: Vec3
    length: float = 30.0
    height: float = 4.0
    breadth: float = 24.0

    def corners(self) -> tuple[Vec3, ...]:
        """Its lower left and its upper right corner."""
        half = Vec3(self.length / 2, 0.0, self.breadth / 2)
        return self.at.plus(half, -1), self.at.plus(half).plus(Vec3(0.0, self.height, 0.0))

    def markup(self, viewpoint: Viewpoint) -> str:
        """Its top and its front."""
        least, most = self.corners()
        return _block(viewpoint, ("edge", "bone"), least, most)


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall across the mat, behind the one who kneels.

    Attributes:
        x: Where its surface is along the mat, cm.
        height: How much of it is drawn, cm.
    """

    x: float
    height: float = 96.0

    def corners(self) -> tuple[Vec3, ...]:
        """The ends of its edge."""
        return Vec3(self.x - 8.0, 0.0, 34.0), Vec3(self.x, self.height, -32.0)

    def markup(self, viewpoint: Viewpoint) -> str:
        """Its surface, which is seen as a narrow strip, and its edge."""
        surface = (
            Vec3(self.x, 0.0, 34.0),
            Vec3(self.x, self.height, 34.0),
            Vec3(self.x, self.height, -32.0),
            Vec3(self.x, 0.0, -32.0),
        )
        edge = (
            Vec3(self.x, 0.0, 34.0),
            Vec3(self.x, self.height, 34.0),
            Vec3(self.x - 8.0, self.height, 34.0),
            Vec3(self.x - 8.0, 0.0, 34.0),
        )
        return _face(viewpoint, "mat", surface) + _face(viewpoint, "edge", edge)


@dataclass(frozen=True, slots=True)
class Chair:
    """A plain chair, seen from its side.

    Attributes:
        x: The front edge of its seat along the mat, cm.
        seat: The height of its seat, cm.
        depth: The depth of its seat, cm.
        back: The height of its back rest, cm.
    """

    x: float
    seat: float = 43.0
    depth: float = 42.0
    back: float = 84.0

    def corners(self) -> tuple[Vec3, ...]:
        """The foot of a hind leg and the top of the back rest."""
        return (
            Vec3(self.x - self.depth - 8.0, 0.0, 20.0),
            Vec3(self.x - self.depth - 8.0, self.back, 0.0),
        )

    def markup(self, viewpoint: Viewpoint) -> str:
        """Its frame: legs, seat and back rest."""
        rear = self.x - self.depth
        text = ""
        for z in (-18.0, 18.0):
            tone = "edge" if z > 0 else "far"
            text += self._bar(
                viewpoint, tone, Vec(self.x - 3.0, 0.0), Vec(self.x - 4.0, self.seat), z
            )
            text += self._bar(viewpoint, tone, Vec(rear - 3.0, 0.0), Vec(rear + 2.0, self.seat), z)
            text += self._bar(
                viewpoint, tone, Vec(rear + 1.0, self.seat), Vec(rear - 6.0, self.back), z
            )
        least, most = Vec3(rear, self.seat - 4.0, -19.0), Vec3(self.x, self.seat, 19.0)
        return text + _block(viewpoint, ("far", "edge"), least, most)

    def _bar(self, viewpoint: Viewpoint, tone: str, low: Vec, high: Vec, z: float) -> str:
        half = 1.6
        corners = (
            Vec3(low.x - half, low.y, z),
            Vec3(high.x - half, high.y, z),
            Vec3(high.x + half, high.y, z),
            Vec3(low.x + half, low.y, z),
        )
        return _face(viewpoint, tone, corners)
