"""The poses for the lower leg: the calf on a kettlebell's handle, and the foot on a ball."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from web.figures import body
from web.figures.geometry import Vec, Vec3
from web.figures.pose import (
    BALL_RADIUS,
    Arm,
    Arrow,
    FreeLeg,
    Hand,
    Hips,
    Inset,
    Leg,
    Pose,
    Position,
    Rhythm,
)
from web.figures.scenery import Chair
from web.figures.viewpoint import ASIDE

_BELL = Vec3(112.0, 0.0, body.HALF_HIPS)
_ANKLE = Vec3(126.0, 31.0, body.HALF_HIPS)


_KNEE_UP = Vec3(0.0, 1.0, 0.0)


def _calf(toes: Vec3, knee: Vec3 = _KNEE_UP) -> Position:
    """Sitting on the mat with the calf across the handle of a kettlebell."""
    return Position(
        FreeLeg(_ANKLE, knee, toes),
        Leg(104.0),
        Arm(Vec3(17.0, 3.7, 22.0), -176.0, Vec3(-1.0, 0.2, 0.4), Hand.FLAT),
        Arm(Vec3(19.0, 3.7, -24.0), -176.0, Vec3(-1.0, 0.2, -0.4), Hand.FLAT),
        bell=_BELL,
        nod=8.0,
        base=Hips(Vec(50.0, 9.6), -68.0),
    )


_UP = Vec3(0.25, 1.0, 0.0)

_CHAIR = Chair(84.0)
_SOLE = 2 * BALL_RADIUS - 1.2  # height of a sole that presses on the ball, cm


def _chair(x: float, tilt: float, ball: float, aside: float = 0.0) -> Position:
    """Sitting on a chair with the foot on a ball."""
    hips = Vec(_CHAIR.x - 16.0, _CHAIR.seat + 9.2)
    palm = Vec3(hips.x + 27.0, hips.y + 9.5, 12.0)
    return Position(
        Leg(x, _SOLE, tilt, aside=aside),
        Leg(106.0),
        Arm(palm, -4.0, Vec3(-1.0, -0.2, 0.3), Hand.FLAT),
        Arm(palm.plus(Vec3(2.0, -2.0, -24.0)), -14.0, Vec3(-1.0, -0.2, -0.3), Hand.FLAT),
        ball=Vec3(ball, BALL_RADIUS, body.HALF_HIPS + aside / 2),
        nod=10.0,
        base=Hips(hips, -92.0),
    )


_ROLLING = Rhythm(1.8, 0.2, 1.8, 0.2, told=True)
_CIRCLING = Rhythm(1.8, 0.0, 1.8, 0.0, told=True, round=True)

LEG_POSES: Mapping[str, Pose] = MappingProxyType(
    {
        "calf-bell-sit": Pose(_calf(_UP), under=True, turned_bell=True),
        "calf-bell-off": Pose(
            replace(_calf(_UP), near_leg=Leg(84.0)), under=True, turned_bell=True
        ),
        "calf-bell-point": Pose(
            _calf(_UP),
            _calf(Vec3(1.0, 0.8, 0.0)),
            Rhythm(1.6, 0.8, 1.6, 0.8, told=True),
            (Arrow(Vec(150.0, 32.0), Vec(163.0, 36.0), Vec(165.0, 49.0)),),
            under=True,
            turned_bell=True,
        ),
        "calf-bell-roll": Pose(
            _calf(Vec3(0.3, 1.0, 0.55), Vec3(0.0, 1.0, 0.4)),
            _calf(Vec3(0.3, 1.0, -0.55), Vec3(0.0, 1.0, -0.25)),
            Rhythm(1.6, 0.4, 1.6, 0.4, told=True),
            (
                Arrow(Vec(150.0, 24.0), Vec(160.0, 22.0), Vec(164.0, 33.0)),
                Arrow(Vec(134.0, 24.0), Vec(126.0, 22.0), Vec(122.0, 33.0)),
            ),
            under=True,
            turned_bell=True,
        ),
        "foot-ball-sit": Pose(
            _chair(102.0, 0.0, 109.0),
            viewpoint=ASIDE,
            inset=Inset.FOOT,
            scenery=(_CHAIR,),
            under=True,
        ),
        "foot-ball-off": Pose(
            replace(_chair(94.0, 0.0, 124.0), near_leg=Leg(94.0)),
            viewpoint=ASIDE,
            inset=Inset.FOOT,
            scenery=(_CHAIR,),
            under=True,
        ),
        "foot-ball-roll": Pose(
            _chair(110.0, 4.0, 112.5),
            _chair(94.0, -5.0, 104.5),
            _ROLLING,
            (
                Arrow(Vec(150.0, 63.0), Vec(155.0, 63.0), Vec(163.0, 63.0)),
                Arrow(Vec(144.0, 63.0), Vec(139.0, 63.0), Vec(131.0, 63.0)),
            ),
            viewpoint=ASIDE,
            ghost=False,
            inset=Inset.FOOT,
            scenery=(_CHAIR,),
            under=True,
        ),
        "foot-ball-circle": Pose(
            _chair(107.0, 2.0, 111.0),
            _chair(97.0, -3.0, 106.0),
            _CIRCLING,
            (Arrow(Vec(127.0, 56.0), Vec(145.0, 70.0), Vec(163.0, 56.0)),),
            by=_chair(102.0, 0.0, 108.5, 5.0),
            viewpoint=ASIDE,
            inset=Inset.FOOT,
            scenery=(_CHAIR,),
            under=True,
        ),
    }
)
