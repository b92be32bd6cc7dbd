"""Motion: the places of each piece as a pose goes from its first position to its second."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from web.figures.geometry import Vec
from web.figures.pieces import Piece, Placement
from web.figures.pose import Pose
from web.figures.stance import Stance, blend, stand, stand_between

STILL = 0.04  # centimetres or degrees that nobody sees
LOOSE = 0.6  # how far, in cm, a piece may leave its true path between two key frames
MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Course:
    """The places of one piece through a pose's movement, from first to second position."""

    piece: Piece
    places: tuple[Placement, ...]

    @property
    def moves(self) -> bool:
        """Whether it moves at all."""
        first = self.places[0]
        return any(_differ(first, place) for place in self.places)


def stances(pose: Pose, steps: int) -> tuple[Stance, ...]:
    """The stances of a pose at `steps` even shares of its way, both ends included."""
    if pose.second is None:
        return (stand(pose.first),)
    shares = [step / steps for step in range(steps + 1)]
    return tuple(stand_between(pose.first, pose.second, share) for share in shares)


def steps_needed(pose: Pose, pieces: Sequence[Piece]) -> int:
    """The fewest key frames of a movement between which no piece strays visibly."""
    if pose.second is None:
        return 1
    for steps in range(1, MOST_STEPS):
        # Every other stance is a key frame, and the one between shows how far a piece strays.
        truth = stances(pose, 2 * steps)
        strays = (
            _stray([piece.place(stance) for stance in truth[at : at + 3]], piece)
            for piece in pieces
            for at in range(0, 2 * steps, 2)
        )
        if max(strays) <= LOOSE:
            return steps
    return MOST_STEPS


def _stray(places: list[Placement], piece: Piece) -> float:
    """How far the piece's outline leaves its true path if only the ends of `places` are kept."""
    first, middle, last = places
    straight = blend(first, last, 0.5)
    points = piece.outline[::3] or (Vec(0.0, 0.0),)
    return max(math.dist(middle.put(point), straight.put(point)) for point in points)


def _differ(one: Placement, other: Placement) -> bool:
    return (
        math.dist(one.origin, other.origin) > STILL
        or abs(one.angle - other.angle) > STILL
        or abs(one.along - other.along) > STILL / 10
        or abs(one.across - other.across) > STILL / 10
        or one.opacity != other.opacity
    )
