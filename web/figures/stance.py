"""The stance: every joint of a body, found from where its feet and hands are in a position.

Animators call this inverse kinematics.
"""

import math
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from web.figures import body
from web.figures.geometry import Vec, Vec3, angle_between, between, two_bone_joint, two_bone_span
from web.figures.pose import Arm, Base, FreeLeg, Leg, Position

T = TypeVar("T")

HAND_MIDDLE = 5.0  # from the wrist to the middle of the hand, cm
EASY_REACH = 0.93  # share of its length that an arm stretches to, before the shoulder follows it


@dataclass(frozen=True, slots=True)
class LegJoints:
    """The joints of a leg in space, and where its foot points.

    Attributes:
        hip: The hip joint.
        knee: The knee joint.
        ankle: The ankle joint.
        tilt: The direction of the toes in the plane of the picture, degrees.
        swing: How far the toes turn out of that plane, towards the viewer, degrees.
    """

    hip: Vec3
    knee: Vec3
    ankle: Vec3
    tilt: float
    swing: float = 0.0

    @property
    def toes(self) -> Vec3:
        """The direction that the toes point to."""
        seen, towards = Vec(1.0, 0.0).turned(self.swing)
        flat = Vec(seen, 0.0).turned(self.tilt)
        return Vec3(flat.x, flat.y, towards)

    @property
    def bend(self) -> float:
        """How far the knee is bent, in degrees from straight."""
        return angle_between(self.knee.plus(self.hip, -1), self.ankle.plus(self.knee, -1))


@dataclass(frozen=True, slots=True)
class ArmJoints:
    """The joints of an arm in space, and the direction of its hand in degrees."""

    shoulder: Vec3
    elbow: Vec3
    wrist: Vec3
    turn: float


@dataclass(frozen=True, slots=True)
class Stance:
    """Every joint of a body that has taken a position."""

    near_leg: LegJoints
    far_leg: LegJoints
    near_arm: ArmJoints
    far_arm: ArmJoints
    head: Base
    torso: Base
    breath: float
    squeeze: float
    ball: Vec3 | None
    bell: Vec3 | None


def stand(position: Position) -> Stance:
    """The stance of a body in `position`.

    Raises:
        FigureError: No body can take it; a foot or a hand is too far away, for example.
    """
    base = position.base.placed()
    lift = math.degrees(math.asin(position.pelvis / (body.HIP.x - body.TURNING_POINT.x)))
    torso = Base(body.TURNING_POINT.plus(body.TURNING_POINT.turned(lift), -1), lift)
    hip = base.put(torso.put(body.HIP))
    shoulder = base.put(body.SHOULDER)
    up = Vec(0.0, 1.0).turned(base.turn)
    return Stance(
        near_leg=_leg("the near leg", position.near_leg, hip, up, 1),
        far_leg=_leg("the far leg", position.far_leg, hip, up, -1),
        near_arm=_arm("the near arm", position.near_arm, shoulder, 1),
        far_arm=_arm("the far arm", position.far_arm, shoulder, -1),
        head=_nodding(base, position.nod),
        torso=Base(base.put(torso.origin), base.turn + lift),
        breath=position.breath,
        squeeze=position.squeeze,
        ball=position.ball,
        bell=position.bell,
    )


def _nodding(base: Base, nod: float) -> Base:
    """Where the head's axes lie when it nods about the neck."""
    if not nod:
        return base
    turn = base.turn - nod
    return Base(base.put(body.NECK).plus(body.NECK.turned(turn), -1), turn)


def blend(first: T, second: T, share: float) -> T:
    """What is `share` (0 to 1) of the way from one value to another of the same type.

    Numbers are blended, and so are the parts of tuples and data classes. Of anything else, the
    value in `first` is taken.
    """
    blended: Any = first
    if isinstance(first, float) and isinstance(second, float):
        blended = between(first, second, share)
    elif isinstance(first, tuple) and isinstance(second, tuple):
        parts = [blend(a, b, share) for a, b in zip(first, second, strict=True)]
        blended = type(first)(*parts)
    elif is_dataclass(first) and not isinstance(first, type):
        names = [part.name for part in fields(first)]
        parts = [blend(getattr(first, name), getattr(second, name), share) for name in names]
        blended = type(first)(*parts)
    return cast(T, blended)


def stand_between(first: Position, second: Position, share: float) -> Stance:
    """The stance of a body that is `share` (0 to 1) of the way from one position to another."""
    position = blend(first, second, share)
    start, end = first.near_leg, second.near_leg
    if isinstance(start, FreeLeg) or isinstance(end, FreeLeg):
        return stand(position)
    if start.x == end.x or start.lift or end.lift:
        return stand(position)
    # The near foot slides along the mat. A person bends the knee evenly, so the heel does not move
    # evenly: it is put to where the knee takes it.
    bend = between(stand(first).near_leg.bend, stand(second).near_leg.bend, share)
    span = two_bone_span(body.THIGH, body.SHANK, bend)
    leg = stand(position).near_leg
    forward = math.sqrt(span**2 - (leg.hip.y - leg.ankle.y) ** 2 - (leg.hip.z - leg.ankle.z) ** 2)
    sliding = replace(blend(start, end, share), x=leg.hip.x + forward)
    return stand(replace(position, near_leg=sliding))


@cache
def _sole(tilt: float) -> float:
    """How far below its ankle the lowest point of a foot is that has this `tilt`, cm."""
    return -min(point.turned(tilt).y for point in body.FOOT)


def _leg(name: str, leg: Leg | FreeLeg, hip: Vec, up: Vec, side: int) -> LegJoints:
    root = Vec3(hip.x, hip.y, side * body.HALF_HIPS)
    if isinstance(leg, FreeLeg):
        knee = two_bone_joint(root, leg.ankle, body.THIGH, body.SHANK, leg.knee, limb=name)
        toes = leg.toes.unit()
        tilt = math.degrees(math.atan2(toes.y, toes.x))
        return LegJoints(root, knee, leg.ankle, tilt, math.degrees(math.asin(toes.z)))
    ankle = Vec3(leg.x, leg.lift + _sole(leg.tilt), root.z + side * leg.aside)
    upright, outward = Vec(1.0, 0.0).turned(leg.out)
    pole = leg.knee or Vec3(up.x * upright, up.y * upright, side * outward)
    knee = two_bone_joint(root, ankle, body.THIGH, body.SHANK, pole, limb=name)
    return LegJoints(root, knee, ankle, leg.tilt)


def _arm(name: str, arm: Arm, joint: Vec, side: int) -> ArmJoints:
    back = Vec(-HAND_MIDDLE, 0.0).turned(arm.turn)
    wrist = arm.palm.plus(Vec3(back.x, back.y, 0.0))
    shoulder = _reach(Vec3(joint.x, joint.y, side * body.HALF_SHOULDERS), wrist)
    elbow = two_bone_joint(shoulder, wrist, body.UPPER_ARM, body.FOREARM, arm.elbow, limb=name)
    return ArmJoints(shoulder, elbow, wrist, arm.turn)


def _reach(shoulder: Vec3, wrist: Vec3) -> Vec3:
    """The shoulder joint, drawn towards the hand if the arm alone would be almost straight."""
    way = wrist.plus(shoulder, -1)
    wanted = way.length() - EASY_REACH * (body.UPPER_ARM + body.FOREARM)
    return shoulder.plus(way.unit(), max(0.0, min(wanted, body.GIRDLE)))
