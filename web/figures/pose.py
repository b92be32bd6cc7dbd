"""What a pose is made of, as data: limbs, hands, ball and kettlebell, rhythm, arrows, viewpoint.

A pose has one position, or two that the figure moves between. `stance` finds the joints of a
position, and refuses one that no body can take.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from web.figures import body
from web.figures.geometry import Vec, Vec3
from web.figures.scenery import Scenery
from web.figures.viewpoint import SIDE, Viewpoint

SPOT = Vec3(72.0, 20.4, 9.0)  # the middle of the ball while it lies on the belly, cm
BALL_RADIUS = 4.6  # cm
MAT_FAR = -32.0  # where the far edge of a mat is, cm in the axes of the world
BELL_HEIGHT = 24.0  # from the kettlebell's base to its handle, cm


class Hand(Enum):
    """The shape of a hand."""

    FIST = "fist"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Base:
    """Where a body is in the world, given by its own axes.

    Attributes:
        origin: The corner above and behind the head, where the body's axes begin; cm.
        turn: Degrees: 0 if the body lies on its back, -90 if it stands and looks towards +x.
    """

    origin: Vec
    turn: float

    def put(self, point: Vec) -> Vec:
        """Where `point`, in the body's own axes, is in the world."""
        return self.origin.plus(point.turned(self.turn))

    def placed(self) -> "Base":
        """This base, as it already says where the axes lie."""
        return self


class Placing(Protocol):
    """What tells where the body's own axes lie: a `Base`, `Hips` or `Kneeling`."""

    def placed(self) -> Base:
        """Where the body's own axes lie."""


@dataclass(frozen=True, slots=True)
class Hips:
    """A body placed by its hip joints, which the trunk leans about: for one that sits.

    Attributes:
        at: Where the hip joints are in the world, cm.
        turn: How the trunk leans, degrees: -90 is upright and looks towards +x, -120 leans forward
            by 30, -60 leans back by 30.
    """

    at: Vec
    turn: float = -90.0

    def placed(self) -> Base:
        """Where the body's own axes lie with the hip joints in their place."""
        return Base(self.at.plus(body.HIP.turned(self.turn), -1), self.turn)


@dataclass(frozen=True, slots=True)
class Kneeling:
    """A body placed by the knee that it kneels on, which the thigh leans about.

    Attributes:
        knee: Where the joint of that knee is in the world, cm.
        thigh: How far the thigh leans forward from upright, degrees.
        turn: How the trunk leans, degrees: -90 is upright, -120 leans forward by 30.
    """

    knee: Vec
    thigh: float
    turn: float = -90.0

    @property
    def hips(self) -> Vec:
        """Where the hip joints are in the world, cm."""
        return self.knee.plus(Vec(0.0, body.THIGH).turned(-self.thigh))

    def placed(self) -> Base:
        """Where the body's own axes lie with the thigh upon the knee."""
        return Hips(self.hips, self.turn).placed()


LYING_BASE = Base(Vec(0.0, 0.0), 0.0)
STANDING_BASE = Base(Vec(218.0, 169.0), -90.0)


@dataclass(frozen=True, slots=True)
class Leg:
    """Where a foot is, and how far its knee leans out.

    Attributes:
        x: Where the ankle is along the mat, cm in the axes of the world.
        lift: How far the lowest point of the foot is above the mat, cm; at 0 it touches the mat.
        tilt: How the sole is turned in the picture, degrees anticlockwise from flat: above 0 the
            toes are up, below 0 they point down.
        out: How far the knee leans out to its own side, degrees from upright.
        aside: How much farther out than the hip joint the ankle is, cm.
        knee: The direction that the knee goes to, if it is not the front of the body.
    """

    x: float
    lift: float = 0.0
    tilt: float = 0.0
    out: float = 0.0
    aside: float = 0.0
    knee: Vec3 | None = None


class Foot(Enum):
    """Which side of a foot is seen."""

    PROFILE = "profile"
    BACK = "back"  # the foot lies on its edge


@dataclass(frozen=True, slots=True)
class FreeLeg:
    """A leg whose foot does not stand on the mat.

    Attributes:
        ankle: Where its ankle is in space, cm.
        knee: The direction the knee goes to.
        toes: The direction the toes point to.
        foot: Which side of the foot is seen.
    """

    ankle: Vec3
    knee: Vec3
    toes: Vec3
    foot: Foot = Foot.PROFILE


