"""What a body cannot do: a joint that is past its range is named, with the angle it has."""

import math
from collections.abc import Iterator

from kiosk.core.errors import FigureError
from web.figures import body
from web.figures.geometry import Vec, angle_between
from web.figures.stance import ArmJoints, LegJoints, Stance


def refuse_impossible(stance: Stance) -> None:
    """Raise an error if a joint of `stance` is bent further than a person's joint goes.

    Limbs are long enough in every stance: `stance.stand` refuses a position out of reach.

    Raises:
        FigureError: A joint is past its range. All such joints are named, with their angles.
    """
    faults = [
        f"{joint} {found:.0f} degrees (possible: {allowed.least:.0f} to {allowed.most:.0f})"
        for joint, found, allowed in angles(stance)
        if not allowed.least <= found <= allowed.most
    ]
    if faults:
        raise FigureError(
            f"no body can do this: {'; '.join(faults)}. Move the foot, the hand or the hips, "
            "or turn the trunk"
        )


def angles(stance: Stance) -> Iterator[tuple[str, float, body.Range]]:
    """What each joint of `stance` does, by how many degrees, and how far such a joint goes."""
    yield from _leg_angles("near", stance.near_leg, stance.torso.turn, 1)
    yield from _leg_angles("far", stance.far_leg, stance.torso.turn, -1)
    yield from _arm_angles("near", stance.near_arm)
    yield from _arm_angles("far", stance.far_arm)
    nod = (stance.torso.turn - stance.head.turn + 180) % 360 - 180
    yield "the neck bends", nod, body.NECK_FLEXION


def _leg_angles(
    name: str, leg: LegJoints, turn: float, side: int
) -> Iterator[tuple[str, float, body.Range]]:
    thigh = leg.knee.plus(leg.hip, -1)
    shank = leg.ankle.plus(leg.knee, -1)
    forward = Vec(thigh.x, thigh.y).turned(-turn)
    flexion = math.degrees(math.atan2(forward.y, forward.x))
    bent = flexion >= body.BENT_HIP
    yield f"the {name} hip bends", flexion, body.HIP_FLEXION
    yield (
        f"the {name} thigh goes out",
        math.degrees(math.asin(side * thigh.z / body.THIGH)),
        body.BENT_HIP_ABDUCTION if bent else body.HIP_ABDUCTION,
    )
    yield f"the {name} knee bends", leg.bend, body.KNEE_FLEXION
    yield f"the {name} toes point", 90 - angle_between(shank, leg.toes), body.ANKLE_FLEXION


def _arm_angles(name: str, arm: ArmJoints) -> Iterator[tuple[str, float, body.Range]]:
    bend = angle_between(arm.elbow.plus(arm.shoulder, -1), arm.wrist.plus(arm.elbow, -1))
    yield f"the {name} elbow bends", bend, body.ELBOW_FLEXION
