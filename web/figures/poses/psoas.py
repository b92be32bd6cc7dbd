"""The poses of the psoas release and of the gentle routine: lying down, and standing up again.

A new pose is best made from the one that is most like it, with `replace`.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from web.figures.geometry import Vec, Vec3
from web.figures.pose import (
    BALL_RADIUS,
    BELL_HEIGHT,
    SPOT,
    STANDING_BASE,
    Arm,
    Arrow,
    Hand,
    Inset,
    Leg,
    Pose,
    Position,
    Rhythm,
)
from web.figures.viewpoint import SMALLER

GRIP = 3.2  # how far each hand is from the middle of the handle, cm
ON_BALL = Vec3(SPOT.x, SPOT.y + BALL_RADIUS - 0.4, SPOT.z)  # the kettlebell's base, on the ball
_SKIN = Vec3(SPOT.x, 18.0, SPOT.z)  # the spot on the belly, where the fingers press
_OUTWARDS = Vec3(0.0, -0.35, 1.0)


def _grip(bell: Vec3, z: float, turn: float = 8.0) -> Arm:
    """An arm with its hand on the handle of `bell`; `z` above 0 is the near arm, else the far."""
    elbow = Vec3(0.0, -0.35, 1.0 if z > 0 else -1.0)
    x = bell.x - (GRIP if z > 0 else -GRIP)
    return Arm(Vec3(x, bell.y + BELL_HEIGHT - 1.6, bell.z + z), turn, elbow)


def _hands_on(position: Position, bell: Vec3) -> Position:
    """`position` with a kettlebell at `bell`, and both hands on its handle."""
    return replace(position, bell=bell, near_arm=_grip(bell, 3.0), far_arm=_grip(bell, -3.0))


_BENT = Leg(131.0)
_FAR_BENT = Leg(137.0)
_LONG = Leg(162.4, tilt=70.0)
_NEAR_REST = Arm(Vec3(87.0, 3.2, 24.0), -3.0, Vec3(0.0, 0.3, 1.0), Hand.FLAT)
_FAR_REST = Arm(Vec3(87.0, 3.2, -24.0), -3.0, Vec3(0.0, 0.3, -1.0), Hand.FLAT)
_LYING = Position(_BENT, _FAR_BENT, _NEAR_REST, _FAR_REST)
_PRESSING = replace(
    _LYING, near_arm=Arm(Vec3(63.0, 29.0, 12.0), -48.0, Vec3(0.0, 0.4, 1.0), Hand.FLAT)
)
_WITH_BALL = replace(
    _LYING,
    ball=SPOT,
    near_arm=Arm(Vec3(69.0, 27.8, 12.0), -14.0, Vec3(0.0, 0.2, 1.0), Hand.FLAT),
)
_LOADED = _hands_on(_WITH_BALL, ON_BALL)
_LIFTED = _hands_on(_LOADED, Vec3(58.0, 34.0, 9.0))
_FLOOR = Vec3(64.0, 0.0, 44.0)
_ONE_HAND = replace(
    _LOADED,
    near_arm=replace(_LOADED.near_arm, elbow=Vec3(0.0, 0.3, 1.0)),
    far_arm=Arm(Vec3(64.0, 25.0, 0.0), -10.0, Vec3(0.0, 0.3, -1.0), Hand.FLAT),
)
_ON_FLOOR = replace(_grip(_FLOOR, 3.0, -20.0), elbow=Vec3(-0.2, 0.8, 0.9))
_HUGGED = Leg(104.0, lift=30.0, tilt=42.0)
_PULLED = Leg(99.0, lift=33.0, tilt=42.0)


def _hugging(position: Position, shift: Vec3) -> Position:
    """`position` with both hands round a knee; `shift` moves them from where a drawn-in knee is."""
    near = Vec3(72.0, 42.0, 12.0).plus(shift)
    far = Vec3(72.0, 42.0, 4.0).plus(shift)
    return replace(
        position,
        near_arm=Arm(near, 10.0, _OUTWARDS),
        far_arm=Arm(far, 10.0, Vec3(0.0, -0.35, -1.0)),
    )


_BOTH = _hugging(replace(_LYING, near_leg=_HUGGED, far_leg=Leg(107.0, 30.0, 42.0)), Vec3(0, 0, 0))
_BOTH_PULLED = _hugging(
    replace(_BOTH, near_leg=_PULLED, far_leg=Leg(102.0, 33.0, 42.0)), Vec3(-3, 1, 0)
)
_FAR_HUG = _hugging(replace(_LYING, near_leg=_BENT, far_leg=_HUGGED), Vec3(0, 0, -6.0))
_FAR_LOOSE = _hugging(replace(_FAR_HUG, far_leg=Leg(110.0, 27.0, 42.0)), Vec3(7.0, 1.0, -6.0))
_FAR_PULLED = _hugging(replace(_FAR_HUG, far_leg=_PULLED), Vec3(-5.0, -1.0, -6.0))

_STANDING = Position(
    near_leg=Leg(228.0),
    far_leg=Leg(224.0),
    near_arm=Arm(Vec3(228.0, 84.0, 22.0), -80.0, Vec3(-1.0, 0.0, 0.3), Hand.FLAT),
    far_arm=Arm(Vec3(238.0, 84.0, -22.0), -70.0, Vec3(-1.0, 0.0, -0.3), Hand.FLAT),
    bell=Vec3(150.0, 0.0, 10.0),
    ball=Vec3(122.0, BALL_RADIUS, 14.0),
    base=STANDING_BASE,
)

_SLOW = Rhythm(4.0, 0.0, 4.0, 0.0, told=True)
_LIFTING = Rhythm(1.6, 1.2, 1.6, 1.0)
_BREATHING = Rhythm(4.0, 0.0, 6.0, 0.0, told=True)

#: Standing beside an empty mat, for routines without a ball and a kettlebell.
_STANDING_BARE = replace(_STANDING, ball=None, bell=None)


def _stepping(standing: Position) -> Position:
    """`standing` with the working foot on its way forward."""
    return replace(standing, near_leg=Leg(238.0, lift=16.0, tilt=-16.0))


PSOAS_POSES: Mapping[str, Pose] = MappingProxyType(
    {
        "lie-down": Pose(_LYING),
        "find-spot": Pose(_PRESSING, mark=_SKIN),
        "test-spot": Pose(
            _PRESSING,
            replace(_PRESSING, near_leg=Leg(129.0, lift=9.0, tilt=4.0)),
            Rhythm(1.5, 1.0, 1.5, 1.5),
            mark=_SKIN,
        ),
        "place-ball": Pose(_WITH_BALL),
        "add-bell": Pose(
            _LOADED, _LIFTED, _LIFTING, (Arrow(Vec(98.0, 12.0), Vec(98.5, 20.0), Vec(98.0, 30.0)),)
        ),
        "settle": Pose(
            _LOADED,
            replace(
                _hands_on(_LOADED, ON_BALL.plus(Vec3(0, 1.3, 0))),
                ball=SPOT.plus(Vec3(0, 1.3, 0)),
                breath=1.0,
            ),
            _BREATHING,
        ),
        "straighten": Pose(_LOADED, replace(_LOADED, near_leg=_LONG), _SLOW),
        "knee-out": Pose(
            _LOADED,
            replace(_LOADED, near_leg=Leg(122.0, lift=6.0, tilt=18.0, out=50.0, aside=12.0)),
            _SLOW,
            inset=Inset.LEG,
        ),
        "squeeze": Pose(
            _LOADED,
            replace(
                _hands_on(_LOADED, ON_BALL.plus(Vec3(0, 2.2, 0))),
                ball=SPOT.plus(Vec3(0, 2.2, 0)),
                pelvis=2.6,
                squeeze=1.0,
            ),
            Rhythm(0.8, 4.2, 0.8, 4.2, told=True),
        ),
        "switch": Pose(
            _ONE_HAND,
            replace(_ONE_HAND, bell=_FLOOR, near_arm=_ON_FLOOR),
            Rhythm(2.4, 1.4, 1.6, 0.8),
            inset=Inset.BALL,
        ),
        "weight-off": Pose(
            _LOADED, _LIFTED, _LIFTING, (Arrow(Vec(98.0, 32.0), Vec(98.5, 22.0), Vec(98.0, 10.0)),)
        ),
        "unload": Pose(
            replace(
                _LYING,
                near_arm=_ON_FLOOR,
                bell=_FLOOR,
                ball=Vec3(86.0, BALL_RADIUS, 46.0),
            )
        ),
        "stand-up": Pose(
            _STANDING, _stepping(_STANDING), Rhythm(1.5, 0.5, 1.5, 0.5), viewpoint=SMALLER
        ),
        "stand-up-bare": Pose(
            _STANDING_BARE, _stepping(_STANDING_BARE), Rhythm(1.5, 0.5, 1.5, 0.5), viewpoint=SMALLER
        ),
        "knee-hug": Pose(_FAR_LOOSE, _FAR_PULLED, _LIFTING),
        "both-knees": Pose(_BOTH, _BOTH_PULLED, _BREATHING),
        "leg-long": Pose(_FAR_HUG, replace(_FAR_HUG, near_leg=_LONG), _SLOW),
    }
)
