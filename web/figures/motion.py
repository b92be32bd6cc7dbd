"""Motion: the places of each piece as a body moves from its first position to its second."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from web.figures.geometry import Vec
from web.figures.pieces import Piece, Placement
from web.figures.pose import Pose, Position
from web.figures.stance import Stance, blend, stand, stand_between

#: A difference in picture units or degrees that is too small to be seen.
STILL = 0.04

#: How far, in picture units, a piece may leave its true path between two key frames. A browser
#: moves it straight from one to the next, while a limb goes in an arc.
LOOSE = 0.6

#: The most stretches that a movement is divided into. A round has twice the way.
MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Course:
    """The places of one piece in a movement, evenly spaced from first to second position.

    In one that goes round they lead all the way round: the last place is the first one again.
    """

    piece: Piece
    places: tuple[Placement, ...]

    @property
    def moves(self) -> bool:
        """Whether the piece moves at all."""
        first = self.places[0]
        return any(_differ(first, place) for place in self.places)


def stances(pose: Pose, steps: int) -> tuple[Stance, ...]:
    """The stances of a pose on its way in `steps` even stretches, with both ends of the way.

    A pose that does not move has one stance.
    """
    if pose.second is None:
        return (stand(pose.first),)
    shares = [step / steps for step in range(steps + 1)]
    if pose.by is not None:
        return tuple(stand(_round(pose.first, pose.by, pose.second, share)) for share in shares)
    return tuple(stand_between(pose.first, pose.second, share) for share in shares)


def _round(first: Position, by: Position, second: Position, share: float) -> Position:
    """Where a body is that has gone `share` (0 to 1) of a round: by way of `by` to the second."""
    turn = 2 * math.pi * share
    middle = blend(first, second, 0.5)
    along = blend(first, second, (1 - math.cos(turn)) / 2)
    across = blend(middle, by, math.sin(turn))
    return blend(blend(along, across, 0.5), middle, -1.0)


def steps_needed(pose: Pose, pieces: Sequence[Piece]) -> int:
    """The least number of stretches in which every piece stays close to its true path.

    Fewer key frames make a smaller style sheet.
    """
    if pose.second is None:
        return 1
    for steps in range(1, MOST_STEPS):
        # Every second stance would be a key frame; the one between is where the piece should be.
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
    """How far the piece is from the middle one of three `places` if it goes straight past it."""
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
