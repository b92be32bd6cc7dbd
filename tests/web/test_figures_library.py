"""What touches what in the figures of the library, in every frame of their movements."""

import math

import pytest

from web.figures import body
from web.figures.drawing import Sketch
from web.figures.geometry import Vec, between
from web.figures.motion import stances
from web.figures.pose import BALL_RADIUS, BELL_HEIGHT
from web.figures.poses import BODY_POSES
from web.figures.scenery import Pad

KNEELING = ("half-kneel-tall", "half-kneel-forward", "couch-setup", "couch-rise")
SHIN = 5.6  # cm from the bone of a knee to its front


@pytest.mark.parametrize("name", KNEELING)
def test_the_knee_stays_on_its_pad_while_the_body_moves(name: str) -> None:
    (pad,) = (thing for thing in BODY_POSES[name].scenery if isinstance(thing, Pad))
    first, *later = stances(BODY_POSES[name], 12)
    assert first.near_leg.knee.y - SHIN == pytest.approx(pad.height, abs=0.8)
    assert abs(first.near_leg.knee.x - pad.at.x) < pad.length / 2
    for stance in later:
        assert math.dist(stance.near_leg.knee, first.near_leg.knee) < 0.1


@pytest.mark.parametrize("name", ["ninety-lean", "couch-rise"])
def test_a_trunk_leans_with_a_straight_back_and_the_head_in_line(name: str) -> None:
    for stance in stances(BODY_POSES[name], 12):
        assert stance.head == stance.torso


def test_hips_that_sit_stay_where_they_sit_while_the_trunk_leans() -> None:
    first, *later = stances(BODY_POSES["ninety-lean"], 12)
    for stance in later:
        assert math.dist(stance.near_leg.hip, first.near_leg.hip) < 1e-6


@pytest.mark.parametrize("name", ["figure-four", "figure-four-draw"])
def test_the_ankle_lies_on_the_other_thigh_clear_of_the_knee(name: str) -> None:
    for stance in stances(BODY_POSES[name], 12):
        thigh = stance.far_leg.knee.plus(stance.far_leg.hip, -1)
        way = stance.near_leg.ankle.plus(stance.far_leg.hip, -1)
        along = way.dot(thigh.unit())
        assert 0.7 < along / body.THIGH < 1.0
        away = math.sqrt(way.dot(way) - along**2)
        assert 7.0 < away < 11.0


@pytest.mark.parametrize("name", ["back-ball-lie", "back-ball-roll", "back-ball-arm"])
def test_the_ball_is_under_the_back_between_spine_and_shoulder_blade(name: str) -> None:
    for stance in stances(BODY_POSES[name], 12):
        assert stance.ball is not None
        back = Vec(stance.ball.x - stance.torso.origin.x, 0.0)
        assert 36.0 < back.x < 48.0
        assert stance.torso.put(back).y == pytest.approx(2 * BALL_RADIUS, abs=3.0)


@pytest.mark.parametrize("name", ["foot-ball-sit", "foot-ball-roll", "foot-ball-circle"])
def test_the_sole_rests_on_the_ball_which_rolls_half_as_far_as_the_foot(name: str) -> None:
    pose = BODY_POSES[name]
    for stance in stances(pose, 12):
        assert stance.ball is not None
        assert stance.ball.y == BALL_RADIUS
        sole = stance.near_leg.ankle.plus(stance.ball, -1)
        assert -16.0 < sole.x < 0.0  # the ball is between heel and toes
        tilted = Vec(-sole.x, -body.ANKLE_HEIGHT).turned(stance.near_leg.tilt)
        assert 0.0 <= 2 * BALL_RADIUS - (stance.near_leg.ankle.y + tilted.y) < 2.0
    ends = stances(pose, 1)
    if pose.second and ends[0].ball and ends[1].ball:
        foot = ends[1].near_leg.ankle.x - ends[0].near_leg.ankle.x
        assert ends[1].ball.x - ends[0].ball.x == pytest.approx(foot / 2)


def test_the_foot_that_draws_circles_goes_there_on_one_side_and_back_on_the_other() -> None:
    way = [stance.near_leg.ankle for stance in stances(BODY_POSES["foot-ball-circle"], 8)]
    assert way[8] == pytest.approx(way[0])
    lengths, depths = [point.x for point in way], [point.z for point in way]
    assert (max(lengths), min(lengths)) == pytest.approx((lengths[0], lengths[4]))
    assert (max(depths), min(depths)) == pytest.approx((depths[2], depths[6]))
    assert depths[2] - depths[6] == pytest.approx(10.0)


@pytest.mark.parametrize("name", ["calf-bell-sit", "calf-bell-point", "calf-bell-roll"])
def test_the_calf_lies_across_the_handle_below_the_crease_of_the_knee(name: str) -> None:
    for stance in stances(BODY_POSES[name], 12):
        assert stance.bell is not None
        leg = stance.near_leg
        share = (stance.bell.x - leg.knee.x) / (leg.ankle.x - leg.knee.x)
        bone = between(leg.knee.y, leg.ankle.y, share)
        assert 0.4 < share < 0.8
        assert BELL_HEIGHT < bone < BELL_HEIGHT + 8.0


@pytest.mark.parametrize("name", sorted(BODY_POSES))
def test_the_colour_of_the_side_is_on_the_limb_that_is_worked(name: str) -> None:
    courses = Sketch(name, BODY_POSES[name])._courses.values()
    pieces = {course.piece.name: course.piece.tone for course in courses}
    arm = name.startswith("back-ball")
    assert (pieces["near-foot"] == "side") is not arm
    assert (pieces["near-hand"] == "side") is arm
    assert "side" not in {tone for piece, tone in pieces.items() if piece.startswith("far-")}
