"""The body in the figures: real proportions, joints that bend as people's do, on the mat."""

import math
from dataclasses import replace
from itertools import chain

import pytest

from kiosk.core.errors import FigureError
from web.figures import body
from web.figures.drawing import Sketch
from web.figures.geometry import Vec, Vec3, angle_between, two_bone_joint
from web.figures.motion import stances
from web.figures.pose import BALL_RADIUS, BELL_HEIGHT, Hand, Inset, Pose, Position
from web.figures.poses import BODY_POSES
from web.figures.stance import HAND_MIDDLE, ArmJoints, LegJoints, Stance
from web.figures.viewpoint import Viewpoint

LOADED = ("settle", "straighten", "knee-out", "squeeze")
TWO_HANDED = (*LOADED, "add-bell", "weight-off")
FLAT = Viewpoint(Vec(0.0, 0.0), 1.0, 1.0, 0.0)  # exactly from the side, so heights are right


@pytest.fixture(params=sorted(BODY_POSES))
def pose(request: pytest.FixtureRequest) -> Pose:
    return BODY_POSES[str(request.param)]


def positions(pose: Pose) -> list[Position]:
    return [pose.first, pose.second] if pose.second else [pose.first]


def legs(stance: Stance) -> tuple[tuple[LegJoints, int], tuple[LegJoints, int]]:
    return (stance.near_leg, 1), (stance.far_leg, -1)


def palm(arm: ArmJoints) -> Vec3:
    middle = Vec(HAND_MIDDLE, 0.0).turned(arm.turn)
    return arm.wrist.plus(Vec3(middle.x, middle.y, 0.0))


def test_bones_keep_their_lengths_in_every_frame(pose: Pose) -> None:
    for stance in stances(pose, 24):
        for leg, _ in legs(stance):
            assert math.dist(leg.hip, leg.knee) == pytest.approx(body.THIGH)
            assert math.dist(leg.knee, leg.ankle) == pytest.approx(body.SHANK)
        for arm in (stance.near_arm, stance.far_arm):
            assert math.dist(arm.shoulder, arm.elbow) == pytest.approx(body.UPPER_ARM)
            assert math.dist(arm.elbow, arm.wrist) == pytest.approx(body.FOREARM)


def test_joints_stay_within_human_ranges_in_every_frame(pose: Pose) -> None:
    for stance in stances(pose, 24):
        for leg, side in legs(stance):
            thigh = leg.knee.plus(leg.hip, -1)
            shank = leg.ankle.plus(leg.knee, -1)
            flat = Vec(thigh.x, thigh.y).turned(-stance.torso.turn)
            toes = Vec(1.0, 0.0).turned(leg.tilt)
            ankle = 90 - angle_between(shank, Vec3(toes.x, toes.y, 0.0))
            abduction = math.degrees(math.asin(side * thigh.z / body.THIGH))
            for angle, allowed in (
                (leg.bend, body.KNEE_FLEXION),
                (math.degrees(math.atan2(flat.y, flat.x)), body.HIP_FLEXION),
                (abduction, body.HIP_ABDUCTION),
                (ankle, body.ANKLE_FLEXION),
            ):
                assert allowed.least <= angle <= allowed.most
        for arm in (stance.near_arm, stance.far_arm):
            elbow = angle_between(arm.elbow.plus(arm.shoulder, -1), arm.wrist.plus(arm.elbow, -1))
            assert body.ELBOW_FLEXION.least <= elbow <= body.ELBOW_FLEXION.most


def test_nothing_sinks_into_the_mat_in_any_frame(pose: Pose) -> None:
    sketch = Sketch("flat", replace(pose, viewpoint=FLAT, inset=Inset.NONE))
    pieces = [course.piece for course in sketch._courses.values()]
    for stance in stances(pose, 12):
        for piece in pieces:
            place = piece.place(stance)
            lowest = max((place.put(point).y for point in piece.outline), default=-1.0)
            assert lowest <= 0.35, piece.name


