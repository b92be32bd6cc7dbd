"""Plane and space geometry of the figures: vectors, limbs of two bones, and paths for SVG.

The axes of the world are in centimetres: x goes along the mat from head to feet, y up from the mat,
z towards the viewer. Angles are in degrees, anticlockwise from +x. The picture has axes of its own,
with y down as SVG has it.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kiosk.core.errors import FigureError


class Vec(NamedTuple):
    """A point or a direction in a plane: of the world seen from the side, or of the picture."""

    x: float
    y: float

    def plus(self, other: "Vec", times: float = 1.0) -> "Vec":
        """The sum of this vector and `times` the other one."""
        return Vec(self.x + times * other.x, self.y + times * other.y)

    def turned(self, degrees: float) -> "Vec":
        """This vector turned about the origin, anticlockwise where y is up."""
        if degrees == 0:
            return self
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return Vec(self.x * cos - self.y * sin, self.x * sin + self.y * cos)


class Vec3(NamedTuple):
    """A point or a direction in space."""

    x: float
    y: float
    z: float

    def plus(self, other: "Vec3", times: float = 1.0) -> "Vec3":
        """The sum of this vector and `times` the other one."""
        return Vec3(self.x + times * other.x, self.y + times * other.y, self.z + times * other.z)

    def dot(self, other: "Vec3") -> float:
        """The scalar product."""
        return self.x * other.x + self.y * other.y + self.z * other.z

    def length(self) -> float:
        """The length of this vector."""
        return math.sqrt(self.dot(self))

    def unit(self) -> "Vec3":
        """The vector of length 1 in the same direction."""
        length = self.length()
        return Vec3(self.x / length, self.y / length, self.z / length)


def two_bone_joint(  # noqa: PLR0913 - two ends, two bones, and how they bend
    root: Vec3, tip: Vec3, upper: float, lower: float, pole: Vec3, *, limb: str = "the limb"
) -> Vec3:
    """Where the middle joint of a limb of two bones is: the knee of a leg, the elbow of an arm.

    Args:
        root: The fixed end of the upper bone.
        tip: Where the far end of the lower bone shall be.
        upper: Length of the upper bone.
        lower: Length of the lower bone.
        pole: The direction that the joint bends to. Only the part of it that is at a right angle
            to the line from root to tip counts.
        limb: What an error calls the limb.

    Raises:
        FigureError: The tip is out of reach, or the pole lies along the line from root to tip.
    """
    reach = tip.plus(root, -1)
    distance = reach.length()
    if not abs(upper - lower) < distance < upper + lower:
        raise FigureError(
            f"{limb} is out of reach: bones of {upper:.1f} and {lower:.1f} cm "
            f"cannot span {distance:.1f} cm: "
            "move the hand or the foot of the pose"
        )
    along = reach.unit()
    across = pole.plus(along, -pole.dot(along))
    if across.length() < 1e-6:  # noqa: PLR2004 - a numeric zero
        raise FigureError(f"{limb} must not bend along itself: turn the knee or elbow aside")
    forward = (upper**2 - lower**2 + distance**2) / (2 * distance)
    aside = math.sqrt(upper**2 - forward**2)
    return root.plus(along, forward).plus(across.unit(), aside)


def two_bone_span(upper: float, lower: float, bend: float) -> float:
    """The distance between the ends of a limb that is bent by `bend` degrees; 0 is straight."""
    cosine = math.cos(math.radians(bend))
    return math.sqrt(upper**2 + lower**2 + 2 * upper * lower * cosine)


def between(start: float, end: float, share: float) -> float:
    """The number `share` (0 to 1) of the way from `start` to `end`."""
    return start + (end - start) * share


def angle_between(first: Vec3, second: Vec3) -> float:
    """The angle between two directions, 0 to 180 degrees."""
    cosine = first.unit().dot(second.unit())
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def number(value: float, places: int = 1) -> str:
    """The shortest text of a number for SVG and CSS: ``-0.50`` becomes ``-.5``."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in {"-0", ""}:
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def numbers(values: Iterable[float]) -> str:
    """Numbers as the data of a path has them: no space is needed before a minus sign."""
    text = ""
    for value in values:
        word = number(value)
        text += word if not text or word.startswith("-") else f" {word}"
    return text


