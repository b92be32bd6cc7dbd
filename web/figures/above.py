"""The inset that shows a pose from above: the view from the side hides what moves sideways."""

from web.figures import body, props
from web.figures.geometry import Vec, Vec3, number
from web.figures.pieces import Piece, Placement, leg_pieces
from web.figures.pose import SPOT
from web.figures.stance import Stance
from web.figures.viewpoint import ABOVE

LEFT, TOP, RIGHT, BOTTOM = 105.0, 2.0, 184.0, 38.0  # the frame, picture units

_CUT = (LEFT + 1.5 - ABOVE.origin.x) / ABOVE.scale  # where the inset cuts the trunk, cm
_TRUNK = body.outline(
    *(
        _CUT,
        10.0,
        _CUT,
        13.4,
        _CUT + 0.6,
        14.0,
        58.0,
        13.6,
        66.0,
        13.8,
        72.0,
        15.0,
        78.0,
        16.4,
        84.0,
        15.6,
        87.0,
        10.0,
        87.5,
        0.0,
    ),
    *(87.0, -10.0, 84.0, -15.6, 78.0, -16.4, 72.0, -15.0, 66.0, -13.8, 58.0, -13.6),
    *(_CUT + 0.6, -14.0, _CUT, -13.4, _CUT, -10.0),
)


def trunk_piece() -> Piece:
    """The belly and the hips."""

    def place(stance: Stance) -> Placement:  # noqa: ARG001 - every piece is placed by a stance
        return Placement(ABOVE.origin, 0.0, ABOVE.scale, ABOVE.scale)

    return Piece("above-trunk", _TRUNK, "shirt", place)


def far_leg() -> tuple[Piece, ...]:
    """The resting leg."""
    return leg_pieces(ABOVE, "above-far", lambda stance: stance.far_leg, body.FOOT_PLAN)


def near_leg() -> tuple[Piece, ...]:
    """The working leg."""
    return leg_pieces(ABOVE, "above-near", lambda stance: stance.near_leg, body.FOOT_PLAN)


def frame() -> str:
    """The rectangle behind the inset."""
    return (
        f'<rect class="frame" x="{number(LEFT)}" y="{number(TOP)}" rx="3" '
        f'width="{number(RIGHT - LEFT)}" height="{number(BOTTOM - TOP)}"/>'
    )


def bell() -> str:
    """The kettlebell on the spot."""
    at = ABOVE.put(SPOT)
    return (
        f'<circle class="line-line iron" cx="{number(at.x)}" cy="{number(at.y)}" r="5.2"/>'
        f'<path class="arrow" d="M{number(at.x - 2.4)} {number(at.y)}h4.8"/>'
    )


def ball_moves_over() -> str:
    """The ball on its way to the same spot of the other side."""
    here, there = ABOVE.put(SPOT), ABOVE.put(Vec3(SPOT.x, SPOT.y, -SPOT.z))
    bend = Vec(here.x - 15.0, (here.y + there.y) / 2)
    return (
        f'<circle class="aim" cx="{number(there.x)}" cy="{number(there.y)}" r="2.8"/>'
        + props.ball(Placement(here, 0.0, ABOVE.scale, ABOVE.scale))
        + props.arrow(here.plus(Vec(-4.0, 0.0)), bend, there.plus(Vec(-4.4, 0.0)), 3.2)
    )
