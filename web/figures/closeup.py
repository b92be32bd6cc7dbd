"""The inset that shows a foot and the ball under it from close by."""

from web.figures import body, props
from web.figures.geometry import Vec, Vec3, number
from web.figures.pieces import Piece, Placement, bone_place, leg_pieces, prop_piece
from web.figures.stance import Stance
from web.figures.viewpoint import CLOSE

LEFT, TOP, RIGHT, BOTTOM = 112.0, 5.0, 182.0, 68.0  # the frame, picture units

_CUT = body.Girth(0.6, 3.6, 5.1)  # where the shank is cut off


def _shin() -> body.Outline:
    """The lower end of the shank, cut off straight."""
    girths = [_CUT, *(girth for girth in body.SHANK_GIRTHS if girth.at > _CUT.at)]
    front = [Vec(girth.at * body.SHANK, girth.front) for girth in girths]
    back = [Vec(girth.at * body.SHANK, -girth.back) for girth in reversed(girths)]
    start = _CUT.at * body.SHANK - 0.6
    # A point close to each corner keeps the smooth outline from rounding it.
    cut = (Vec(start, -_CUT.back + 0.6), Vec(start, _CUT.front - 0.6))
    return (*front, Vec(body.SHANK + 3.0, 0.0), *back, *cut)


def leg() -> tuple[Piece, ...]:
    """The lower end of the working shank, and the foot."""

    def shin_place(stance: Stance) -> Placement:
        return bone_place(CLOSE, stance.near_leg.knee, stance.near_leg.ankle, body.SHANK)

    _, _, foot = leg_pieces(CLOSE, "close-near", lambda stance: stance.near_leg, body.FOOT)
    return Piece("close-near-shin", _shin(), "side", shin_place), foot


def ball() -> Piece:
    """The ball under the foot."""
    return prop_piece(CLOSE, "close-ball", props.BALL_REACH, lambda stance: stance.ball)


def frame() -> str:
    """The inset's ground, and the mat in it."""
    width = number(RIGHT - LEFT)
    floor = CLOSE.put(Vec3(0.0, 0.0, body.HALF_HIPS)).y
    return (
        f'<rect class="frame" x="{number(LEFT)}" y="{number(TOP)}" rx="3" '
        f'width="{width}" height="{number(BOTTOM - TOP)}"/>'
        f'<path class="edge" d="M{number(LEFT)} {number(floor)}h{width}v2.2h-{width}z"/>'
    )
