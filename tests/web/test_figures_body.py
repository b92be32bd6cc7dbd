"""The body in the figures: real proportions, joints that bend as people's do, on the mat."""

import math
from dataclasses import replace
from itertools import chain

import pytest

from kiosk.core.errors import FigureError
from web.figures import body
from web.figures.drawing import Sketch
from web.figures.geometry import Vec, Vec3, two_bone_joint
from web.figures.limits import angles, refuse_impossible
from web.figures.motion import stances
from web.figures.pose import BALL_RADIUS, BELL_HEIGHT, Hand, Inset, Leg, Pose, Position
from web.figures.poses import BODY_POSES
from web.figures.stance import HAND_MIDDLE, ArmJoints, LegJoints, Stance, stand
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
        for joint, angle, allowed in angles(stance):
            assert allowed.least <= angle <= allowed.most, joint


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
    legs = [position.near_leg for position in positions(pose)]
    grounded = [isinstance(leg, Leg) and leg.lift == 0 for leg in legs]
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


@pytest.mark.parametrize("name", sorted(BODY_POSES))
def test_the_working_leg_is_the_nearest(name: str) -> None:
    for stance in stances(BODY_POSES[name], 8):
        assert stance.near_leg.hip.z > stance.far_leg.hip.z
        assert stance.near_leg.knee.z > stance.far_leg.knee.z
        crosses = name.startswith("figure-four")
        assert (stance.near_leg.ankle.z > stance.far_leg.ankle.z) is not crosses


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


def test_a_joint_past_its_range_is_refused_by_name_with_what_it_does() -> None:
    folded = replace(BODY_POSES["lie-down"].first, near_leg=Leg(84.0))
    with pytest.raises(
        FigureError, match=r"the near knee bends 1\d\d degrees \(possible: 0 to 145\)"
    ):
        refuse_impossible(stand(folded))


def test_every_fault_of_a_pose_is_told_with_the_pose_s_name() -> None:
    lying = BODY_POSES["lie-down"].first
    twisted = replace(lying, near_leg=Leg(131.0, tilt=-60.0), far_leg=Leg(137.0, tilt=-60.0))
    with pytest.raises(FigureError, match=r"^pose wrung: .*near toes point.*far toes point"):
        Sketch("wrung", Pose(twisted))


def test_a_limb_of_a_pose_that_does_not_reach_is_refused_by_name() -> None:
    far = replace(BODY_POSES["lie-down"].first, far_leg=Leg(190.0))
    with pytest.raises(FigureError, match=r"^pose stretched: the far leg is out of reach: "):
        Sketch("stretched", Pose(far))


def test_a_limb_out_of_reach_is_refused_with_what_to_do() -> None:
    with pytest.raises(FigureError, match=r"cannot span 90.0 cm: move the hand or the foot"):
        two_bone_joint(Vec3(0, 0, 0), Vec3(90, 0, 0), 40.0, 41.0, Vec3(0, 1, 0))


def test_a_knee_that_points_along_its_leg_is_refused() -> None:
    with pytest.raises(FigureError, match="turn the knee or elbow aside"):
        two_bone_joint(Vec3(0, 0, 0), Vec3(70, 0, 0), 40.0, 41.0, Vec3(1, 0, 0))
