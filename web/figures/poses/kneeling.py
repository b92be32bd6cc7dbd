"""The poses on one knee: the half-kneeling hip flexor stretch, and the couch stretch at a wall.

The working leg is the one that kneels: the front of its hip is what is stretched.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from web.figures import body
from web.figures.geometry import Vec, Vec3
from web.figures.pose import (
    Arm,
    Arrow,
    FreeLeg,
    Hand,
    Kneeling,
    Leg,
    Pose,
    Position,
    Rhythm,
)
from web.figures.scenery import Pad, Wall
from web.figures.viewpoint import UPRIGHT

_ON_PAD = 9.2  # height of a knee joint that kneels on a pad, cm

_KNEE = Vec(64.0, _ON_PAD)
_TOES_BACK = Leg(_KNEE.x - body.SHANK, tilt=-140.0, knee=Vec3(1.0, -0.3, 0.0))
_PAD = Pad(Vec3(_KNEE.x - 2.0, 0.0, 8.0))


def _hands_on_hips(hips: Vec) -> tuple[Arm, Arm]:
    near = Vec3(hips.x + 3.0, hips.y + 9.0, 17.0)
    return (
        Arm(near, -28.0, Vec3(-1.0, 0.0, 0.5), Hand.FLAT),
        Arm(near.plus(Vec3(1.0, 0.0, -34.0)), -28.0, Vec3(-1.0, 0.0, -0.5), Hand.FLAT),
    )


def _half_kneeling(thigh: float, turn: float = -90.0) -> Position:
    base = Kneeling(_KNEE, thigh, turn)
    near, far = _hands_on_hips(base.hips)
    return Position(_TOES_BACK, Leg(_KNEE.x + 45.0), near, far, base=base)


_TALL = _half_kneeling(0.0)
_FORWARD = _half_kneeling(19.0)


def _lowering(height: float) -> Position:
    """On the way down to the pad, with both hands on the front thigh."""
    knee = Vec(_KNEE.x, _KNEE.y + height)
    base = Kneeling(knee, -6.0 + height / 3, -96.0)
    thigh = Vec3(base.hips.x + 30.0, base.hips.y + 6.0, 0.0)
    return Position(
        replace(_TOES_BACK, tilt=-118.0, knee=Vec3(1.0, -0.4, 0.0)),
        Leg(_KNEE.x + 45.0),
        Arm(thigh.plus(Vec3(0.0, 0.0, 4.0)), -30.0, Vec3(-1.0, -0.2, 0.6), Hand.FLAT),
        Arm(thigh.plus(Vec3(1.0, 0.0, -10.0)), -30.0, Vec3(-1.0, -0.2, -0.6), Hand.FLAT),
        base=base,
    )


_WALL = Wall(34.0)
_CORNER = Vec(_WALL.x + 21.0, _ON_PAD)
_SHIN_UP = FreeLeg(
    ankle=Vec3(_CORNER.x - 8.0, _CORNER.y + 40.9, body.HALF_HIPS),
    knee=Vec3(0.0, -1.0, 0.0),
    toes=Vec3(-0.79, 0.61, 0.0),
)


def _couch(thigh: float, turn: float, palm: Vec3, spread: float) -> Position:
    """Kneeling at the wall with both hands at `palm`, `spread` cm apart."""
    return Position(
        _SHIN_UP,
        Leg(_CORNER.x + 77.0, knee=Vec3(1.0, 1.0, 0.0)),
        Arm(palm, -16.0, Vec3(-1.0, 0.0, 0.5), Hand.FLAT),
        Arm(palm.plus(Vec3(2.0, 0.0, -spread)), -16.0, Vec3(-1.0, 0.0, -0.5), Hand.FLAT),
        base=Kneeling(_CORNER, thigh, turn),
    )


_COUCH_LOW = _couch(46.0, -116.0, Vec3(_CORNER.x + 72.0, 53.0, 2.0), 12.0)
_COUCH_TALL = _couch(30.0, -102.0, Vec3(_CORNER.x + 63.0, 56.0, 2.0), 12.0)
_LOWERING = Rhythm(1.6, 1.2, 1.6, 1.6)
_PUSH = Arrow(Vec(40.0, 62.0), Vec(50.0, 59.0), Vec(61.0, 61.0))
_RISING = Rhythm(2.4, 3.0, 2.4, 0.8, told=True)
_LEANING = Rhythm(2.4, 3.0, 2.4, 1.2, told=True)

KNEELING_POSES: Mapping[str, Pose] = MappingProxyType(
    {
        "kneel-pad": Pose(
            _lowering(0.0),
            _lowering(13.0),
            _LOWERING,
            (Arrow(Vec(58.0, 54.0), Vec(60.0, 62.0), Vec(60.0, 72.0)),),
            viewpoint=UPRIGHT,
            scenery=(_PAD,),
            ghost=False,
        ),
        "half-kneel-tall": Pose(
            _TALL,
            replace(_TALL, squeeze=1.0),
            Rhythm(0.8, 4.2, 0.8, 4.2, told=True),
            viewpoint=UPRIGHT,
            scenery=(_PAD,),
        ),
        "half-kneel-forward": Pose(
            _TALL, _FORWARD, _LEANING, (_PUSH,), viewpoint=UPRIGHT, scenery=(_PAD,), ghost=False
        ),
        "couch-setup": Pose(
            _COUCH_LOW,
            viewpoint=UPRIGHT,
            scenery=(_WALL, Pad(Vec3(_CORNER.x - 1.0, 0.0, 8.0))),
        ),
        "couch-rise": Pose(
            _COUCH_LOW,
            _COUCH_TALL,
            _RISING,
            (Arrow(Vec(142.0, 42.0), Vec(142.0, 26.0), Vec(128.0, 18.0)),),
            viewpoint=UPRIGHT,
            scenery=(_WALL, Pad(Vec3(_CORNER.x - 1.0, 0.0, 8.0))),
            ghost=False,
        ),
    }
)
