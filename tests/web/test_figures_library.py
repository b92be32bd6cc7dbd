"""What touches what in the figures of the library, in every frame of their movements."""

import math

import pytest

from web.figures import body
from web.figures.geometry import Vec
from web.figures.motion import stances
from web.figures.pose import BALL_RADIUS
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
