"""The poses: what each limb, the ball and the kettlebell do, by name.

A pose is data. It has one position, or two that a hold moves between; `stance` turns
a position into joints, and refuses one that no body can take.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from web.figures.geometry import Vec, Vec3
from web.figures.view import SIDE, SMALLER, View


class Hand(Enum):
    """What a hand does."""

    FIST = "fist"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Base:
    """Where the body's own axes lie in the world.

    Attributes:
        origin: The top of the back of the head, cm.
        turn: 0 lies on the back, -90 stands and looks towards +x; degrees.
    """

    origin: Vec
    turn: float

    def put(self, point: Vec) -> Vec:
        """A point of the body, in the world."""
        return self.origin.plus(point.turned(self.turn))


LYING_BASE = Base(Vec(0.0, 0.0), 0.0)
STANDING_BASE = Base(Vec(218.0, 169.0), -90.0)


@dataclass(frozen=True, slots=True)
class Leg:
    """Where a foot is and how its knee leans.

    Attributes:
        x: The ankle, cm from the top of the head along the mat.
        lift: How far the foot's lowest point is above the mat, cm; 0 touches it.
        tilt: Toes up from a flat sole, degrees; negative points them down.
        out: How far the knee leans out to its own side, degrees from upright.
        aside: How far the ankle is outside of the hip joint, cm.
    """

    x: float
    lift: float = 0.0
    tilt: float = 0.0
    out: float = 0.0
    aside: float = 0.0


@dataclass(frozen=True, slots=True)
class Arm:
    """Where a hand is and which way its elbow bends.

    Attributes:
        palm: The middle of the hand, in space.
        turn: Direction of the fingers in the picture, degrees.
        elbow: The direction the elbow goes to.
        hand: The hand's shape.
    """

    palm: Vec3
    turn: float
    elbow: Vec3
    hand: Hand = Hand.FIST


@dataclass(frozen=True, slots=True)
class Position:
    """A whole body on the mat with its props, at one moment.

    Attributes:
        near_leg: The leg nearest to the viewer, which is the working one; `far_leg` the other.
        near_arm: The arm on the same side; `far_arm` the other.
        ball: The middle of the ball, None if there is none.
        bell: The middle of the kettlebell's base, None if there is none.
        pelvis: How far the hip joints are lifted, cm.
        breath: How much the belly is filled, 0 to 1.
        squeeze: How much the glute is squeezed, 0 to 1.
        base: How the body as a whole is turned and placed.
    """

    near_leg: Leg
    far_leg: Leg
    near_arm: Arm
    far_arm: Arm
    ball: Vec3 | None = None
    bell: Vec3 | None = None
    pelvis: float = 0.0
    breath: float = 0.0
    squeeze: float = 0.0
    base: Base = LYING_BASE


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a hold moves between its two positions, in seconds.

    Attributes:
        there: From the first position to the second.
        stay: How long it stays in the second.
        back: From the second to the first.
        rest: How long it stays in the first.
        told: Whether words change in its time, such as "Squeeze" and "Relax".
    """

    there: float
    stay: float
    back: float
    rest: float
    told: bool = False

    @property
    def period(self) -> float:
        """Seconds of one whole round."""
        return self.there + self.stay + self.back + self.rest


@dataclass(frozen=True, slots=True)
class Arrow:
    """A curved arrow on the picture, in picture units.

    Attributes:
        start: Where it begins.
        bend: The point it is drawn towards on its way.
        end: Its tip.
    """

    start: Vec
    bend: Vec
    end: Vec


class Inset(Enum):
    """What the inset from above shows."""

    NONE = "none"
    LEG = "leg"  # the leg that goes out to the side
    BALL = "ball"  # the ball that goes over to the other side


@dataclass(frozen=True, slots=True)
class Pose:
    """A body's drawing.

    Attributes:
        first: The position shown when nothing moves.
        second: The other position of a moving pose.
        rhythm: How it moves; None for a still pose.
        arrows: Arrows drawn over it.
        view: How it is seen.
        inset: What the inset from above adds.
        mark: Where the spot is marked, None if it is not.
    """

    first: Position
    second: Position | None = None
    rhythm: Rhythm | None = None
    arrows: tuple[Arrow, ...] = ()
    view: View = SIDE
    inset: Inset = Inset.NONE
    mark: Vec3 | None = None


SPOT = Vec3(72.0, 20.4, 9.0)
BALL_RADIUS = 4.6
BELL_HEIGHT = 24.0
GRIP = 3.2  # how far each hand is from the middle of the handle, cm
ON_BALL = Vec3(SPOT.x, SPOT.y + BALL_RADIUS - 0.4, SPOT.z)
_SKIN = Vec3(SPOT.x, 18.0, SPOT.z)  # the spot on the belly, where the fingers press
_OUTWARDS = Vec3(0.0, -0.35, 1.0)


def _grip(bell: Vec3, z: float, turn: float = 8.0) -> Arm:
    elbow = Vec3(0.0, -0.35, 1.0 if z > 0 else -1.0)
    x = bell.x - (GRIP if z > 0 else -GRIP)
    return Arm(Vec3(x, bell.y + BELL_HEIGHT - 1.6, bell.z + z), turn, elbow)


def _hands_on(position: Position, bell: Vec3) -> Position:
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
    near = Vec3(72.0, 42.0, 12.0).plus(shift)
    far = Vec3(72.0, 42.0, 4.0).plus(shift)
    return replace(
        position,
        near_arm=Arm(near, 10.0, _OUTWARDS),
        far_arm=Arm(far, 10.0, Vec3(0.0, -0.35, -1.0)),
    )


_KNEE_HUG = _hugging(replace(_LYING, near_leg=_HUGGED, far_leg=_LONG), Vec3(0, 0, 0))
_KNEE_PULLED = _hugging(replace(_KNEE_HUG, near_leg=_PULLED), Vec3(-3, 1, 0))
_BOTH = _hugging(replace(_LYING, near_leg=_HUGGED, far_leg=Leg(107.0, 30.0, 42.0)), Vec3(0, 0, 0))
_BOTH_PULLED = _hugging(
    replace(_BOTH, near_leg=_PULLED, far_leg=Leg(102.0, 33.0, 42.0)), Vec3(-3, 1, 0)
)
_FAR_HUG = _hugging(replace(_LYING, near_leg=_BENT, far_leg=_HUGGED), Vec3(0, 0, -6.0))

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

BODY_POSES: Mapping[str, Pose] = MappingProxyType(
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
            _STANDING,
            replace(_STANDING, near_leg=Leg(238.0, lift=16.0, tilt=-16.0)),
            Rhythm(1.5, 0.5, 1.5, 0.5),
            view=SMALLER,
        ),
        "knee-hug": Pose(_FAR_HUG),
        "both-knees": Pose(_BOTH, _BOTH_PULLED, _BREATHING),
        "leg-long": Pose(_FAR_HUG, replace(_FAR_HUG, near_leg=_LONG), _SLOW),
    }
)