class Pen:
    """Writes SVG path data with relative commands, in the picture's coordinates (y down)."""

    def __init__(self) -> None:
        self._commands: list[str] = []
        self._at = Vec(0, 0)

    def _step(self, point: Vec) -> Vec:
        # From where the path is after rounding, so that the errors of rounding do not add up.
        return point.plus(self._at, -1)

    def _arrive(self, step: Vec) -> None:
        self._at = self._at.plus(Vec(round(step.x, 1), round(step.y, 1)))

    def move(self, point: Vec) -> None:
        """Begin a new outline at `point`."""
        self._commands.append(f"M{numbers(point)}")
        self._at = Vec(round(point.x, 1), round(point.y, 1))

    def line(self, point: Vec) -> None:
        """Draw a straight line to `point`."""
        step = self._step(point)
        self._commands.append(f"l{numbers(step)}")
        self._arrive(step)

    def curve(self, first: Vec, second: Vec, end: Vec) -> None:
        """Draw a Bézier curve to `end`, whose handles are `first` and `second`.

        Where a curve with one handle looks the same it is drawn instead, since its text is shorter.
        """
        corner = _corner(self._at, first, second, end)
        letter, points = ("q", (corner, end)) if corner else ("c", (first, second, end))
        steps = [self._step(point) for point in points]
        self._commands.append(f"{letter}{numbers(value for step in steps for value in step)}")
        self._arrive(steps[-1])

    def close(self) -> None:
        """Draw a straight line back to where the outline began."""
        self._commands.append("z")

    def data(self) -> str:
        """The path that has been drawn, for the attribute ``d``."""
        return "".join(self._commands)


# A cubic Bézier curve has two handles, a quadratic one has a single handle. They are the same curve
# if the single handle is 1.5 times as far from both ends as the two are. Between the following two
# factors the difference is too small to be seen in a figure.
_CALM = (0.9, 2.4)


def _corner(start: Vec, first: Vec, second: Vec, end: Vec) -> Vec | None:
    """The handle of a quadratic curve that looks like the cubic one; None if there is none.

    It is where the directions of the curve at both ends meet.
    """
    out, back = first.plus(start, -1), second.plus(end, -1)
    turn = out.x * back.y - out.y * back.x
    chord = math.dist(start, end)
    if abs(turn) <= 1e-3 * chord**2:  # almost parallel, so they meet too far away
        return None
    across = end.plus(start, -1)
    reach = (across.x * back.y - across.y * back.x) / turn
    answer = (across.x * out.y - across.y * out.x) / turn
    calm = all(_CALM[0] < share < _CALM[1] for share in (reach, answer))
    return start.plus(out, reach) if calm else None


def smooth_outline(points: Sequence[Vec]) -> str:
    """Path data of a closed, smooth curve through `points`.

    All curves run the same way round. If outlines that overlap are in one path, SVG then fills
    both, and leaves no hole where they overlap.
    """
    if _signed_area(points) < 0:
        points = points[::-1]
    pen = Pen()
    pen.move(points[0])
    count = len(points)
    for index in range(count):
        before, start = points[index - 1], points[index]
        end, after = points[(index + 1) % count], points[(index + 2) % count]
        pen.curve(*_handles(before, start, end, after), end)
    pen.close()
    return pen.data()


def _signed_area(points: Sequence[Vec]) -> float:
    return sum(a.x * b.y - b.x * a.y for a, b in zip(points, [*points[1:], points[0]], strict=True))


def smooth_line(points: Sequence[Vec]) -> str:
    """Path data of an open, smooth curve through `points`."""
    pen = Pen()
    pen.move(points[0])
    padded = [points[0], *points, points[-1]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pen.curve(*_handles(before, start, end, after), end)
    return pen.data()


def _handles(before: Vec, start: Vec, end: Vec, after: Vec) -> tuple[Vec, Vec]:
    """The handles of the Bézier curve from `start` to `end`, which passes on smoothly at both.

    They are a third of the distance long, so that the curve does not swing out where points are
    unevenly spaced.
    """
    chord = math.dist(start, end)
    return (
        start.plus(_tangent(before, start, end), chord / 3),
        end.plus(_tangent(start, end, after), -chord / 3),
    )


def _tangent(before: Vec, at: Vec, after: Vec) -> Vec:
    """The direction, of length 1, in which a smooth curve through three points passes `at`."""
    near, far = math.dist(before, at), math.dist(at, after)
    if near == 0 or far == 0:
        span = math.dist(before, after) or 1.0
        return Vec((after.x - before.x) / span, (after.y - before.y) / span)
    # The direction from the nearer of the two neighbours counts for more than that from the other.
    x = (at.x - before.x) / near**2 + (after.x - at.x) / far**2
    y = (at.y - before.y) / near**2 + (after.y - at.y) / far**2
    span = math.hypot(x, y) or 1.0
    return Vec(x / span, y / span)
