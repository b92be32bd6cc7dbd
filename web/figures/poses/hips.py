"""The poses that turn the hip: the figure four on the back, and sitting with both knees at 90."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from web.figures import body
from web.figures.geometry import Vec, Vec3
from web.figures.pose import (
    Arm,
    Arrow,
    Foot,
    FreeLeg,
    Hand,
    Hips,
    Leg,
    Pose,
    Position,
    Rhythm,
)
from web.figures.viewpoint import DEEP, DEEPER

_KNEE_OUT = Vec3(0.8, -0.1, 0.8)
_NEAR_REST = Arm(Vec3(68.0, 3.2, 27.0), -3.0, Vec3(0.0, 0.3, 1.0), Hand.FLAT)
_FAR_REST = Arm(Vec3(87.0, 3.2, -24.0), -3.0, Vec3(0.0, 0.3, -1.0), Hand.FLAT)


def _on_thigh(way: float, share: float, before: float) -> Vec:
    """A point along the other thigh, which points `way` degrees up, and so far before its bone."""
    along = Vec(share * body.THIGH, before).turned(way)
    return body.HIP.plus(along)


def _crossed(way: float) -> FreeLeg:
    """The working ankle on the other thigh, just above its knee."""
    at = _on_thigh(way, 0.84, 9.0)
    toes = Vec(1.0, 0.0).turned(way + 12.0)
    return FreeLeg(Vec3(at.x, at.y, -9.0), _KNEE_OUT, Vec3(toes.x, toes.y, 0.0), Foot.BACK)


_FOUR = Position(_crossed(52.0), Leg(126.0), _NEAR_REST, _FAR_REST)


def _drawn(way: float) -> Position:
    """The figure four with both feet off the mat, held behind the other thigh."""
    knee = _on_thigh(way, 1.0, 0.0)
    shank = Vec(body.SHANK, 0.0).turned(way - 100.0)
    ankle = knee.plus(shank)
    hold = _on_thigh(way, 0.62, -8.0)
    return Position(
        _crossed(way),
        FreeLeg(
            Vec3(ankle.x, ankle.y, -body.HALF_HIPS), Vec3(-0.5, 1.0, 0.0), Vec3(0.35, 0.95, 0.0)
        ),
        Arm(Vec3(hold.x, hold.y, 1.0), 30.0, Vec3(0.0, -0.4, 1.0)),
        Arm(Vec3(hold.x, hold.y + 2.0, -14.0), 30.0, Vec3(0.0, -0.4, -1.0)),
        nod=0.0,
    )


_HIPS = Vec(66.0, 9.6)


def _lying_leg(way: float, bend: float, point: float, side: int) -> FreeLeg:
    """A leg on the mat: its thigh points `way` degrees out from forward, its knee bends back."""
    hip = Vec3(_HIPS.x, _HIPS.y, side * body.HALF_HIPS)
    drop = math.asin((_HIPS.y - 6.6) / body.THIGH)
    flat = Vec(1.0, 0.0).turned(way)
    thigh = Vec3(flat.x * math.cos(drop), -math.sin(drop), flat.y * math.cos(drop))
    knee = hip.plus(thigh, body.THIGH)
    shank = Vec(1.0, 0.0).turned(way - bend)
    ankle = knee.plus(Vec3(shank.x, 0.02, shank.y), body.SHANK)
    toes = Vec(1.0, 0.0).turned(way - bend + point)
    return FreeLeg(ankle, thigh, Vec3(toes.x, 0.0, toes.y), Foot.BACK)


def _ninety(turn: float, near: Vec3, far: Vec3, fingers: float) -> Position:
    return Position(
        _lying_leg(46.0, 92.0, 84.0, 1),
        _lying_leg(-74.0, 112.0, 42.0, -1),
        Arm(near, fingers, Vec3(-0.6, -0.3, 1.0), Hand.FLAT),
        Arm(far, fingers, Vec3(-0.6, -0.3, -1.0), Hand.FLAT),
        base=Hips(_HIPS, turn),
    )


_UP = _ninety(-90.0, Vec3(86.0, 15.5, 27.0), Vec3(100.0, 12.0, -16.0), -20.0)
_LEANT = _ninety(-122.0, Vec3(122.0, 3.4, 30.0), Vec3(126.0, 3.4, -22.0), -5.0)

_TO_CHEST = Arrow(Vec(158.0, 66.0), Vec(146.0, 66.0), Vec(136.0, 56.0))
_OVER = Arrow(Vec(110.0, 0.0), Vec(126.0, 1.0), Vec(134.0, 16.0))
_DRAWING = Rhythm(2.0, 2.0, 2.0, 1.0, told=True)
_LEANING = Rhythm(3.0, 2.0, 3.0, 1.0, told=True)

HIP_POSES: Mapping[str, Pose] = MappingProxyType(
    {
        "figure-four": Pose(_FOUR, viewpoint=DEEP),
        "figure-four-draw": Pose(
            _drawn(84.0),
            _drawn(106.0),
            _DRAWING,
            (_TO_CHEST,),
            viewpoint=DEEP,
            crossed=True,
            ghost=False,
        ),
        "ninety-sit": Pose(_UP, viewpoint=DEEPER, mat_far=-58.0),
        "ninety-lean": Pose(_UP, _LEANT, _LEANING, (_OVER,), viewpoint=DEEPER, mat_far=-58.0),
    }
)
