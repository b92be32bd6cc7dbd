"""The figure that shows where the spot is: a torso from above, with the head at the bottom.

So members who lie on the mat and look down at their own belly find left at the left. Unless it is
mirrored, the spot is on the body's right side.
"""

from web.figures import body, props
from web.figures.geometry import Vec, number, numbers, smooth_line, smooth_outline
from web.figures.labels import Label
from web.figures.viewpoint import WIDTH, Frame

SCALE = 1.25  # picture units a centimetre
SHOULDERS = 86.0  # picture units: the height of the top of the shoulder

# Halves of outlines, in centimetres; x counts from the midline, y from the top of the shoulder
# towards the feet.
_TRUNK = body.outline(
    *(5.2, -9.0, 5.8, -3.4, 10.0, -0.8, 16.6, 1.2, 17.6, 8.0, 16.8, 17.0, 15.8, 25.0, 14.2, 33.0),
    *(13.9, 38.0, 15.4, 44.0, 17.2, 51.0, 17.8, 58.0, 17.2, 66.0, 16.0, 80.0, 3.6, 81.0, 1.4, 62.0),
)
_ARM = body.outline(
    *(11.0, 0.6, 17.0, 1.4, 21.2, 4.0, 22.8, 9.0, 23.0, 18.0, 23.6, 30.0, 25.2, 42.0, 24.6, 52.0),
    *(22.8, 55.0, 21.2, 50.0, 20.8, 42.0, 18.9, 31.0, 17.9, 20.0, 14.0, 12.0),
)
_SHORTS = body.outline(
    *(0.0, 52.0, 8.6, 51.2, 15.6, 50.0, 16.6, 50.4, 17.0, 52.0, 17.8, 58.0, 17.2, 66.0),
    *(16.0, 80.0, 3.6, 81.0, 1.4, 62.0, 0.0, 60.6),
)
_HEAD = body.outline(0.0, -5.6, 4.2, -6.8, 7.0, -11.0, 8.0, -18.0, 0.0, -30.0)
_JAW = body.outline(0.0, -5.6, 3.6, -6.2, 6.0, -8.4, 7.0, -11.0)
_MOUTH = body.outline(0.0, -8.9, 1.7, -9.3, 2.8, -10.2)
_RIBS = (
    body.outline(1.2, 25.0, 5.0, 28.0, 9.5, 32.5, 13.0, 35.2),
    body.outline(1.6, 20.5, 7.0, 22.5, 14.4, 28.4),
    body.outline(2.0, 15.5, 9.0, 16.6, 15.6, 21.6),
)
_ABDOMINALS = body.outline(8.4, 31.8, 7.6, 40.0, 6.4, 47.0, 5.2, 51.0)
_CREST = body.outline(15.0, 42.0, 14.8, 44.4, 13.6, 46.4, 11.9, 47.8)
_SPINE = (31.0, 34.4, 37.8, 41.2, 44.6)
_PSOAS = (
    Vec(2.4, 30.0),
    Vec(5.4, 37.0),
    Vec(7.6, 45.0),
    Vec(9.6, 53.0),
    Vec(8.8, 61.5),
    Vec(6.8, 60.5),
    Vec(5.4, 52.0),
    Vec(3.6, 45.5),
)
_SPOT = Vec(9.2, 43.8)
_NAVEL = Vec(0.0, 40.0)


def _put(point: Vec) -> Vec:
    return Vec(WIDTH / 2 + SCALE * point.x, SHOULDERS - SCALE * point.y)


def _label(name: str, at: Vec, row: float, *, right: bool) -> Label:
    return Label(name, _put(at), row, right)


LABELS = (
    _label("psoas", Vec(8.4, 56.0), 14.0, right=True),
    _label("hip_bone", Vec(13.2, 46.8), 27.0, right=True),
    _label("spot", _SPOT, 40.0, right=True),
    _label("abdominals", Vec(-6.6, 46.0), 19.0, right=False),
    _label("navel", _NAVEL, 36.0, right=False),
    _label("ribs", Vec(-10.0, 32.4), 48.0, right=False),
)


def _mirrored(points: body.Outline) -> body.Outline:
    return tuple(Vec(-p.x, p.y) for p in points)


def _whole(points: body.Outline) -> str:
    return smooth_outline([_put(point) for point in points])


def _closed(*halves: body.Outline) -> str:
    """Path data of whole outlines, made from their halves and the mirror images of those."""
    return "".join(_whole((*half, *(p for p in _mirrored(half)[::-1] if p.x))) for half in halves)


def _both(points: body.Outline) -> str:
    """Path data of a line and its mirror image."""
    return "".join(smooth_line([_put(p) for p in half]) for half in (points, _mirrored(points)))


class Torso:
    """The figure of a torso; it is usually a small one beside another."""

    frame = Frame(8.0, 90.0, 142.0)

    def markup(self) -> str:
        """The SVG elements inside of the picture, without the labels."""
        skin = _closed(_TRUNK, _HEAD) + _whole(_ARM) + _whole(_mirrored(_ARM))
        spine = "".join(
            f'<rect x="{number(_put(Vec(-2.1, y)).x)}" y="{number(_put(Vec(0, y)).y - 3.4)}" '
            f'width="{number(4.2 * SCALE)}" height="3.4" rx="1.4"/>'
            for y in _SPINE
        )
        faint = "".join(_both(rib) for rib in _RIBS)
        navel = numbers(_put(_NAVEL))
        return (
            f'<path class="line-line skin" d="{skin}"/>'
            f'<path class="pants" d="{_closed(_SHORTS)}"/>'
            f'<path class="detail" d="{_both(_JAW)}{_both(_MOUTH)}"/>'
            f'<g class="bone">{spine}</g><path class="faint" d="{faint}"/>'
            f'<path class="muscle" d="{_whole(_PSOAS)}"/>'
            f'<path class="faint dash" d="{_both(_ABDOMINALS)}"/>'
            f'<path class="crest" d="{_both(_CREST)}M{navel}v.01"/>' + props.mark(_put(_SPOT))
        )

    def movements(self) -> dict[str, str]:
        """No style rules of its own. The ring round the spot does move, by the common rules."""
        return {}