@dataclass(frozen=True, slots=True)
class Arm:
    """Where a hand is, and to which side its elbow bends.

    Attributes:
        palm: The middle of the hand.
        turn: The direction of the fingers in the picture, degrees.
        elbow: The direction that the elbow bends to.
        hand: The shape of the hand.
    """

    palm: Vec3
    turn: float
    elbow: Vec3
    hand: Hand = Hand.FIST


@dataclass(frozen=True, slots=True)
class Position:
    """A whole body with ball and kettlebell, at one moment.

    Attributes:
        near_leg: The leg that is nearer to the viewer, which is the working one.
        far_leg: The other leg.
        near_arm: The arm on the side of the near leg.
        far_arm: The other arm.
        ball: The middle of the ball, None if there is no ball.
        bell: The middle of the kettlebell's base, None if there is no kettlebell.
        pelvis: How far the hip joints are lifted, cm.
        breath: How full of breath the belly is, 0 to 1.
        squeeze: How much the glute is squeezed, 0 to 1.
        nod: How far the chin is drawn to the chest, degrees; below 0 the head looks up.
        base: How the body as a whole is placed and turned.
    """

    near_leg: Leg | FreeLeg
    far_leg: Leg | FreeLeg
    near_arm: Arm
    far_arm: Arm
    ball: Vec3 | None = None
    bell: Vec3 | None = None
    pelvis: float = 0.0
    breath: float = 0.0
    squeeze: float = 0.0
    nod: float = 0.0
    base: Placing = LYING_BASE


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a figure moves between its two positions, in seconds. It begins anew after each round.

    Attributes:
        there: The way from the first position to the second.
        stay: How long it stays in the second.
        back: The way from the second position to the first.
        rest: How long it stays in the first.
        told: Whether two words change in this rhythm, such as "Squeeze" and "Relax".
        round: Whether it goes round and round at an even pace, and comes back another way than it
            went. The pose then says which way, and neither stays nor rests.
    """

    there: float
    stay: float
    back: float
    rest: float
    told: bool = False
    round: bool = False

    @property
    def period(self) -> float:
        """How many seconds a whole round takes."""
        return self.there + self.stay + self.back + self.rest


@dataclass(frozen=True, slots=True)
class Arrow:
    """A curved arrow on the picture, in picture units.

    Attributes:
        start: Where it begins.
        bend: The point towards which it curves.
        end: Where its tip is.
    """

    start: Vec
    bend: Vec
    end: Vec


class Inset(Enum):
    """What the small picture in a figure shows, from above unless it says otherwise."""

    NONE = "none"  # there is none
    LEG = "leg"  # the leg that moves out to the side
    BALL = "ball"  # the ball that is carried over to the other side
    FOOT = "foot"  # the foot and the ball under it, from close by and from the side


class Worked(Enum):
    """Which part of the near side is worked, and so has the colour of the side."""

    LEG = "leg"
    ARM = "arm"  # and the shoulder


@dataclass(frozen=True, slots=True)
class Pose:
    """All that a figure of a body shows.

    Attributes:
        first: The position that is shown while nothing moves.
        second: The position that it moves to; None if it does not move.
        rhythm: How it moves; None if it does not.
        arrows: Arrows drawn over the body.
        viewpoint: How the body is seen.
        inset: What the small picture shows.
        mark: Where the spot on the belly is marked; None if it is not.
        worked: Which part of the near side is worked.
        scenery: What stands on the mat: a pad, a chair, a wall.
        mat_far: Where the far edge of the mat is, cm.
        under: Whether ball and kettlebell are under the body, which then hides their tops.
        crossed: Whether the working leg is in front of the arm of its side.
        turned_bell: Whether the kettlebell's handle is seen from its end.
        ghost: Whether a picture that stands still also shows where the leg goes.
        by: The position half-way to the second, if it goes round; half-way back it is as far to
            the other side. None if it goes to and fro.
    """

    first: Position
    second: Position | None = None
    rhythm: Rhythm | None = None
    arrows: tuple[Arrow, ...] = ()
    viewpoint: Viewpoint = SIDE
    inset: Inset = Inset.NONE
    mark: Vec3 | None = None
    worked: Worked = Worked.LEG
    scenery: tuple[Scenery, ...] = ()
    mat_far: float = MAT_FAR
    under: bool = False
    crossed: bool = False
    turned_bell: bool = False
    ghost: bool = True
    by: Position | None = None
