"""The scene: which parts a figure is made of, and where a stance puts each of them.

Depth is drawn obliquely: what is nearer to the viewer is drawn lower, and no smaller, so that
the profile stays a profile and the mat gets a surface. Picture units are centimetres, y down.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from web.figures import body
from web.figures.geometry import Vec, Vec3
from web.figures.poses import Base
from web.figures.stance import ArmJoints, LegJoints, Stance

WIDTH, HEIGHT = 186, 114
MARGIN = 8.0
GROUND = 94.0
DEPTH = 0.26


def on_picture(point: Vec3) -> Vec:
    """Where a point in space is drawn."""
    return Vec(MARGIN + point.x, GROUND - point.y + DEPTH * point.z)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a part's own axes lie on the picture.

    Attributes:
        origin: The part's origin, picture units.
        angle: Direction of its x axis, degrees anticlockwise as seen.
        along: Stretch along its x axis: below 1 if it points towards the viewer.
        across: Stretch along its y axis.
    """

    origin: Vec
    angle: float = 0.0
    along: float = 1.0
    across: float = 1.0

    def put(self, point: Vec) -> Vec:
        """A point of the part, on the picture."""
        turned = Vec(point.x * self.along, point.y * self.across).turned(self.angle)
        return Vec(self.origin.x + turned.x, self.origin.y - turned.y)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the drawing that moves as a whole.

    Attributes:
        name: Its name, unique in a scene.
        outline: Closed outline in its own axes, y up.
        tone: CSS class of its fill.
        place: Where a stance puts it.
    """

    name: str
    outline: tuple[Vec, ...]
    tone: str
    place: Callable[[Stance], Placement]


def bone(start: Vec3, end: Vec3, length: float) -> Placement:
    """Placement of a limb's part whose x axis runs from `start` to `end`."""
    first, last = on_picture(start), on_picture(end)
    seen = math.dist(first, last)
    angle = math.degrees(math.atan2(first.y - last.y, last.x - first.x))
    return Placement(first, angle, seen / length)


def sleeve(girths: tuple[body.Girth, ...], length: float) -> tuple[Vec, ...]:
    """Outline round a bone that lies along x from the origin, with round ends."""
    top, end = girths[0], girths[-1]
    front = [Vec(girth.at * length, girth.front) for girth in girths]
    back = [Vec(girth.at * length, -girth.back) for girth in reversed(girths)]
    return (*front, *_cap(end, length, 1), *back, *reversed(_cap(top, 0.0, -1)))


def _cap(girth: body.Girth, at: float, way: int) -> list[Vec]:
    radius = (girth.front + girth.back) / 2
    return [
        Vec(at + way * radius * 0.7, girth.front * 0.7),
        Vec(at + way * radius, (girth.front - girth.back) / 2),
        Vec(at + way * radius * 0.7, -girth.back * 0.7),
    ]


THIGH_OUTLINE = sleeve(body.THIGH_GIRTHS, body.THIGH)
SHANK_OUTLINE = sleeve(body.SHANK_GIRTHS, body.SHANK)
UPPER_ARM_OUTLINE = sleeve(body.UPPER_ARM_GIRTHS, body.UPPER_ARM)
FOREARM_OUTLINE = sleeve(body.FOREARM_GIRTHS, body.FOREARM)


def leg_parts(side: str, pick: Callable[[Stance], LegJoints], tone: str) -> tuple[Part, ...]:
    """Thigh, shank and foot of one leg."""

    def thigh(stance: Stance) -> Placement:
        leg = pick(stance)
        return bone(leg.hip, leg.knee, body.THIGH)

    def shank(stance: Stance) -> Placement:
        leg = pick(stance)
        return bone(leg.knee, leg.ankle, body.SHANK)

    def foot(stance: Stance) -> Placement:
        leg = pick(stance)
        return Placement(on_picture(leg.ankle), leg.tilt)

    return (
        Part(f"{side}-thigh", THIGH_OUTLINE, tone, thigh),
        Part(f"{side}-shank", SHANK_OUTLINE, tone, shank),
        Part(f"{side}-foot", body.FOOT_OUTLINE, tone, foot),
    )


def arm_parts(
    side: str,
    pick: Callable[[Stance], ArmJoints],
    hand_outline: tuple[Vec, ...],
    tones: tuple[str, str],
) -> tuple[Part, ...]:
    """Hand, forearm and upper arm of one arm, from the hand up."""

    def upper_arm(stance: Stance) -> Placement:
        arm = pick(stance)
        return bone(arm.shoulder, arm.elbow, body.UPPER_ARM)

    def forearm(stance: Stance) -> Placement:
        arm = pick(stance)
        return bone(arm.elbow, arm.wrist, body.FOREARM)

    def hand(stance: Stance) -> Placement:
        arm = pick(stance)
        return Placement(on_picture(arm.wrist), arm.turn)

    sleeved, bare = tones
    return (
        Part(f"{side}-hand", hand_outline, bare, hand),
        Part(f"{side}-forearm", FOREARM_OUTLINE, bare, forearm),
        Part(f"{side}-arm", UPPER_ARM_OUTLINE, sleeved, upper_arm),
    )


def torso_place(stance: Stance) -> Placement:
    """The torso turns about the top of the back and swells with the breath."""
    return _base_place(stance.torso, 1.0 + body.BREATH * stance.breath)


def head_place(stance: Stance) -> Placement:
    """The head goes with the body as a whole."""
    return _base_place(stance.head, 1.0)


def _base_place(base: Base, swell: float) -> Placement:
    origin = on_picture(Vec3(base.origin.x, base.origin.y, 0.0))
    return Placement(origin, base.turn, 1.0, swell)


def prop_part(name: str, pick: Callable[[Stance], Vec3 | None]) -> Part:
    """The ball or the kettlebell, which a stance may lack."""

    def place(stance: Stance) -> Placement:
        at = pick(stance)
        if at is None:
            raise ValueError(f"the {name} must be in both positions of a pose or in none")
        return Placement(on_picture(at))

    return Part(name, (), "", place)
