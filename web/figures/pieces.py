"""The pieces that a body is drawn from, and where each of them is in a stance."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.core.errors import FigureError
from web.figures import body
from web.figures.geometry import Vec, Vec3
from web.figures.pose import Base
from web.figures.stance import ArmJoints, LegJoints, Stance
from web.figures.viewpoint import Viewpoint

FLANK = 5.0  # trunk and head are drawn this much nearer to the viewer than the midline, cm


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a piece is on the picture, given by its own axes.

    Attributes:
        origin: Where the piece's origin is, picture units.
        angle: Direction of its x axis, in degrees anticlockwise as one sees it.
        along: How many picture units a centimetre along its x axis has. It is less than the
            viewpoint's scale if the piece points towards the viewer or away.
        across: How many picture units a centimetre along its y axis has.
        opacity: From 0, which cannot be seen, to 1, which is solid.
    """

    origin: Vec
    angle: float
    along: float
    across: float
    opacity: float = 1.0

    def put(self, point: Vec) -> Vec:
        """Where `point`, in the piece's own axes, is on the picture."""
        turned = Vec(point.x * self.along, point.y * self.across).turned(self.angle)
        return Vec(self.origin.x + turned.x, self.origin.y - turned.y)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the drawing that moves as a whole.

    Attributes:
        name: Its name, which no other piece of the drawing has.
        outline: Its closed outline in its own axes, in centimetres, y up.
        tone: The CSS class of its fill.
        place: Tells where the piece is in a stance.
        lines: Fine lines on it, in its own axes, such as those between fingers.
    """

    name: str
    outline: body.Outline
    tone: str
    place: Callable[[Stance], Placement]
    lines: body.Lines = ()


def sleeve(girths: tuple[body.Girth, ...], length: float) -> body.Outline:
    """The outline round a bone that lies along x from the origin; its ends are round."""
    front = [Vec(girth.at * length, girth.front) for girth in girths]
    back = [Vec(girth.at * length, -girth.back) for girth in reversed(girths)]
    return (*front, *_cap(girths[-1], length, 1), *back, *reversed(_cap(girths[0], 0.0, -1)))


def _cap(girth: body.Girth, at: float, way: int) -> list[Vec]:
    """The round end of a limb at `at`: towards +x if `way` is 1, towards -x if it is -1."""
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
    """The placement of a bone that goes from `start` to `end` and really is `length` cm long."""
    first, last = viewpoint.put(start), viewpoint.put(end)
    angle = math.degrees(math.atan2(first.y - last.y, last.x - first.x))
    return Placement(first, angle, math.dist(first, last) / length, viewpoint.scale)


def leg_pieces(
    viewpoint: Viewpoint, name: str, pick: Callable[[Stance], LegJoints], foot: body.Outline
) -> tuple[Piece, ...]:
    """Thigh, shank and foot of one leg.

    Args:
        viewpoint: How the leg is seen.
        name: What the names of the pieces begin with. With ``near`` in it, it is the working leg,
            which has the colour of its side.
        pick: Takes the leg out of a stance.
        foot: The outline of the foot from this viewpoint.
    """
    tone = "side" if "near" in name else "far"

    def thigh_place(stance: Stance) -> Placement:
        leg = pick(stance)
        return bone_place(viewpoint, leg.hip, leg.knee, body.THIGH)

    def shank_place(stance: Stance) -> Placement:
        leg = pick(stance)
        return bone_place(viewpoint, leg.knee, leg.ankle, body.SHANK)

    def foot_place(stance: Stance) -> Placement:
        leg = pick(stance)
        if leg.swing:
            tip = leg.ankle.plus(leg.toes, body.FOOT_LENGTH)
            return bone_place(viewpoint, leg.ankle, tip, body.FOOT_LENGTH)
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
    """Hand, forearm and upper arm of one arm.

    Args:
        viewpoint: How the arm is seen.
        name: What the names of the pieces begin with.
        pick: Takes the arm out of a stance.
        hand: The outline of the hand, and the fine lines on it.
        tones: The CSS classes of the skin and of the sleeve.
    """
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
    """The glute, which glows as much as it is squeezed."""

    def place(stance: Stance) -> Placement:
        return replace(_base_place(viewpoint, stance.torso, 1.0), opacity=stance.squeeze)

    return Piece("glute", body.GLUTE, "glow", place)


def prop_piece(
    viewpoint: Viewpoint, name: str, reach: body.Outline, pick: Callable[[Stance], Vec3 | None]
) -> Piece:
    """The ball or the kettlebell.

    Args:
        viewpoint: How it is seen.
        name: Its name.
        reach: Its highest and lowest point, in centimetres from its place.
        pick: Takes its place out of a stance; None if there is none.
    """

    def place(stance: Stance) -> Placement:
        at = pick(stance)
        if at is None:
            raise FigureError(f"the {name} must be in both positions of a pose or in none")
        return Placement(viewpoint.put(at), 0.0, viewpoint.scale, viewpoint.scale)

    return Piece(name, reach, "", place)