def test_the_back_lies_on_the_mat_and_so_does_the_head() -> None:
    sketch = Sketch("flat", replace(BODY_POSES["settle"], viewpoint=FLAT))
    for name in ("head", "torso"):
        course = sketch._courses[name]
        for place in course.places:
            heights = [-place.put(point).y for point in course.piece.outline]
            assert min(heights) == pytest.approx(0.0, abs=0.15)


def test_feet_that_are_not_lifted_stand_on_the_mat_in_every_frame(pose: Pose) -> None:
    grounded = [position.near_leg.lift == 0 for position in positions(pose)]
    for stance in stances(pose, 24) if all(grounded) else ():
        leg = stance.near_leg
        lowest = min(leg.ankle.y + point.turned(leg.tilt).y for point in body.FOOT)
        assert lowest == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize("name", LOADED)
def test_the_kettlebell_stands_on_the_ball_and_the_ball_is_in_the_nook(name: str) -> None:
    for stance in stances(BODY_POSES[name], 12):
        assert stance.ball is not None
        assert stance.bell is not None
        assert (stance.bell.x, stance.bell.z) == (stance.ball.x, stance.ball.z)
        assert stance.bell.y == pytest.approx(stance.ball.y + BALL_RADIUS, abs=0.6)
        belly = 19.4 * (1 + body.BREATH * stance.breath)
        assert stance.ball.y - BALL_RADIUS < belly < stance.ball.y + BALL_RADIUS


@pytest.mark.parametrize("name", TWO_HANDED)
def test_both_hands_hold_the_handle_in_every_frame(name: str) -> None:
    for position in positions(BODY_POSES[name]):
        assert position.near_arm.hand is position.far_arm.hand is Hand.FIST
    for stance in stances(BODY_POSES[name], 12):
        assert stance.bell is not None
        for arm in (stance.near_arm, stance.far_arm):
            hand = palm(arm)
            assert abs(hand.x - stance.bell.x) <= 5.0
            assert abs(hand.z - stance.bell.z) <= 4.0
            assert BELL_HEIGHT - 4.0 <= hand.y - stance.bell.y <= BELL_HEIGHT + 1.0


def test_the_kettlebell_is_on_the_floor_whenever_nobody_holds_it() -> None:
    for stance in chain(stances(BODY_POSES["stand-up"], 4), stances(BODY_POSES["unload"], 4)):
        assert stance.bell is not None
        assert stance.bell.y == 0.0


def test_the_working_leg_is_the_nearest(pose: Pose) -> None:
    for stance in stances(pose, 8):
        assert stance.near_leg.hip.z > stance.far_leg.hip.z
        assert stance.near_leg.ankle.z > stance.far_leg.ankle.z


def test_only_the_working_leg_moves_while_the_leg_deepens() -> None:
    for name in ("straighten", "knee-out"):
        first, *later = stances(BODY_POSES[name], 8)
        for stance in later:
            assert replace(stance, near_leg=first.near_leg) == first


def test_planted_feet_do_not_slip_when_the_pelvis_lifts() -> None:
    first, *later = stances(BODY_POSES["squeeze"], 8)
    for stance in later:
        assert stance.near_leg.ankle == first.near_leg.ankle
        assert stance.far_leg.ankle == first.far_leg.ankle
        assert stance.near_leg.hip.y > first.near_leg.hip.y


def test_a_limb_out_of_reach_is_refused_with_what_to_do() -> None:
    with pytest.raises(FigureError, match=r"cannot span 90.0 cm: move the hand or the foot"):
        two_bone_joint(Vec3(0, 0, 0), Vec3(90, 0, 0), 40.0, 41.0, Vec3(0, 1, 0))


def test_a_knee_that_points_along_its_leg_is_refused() -> None:
    with pytest.raises(FigureError, match="turn the knee or elbow aside"):
        two_bone_joint(Vec3(0, 0, 0), Vec3(70, 0, 0), 40.0, 41.0, Vec3(1, 0, 0))
