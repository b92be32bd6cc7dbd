"""What a pose is made of: limbs, hands, props, rhythm, arrows and viewpoint, as data.

A pose has one position, or two that a hold moves between; `stance` turns a position into joints,
and refuses one that no body can take.
"""

from dataclasses import dataclass
from enum import Enum

from web.figures.geometry import Vec, Vec3
from web.figures.viewpoint import SIDE, Viewpoint

SPOT = Vec3(72.0, 20.4, 9.0)
BALL_RADIUS = 4.6
BELL_HEIGHT = 24.0


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
        viewpoint: How it is seen.
        inset: What the inset from above adds.
        mark: Where the spot is marked, None if it is not.
    """

    first: Position
    second: Position | None = None
    rhythm: Rhythm | None = None
    arrows: tuple[Arrow, ...] = ()
    viewpoint: Viewpoint = SIDE
    inset: Inset = Inset.NONE
    mark: Vec3 | None = None
