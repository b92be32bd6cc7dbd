"""The pieces that a body is drawn from, and where a stance puts each of them."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.core.errors import FigureError
from web.figures import body
from web.figures.geometry import Vec, Vec3
from web.figures.pose import Base
from web.figures.stance import ArmJoints, LegJoints, Stance
from web.figures.viewpoint import Viewpoint

FLANK = 5.0  # the depth at which trunk and head are drawn, cm


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a piece's own axes lie on the picture.

    Attributes:
        origin: The piece's origin, picture units.
        angle: Direction of its x axis, degrees anticlockwise as seen.
        along: Picture units a centimetre along its x axis: fewer if it points at the viewer.
        across: Picture units a centimetre along its y axis.
        opacity: 0 is not there, 1 is solid.
    """

    origin: Vec
    angle: float
    along: float
    across: float
    opacity: float = 1.0

    def put(self, point: Vec) -> Vec:
        """A point of the piece, on the picture."""
        turned = Vec(point.x * self.along, point.y * self.across).turned(self.angle)
        return Vec(self.origin.x + turned.x, self.origin.y - turned.y)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the drawing that moves as a whole.

    Attributes:
        name: Its name, unique in a drawing.
        outline: Closed outline in its own axes, cm, y up.
        tone: CSS class of its fill.
        place: Where a stance puts it.
        lines: Fine lines on it, in its own axes.
    """

    name: str
    outline: body.Outline
    tone: str
    place: Callable[[Stance], Placement]
    lines: body.Lines = ()


def sleeve(girths: tuple[body.Girth, ...], length: float) -> body.Outline:
    """Outline round a bone that lies along x from the origin, with round ends."""
    front = [Vec(girth.at * length, girth.front) for girth in girths]
    back = [Vec(girth.at * length, -girth.back) for girth in reversed(girths)]
    return (*front, *_cap(girths[-1], length, 1), *back, *reversed(_cap(girths[0], 0.0, -1)))


def _cap(girth: body.Girth, at: float, way: int) -> list[Vec]:
    radius = (girth.front + girth.back) / 2
    return [
        Vec(at + way * radius * 0.7, girth.front * 0.7),
        Vec(at + way * radius, (girth.front - girth.back) / 2),
        Vec(at + way * radius * 0.7, -girth.back * 0.7),
    ]


THIGH = sleeve(body.THIGH_GIRTHS, body.THIGH)
SHANK = sleeve(body.SHANK_GIRTHS, body.SHANK)
UPPER_ARM = sleeve(body.UPPER_ARM_GIRTHS, body.UPPER_ARM)
FOREARM = sleeve(body.FOREARM_GIRTHS, body.FOREARM)


def bone_place(viewpoint: Viewpoint, start: Vec3, end: Vec3, length: float) -> Placement:
    """Placement of a limb's piece whose x axis runs from `start` to `end`."""
    first, last = viewpoint.put(start), viewpoint.put(end)
    angle = math.degrees(math.atan2(first.y - last.y, last.x - first.x))
    return Placement(first, angle, math.dist(first, last) / length, viewpoint.scale)


def leg_pieces(
    viewpoint: Viewpoint, name: str, pick: Callable[[Stance], LegJoints], foot: body.Outline
) -> tuple[Piece, ...]:
    """Thigh, shank and foot of one leg; the working one has the tone ``side``."""
    tone = "side" if "near" in name else "far"

    def thigh_place(stance: Stance) -> Placement:
        leg = pick(stance)
        return bone_place(viewpoint, leg.hip, leg.knee, body.THIGH)

    def shank_place(stance: Stance) -> Placement:
        leg = pick(stance)
        return bone_place(viewpoint, leg.knee, leg.ankle, body.SHANK)

    def foot_place(stance: Stance) -> Placement:
        leg = pick(stance)
        return Placement(
            viewpoint.put(leg.ankle), leg.tilt * viewpoint.rise, viewpoint.scale, viewpoint.scale
        )

    return (
        Piece(f"{name}-thigh", THIGH, tone, thigh_place),
        Piece(f"{name}-shank", SHANK, tone, shank_place),
        Piece(f"{name}-foot", foot, tone, foot_place),
    )


def arm_pieces(
    viewpoint: Viewpoint,
    name: str,
    pick: Callable[[Stance], ArmJoints],
    hand: tuple[body.Outline, body.Lines],
    tones: tuple[str, str],
) -> tuple[Piece, ...]:
    """Hand, forearm and upper arm of one arm, in the tones of skin and sleeve."""
    skin, shirt = tones

    def upper_place(stance: Stance) -> Placement:
        arm = pick(stance)
        return bone_place(viewpoint, arm.shoulder, arm.elbow, body.UPPER_ARM)

    def fore_place(stance: Stance) -> Placement:
        arm = pick(stance)
        return bone_place(viewpoint, arm.elbow, arm.wrist, body.FOREARM)

    def hand_place(stance: Stance) -> Placement:
        arm = pick(stance)
        return Placement(viewpoint.put(arm.wrist), arm.turn, viewpoint.scale, viewpoint.scale)

    outline, lines = hand
    return (
        Piece(f"{name}-hand", outline, skin, hand_place, lines),
        Piece(f"{name}-forearm", FOREARM, skin, fore_place),
        Piece(f"{name}-arm", UPPER_ARM, shirt, upper_place),
    )


def trunk_pieces(viewpoint: Viewpoint) -> tuple[Piece, Piece, Piece, Piece]:
    """Head, hair, torso and pelvis."""

    def head_place(stance: Stance) -> Placement:
        return _base_place(viewpoint, stance.head, 1.0)

    def torso_place(stance: Stance) -> Placement:
        return _base_place(viewpoint, stance.torso, 1.0 + body.BREATH * stance.breath)

    return (
        Piece("head", body.HEAD, "skin", head_place, body.HEAD_LINES),
        Piece("hair", body.HAIR, "hair", head_place),
        Piece("torso", body.TORSO, "shirt", torso_place),
        Piece("pelvis", body.PELVIS, "pants", torso_place),
    )


def _base_place(viewpoint: Viewpoint, base: Base, swell: float) -> Placement:
    origin = viewpoint.put(Vec3(base.origin.x, base.origin.y, FLANK))
    return Placement(origin, base.turn, viewpoint.scale, viewpoint.scale * swell)


def glute_piece(viewpoint: Viewpoint) -> Piece:
    """The glute as it glows when it is squeezed."""

    def place(stance: Stance) -> Placement:
        return replace(_base_place(viewpoint, stance.torso, 1.0), opacity=stance.squeeze)

    return Piece("glute", body.GLUTE, "glow", place)


def prop_piece(
    viewpoint: Viewpoint, name: str, reach: body.Outline, pick: Callable[[Stance], Vec3 | None]
) -> Piece:
    """The ball or the kettlebell, which a stance may lack."""

    def place(stance: Stance) -> Placement:
        at = pick(stance)
        if at is None:
            raise FigureError(f"the {name} must be in both positions of a pose or in none")
        return Placement(viewpoint.put(at), 0.0, viewpoint.scale, viewpoint.scale)

    return Piece(name, reach, "", place)
