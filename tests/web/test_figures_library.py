"""What touches what in the figures of the library, in every frame of their movements."""

import math

import pytest

from web.figures.motion import stances
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
