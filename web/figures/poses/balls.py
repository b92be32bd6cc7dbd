"""The poses on a ball: sitting on it, and lying on it beside the shoulder blade."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from web.figures import body
from web.figures.geometry import Vec, Vec3
from web.figures.pose import (
    BALL_RADIUS,
    Arm,
    Arrow,
    Base,
    Hand,
    Hips,
    Leg,
    Pose,
    Position,
    Rhythm,
    Worked,
)
from web.figures.scenery import Pad
from web.figures.viewpoint import Viewpoint


def _both_ways(middle: float) -> tuple[Arrow, Arrow]:
    """Two arrows on the mat that go away from a middle, picture units."""
    return (
        Arrow(Vec(middle + 3.0, 90.4), Vec(middle + 8.0, 90.4), Vec(middle + 14.0, 90.4)),
        Arrow(Vec(middle - 3.0, 90.4), Vec(middle - 8.0, 90.4), Vec(middle - 14.0, 90.4)),
    )


_SEAT = Vec(74.0, 15.0)  # the hip joints of one who sits on a ball
_GLUTE = Vec3(_SEAT.x - 4.0, BALL_RADIUS, body.HALF_HIPS + 2.0)


def _sitting(roll: float) -> Position:
    """Sitting on the ball, with the body `roll` cm further along the mat."""
    return Position(
        Leg(122.0),
        Leg(128.0),
        Arm(Vec3(29.0, 3.7, 22.0), -176.0, Vec3(-1.0, 0.2, 0.4), Hand.FLAT),
        Arm(Vec3(31.0, 3.7, -24.0), -176.0, Vec3(-1.0, 0.2, -0.4), Hand.FLAT),
        ball=_GLUTE.plus(Vec3(roll / 2, 0.0, 0.0)),
        nod=8.0,
        base=Hips(_SEAT.plus(Vec(roll, 0.0)), -58.0),
    )


_THERE = 50.0  # where the ball is along the mat, cm
_BLADE = 42.0  # where the ball is along the back, cm from the top of the head
_LIFT = 7.0  # how far the ball lifts the back there, cm
_AIRY = Viewpoint(Vec(12.0, 86.0), 0.93, 1.0, 0.22)  # room for an arm behind the head


def _on_ball(turn: float, slide: float, near: Arm) -> Position:
    """Lying with the ball beside the shoulder blade.

    Args:
        turn: How the trunk slopes, degrees; negative has the head higher.
        slide: How far the body has slid towards the feet, cm.
        near: The arm of the working side.
    """
    ball = Vec(_THERE + slide, _LIFT)
    base = Base(ball.plus(Vec(_BLADE, 0.0).turned(turn), -1), turn)
    return Position(
        Leg(139.0),
        Leg(145.0),
        near,
        Arm(Vec3(72.0 + slide, 26.0, -6.0), -8.0, Vec3(0.0, -0.5, -1.0), Hand.FLAT),
        ball=Vec3(_THERE + slide / 2, BALL_RADIUS, 7.0),
        nod=-6.0,
        base=base,
    )


_RESTING = Arm(Vec3(78.0, 25.5, 12.0), -14.0, Vec3(0.0, 0.2, 1.0), Hand.FLAT)


def _resting(slide: float) -> Arm:
    return replace(_RESTING, palm=_RESTING.palm.plus(Vec3(slide, 0.0, 0.0)))


_REST = _on_ball(-10.0, 0.0, _RESTING)
_PILLOW = Pad(Vec3(21.0, 0.0, 4.0), 26.0, 8.5, 30.0)
_LOW_PILLOW = Pad(Vec3(21.0, 0.0, 4.0), 30.0, 6.0, 30.0)

_ROLLING = Rhythm(2.0, 0.4, 2.0, 0.4, told=True)

BALL_POSES: Mapping[str, Pose] = MappingProxyType(
    {
        "glute-ball-sit": Pose(_sitting(0.0), under=True),
        "glute-ball-roll": Pose(
            _sitting(-3.0), _sitting(5.0), _ROLLING, _both_ways(78.0), under=True, ghost=False
        ),
        "back-ball-lie": Pose(
            _REST, viewpoint=_AIRY, worked=Worked.ARM, scenery=(_PILLOW,), under=True
        ),
        "back-ball-roll": Pose(
            _on_ball(-3.0, -4.0, _resting(-4.0)),
            _on_ball(-3.0, 4.0, _resting(4.0)),
            _ROLLING,
            _both_ways(58.0),
            viewpoint=_AIRY,
            worked=Worked.ARM,
            scenery=(_LOW_PILLOW,),
            under=True,
            ghost=False,
        ),
        "back-ball-arm": Pose(
            replace(
                _REST, near_arm=Arm(Vec3(41.0, 76.0, 18.0), 90.0, Vec3(1.0, 0.0, 0.3), Hand.FLAT)
            ),
            replace(
                _REST, near_arm=Arm(Vec3(5.0, 48.0, 20.0), 154.0, Vec3(0.4, 1.0, 0.3), Hand.FLAT)
            ),
            Rhythm(2.4, 0.6, 2.4, 0.6, told=True),
            (Arrow(Vec(38.0, 4.0), Vec(18.0, 5.0), Vec(10.0, 24.0)),),
            viewpoint=_AIRY,
            worked=Worked.ARM,
            scenery=(_PILLOW,),
            under=True,
        ),
    }
)
