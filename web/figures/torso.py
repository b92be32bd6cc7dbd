"""The inset that shows where: the belly from above, with the head at the bottom.

The reader lies on the mat with the head towards the bottom of the picture, so that left stays
left. Unmirrored, the spot is on the right side.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import escape

from web.figures.geometry import Vec, number, smooth_line, smooth_outline
from web.figures.view import WIDTH

SCALE = 1.36
_TOP_OF_SHOULDER = 104.0  # picture units

# Half of the outline, cm: x from the midline, y from the top of the shoulder towards the feet.
_HALF = (
    Vec(6.2, -6.0),
    Vec(7.5, -1.8),
    Vec(15.0, 0.6),
    Vec(20.0, 4.5),
    Vec(19.2, 12.0),
    Vec(16.6, 20.0),
    Vec(15.2, 30.0),
    Vec(14.4, 37.0),
    Vec(15.6, 44.0),
    Vec(17.2, 52.0),
    Vec(17.8, 60.0),
    Vec(17.0, 68.0),
    Vec(15.6, 76.0),
)
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
_SPOT = Vec(9.0, 43.6)


@dataclass(frozen=True, slots=True)
class Label:
    """A small text beside the drawing, and what it points to.

    Attributes:
        name: Its key among the texts.
        at: What it points to, cm as above.
        row: Height of its line, picture units.
        right: Which edge it stands at while the spot is on the right.
    """

    name: str
    at: Vec
    row: float
    right: bool


LABELS = (
    Label("psoas", Vec(8.4, 57.0), 17.0, right=True),
    Label("hip-bone", Vec(12.9, 47.2), 32.0, right=True),
    Label("spot", _SPOT, 47.0, right=True),
    Label("abdominals", Vec(-7.0, 46.0), 32.0, right=False),
    Label("navel", Vec(0.0, 40.2), 47.0, right=False),
    Label("ribs", Vec(-11.0, 30.0), 62.0, right=False),
)


def _put(point: Vec) -> Vec:
    return Vec(WIDTH / 2 + SCALE * point.x, _TOP_OF_SHOULDER - SCALE * point.y)


def _both(points: tuple[Vec, ...]) -> str:
    other = tuple(Vec(-p.x, p.y) for p in points)
    return smooth_line([_put(p) for p in points]) + smooth_line([_put(p) for p in other])


class Torso:
    """The torso inset."""

    def markup(self) -> str:
        """What is inside of the picture, but for the labels."""
        outline = [*_HALF, *(Vec(-p.x, p.y) for p in reversed(_HALF))]
        spine = "".join(
            f'<rect x="{number(_put(Vec(-2.1, y)).x)}" y="{number(_put(Vec(0, y)).y - 3.6)}" '
            f'width="{number(4.2 * SCALE)}" height="3.6" rx="1.4"/>'
            for y in _SPINE
        )
        ribs = _both((Vec(1.2, 25.0), Vec(5.0, 28.0), Vec(9.5, 32.5), Vec(13.6, 35.4)))
        ribs += _both((Vec(1.6, 20.5), Vec(7.0, 22.5), Vec(15.2, 28.6)))
        ribs += _both((Vec(2.0, 15.5), Vec(9.0, 16.6), Vec(16.2, 21.8)))
        edge = _both((Vec(8.4, 31.5), Vec(7.6, 40.0), Vec(6.4, 48.0), Vec(3.2, 57.6)))
        crest = _both((Vec(14.6, 42.2), Vec(14.2, 45.0), Vec(12.6, 47.4), Vec(11.6, 50.0)))
        navel, spot = _put(Vec(0, 40.2)), _put(_SPOT)
        return (
            f'<path class="line-line skin" d="{smooth_outline([_put(p) for p in outline])}"/>'
            f'<g class="bone">{spine}</g>'
            f'<path class="faint" d="{ribs}"/>'
            f'<path class="side muscle" d="{smooth_outline([_put(p) for p in _PSOAS])}"/>'
            f'<path class="faint dash" d="{edge}"/>'
            f'<path class="crest" d="{crest}"/>'
            f'<ellipse class="crest" cx="{number(navel.x)}" cy="{number(navel.y)}" '
            'rx="1.2" ry="1.8"/>'
            f'<circle class="halo" cx="{number(spot.x)}" cy="{number(spot.y)}" r="8"/>'
            f'<circle class="spot" cx="{number(spot.x)}" cy="{number(spot.y)}" r="4.2"/>'
        )

    def text(self, texts: Mapping[str, str], *, mirrored: bool) -> str:
        """The labels that have a text, with their leaders; never mirrored themselves."""
        made = ""
        for label in LABELS:
            if label.name not in texts:
                continue
            right = label.right is not mirrored
            tip = _put(Vec(-label.at.x if mirrored else label.at.x, label.at.y))
            edge = WIDTH - 56.0 if right else 56.0
            anchor = "start" if right else "end"
            made += (
                f'<path class="leader" d="M{number(tip.x)} {number(tip.y)}L{number(edge)} '
                f'{number(label.row)}"/>'
                f'<text x="{number(edge + (2 if right else -2))}" y="{number(label.row + 2.3)}" '
                f'text-anchor="{anchor}">{escape(texts[label.name])}</text>'
            )
        return made

    def movements(self) -> dict[str, str]:
        """The spot's pulse."""
        spot = _put(_SPOT)
        return {
            "halo": f".halo{{transform-origin:{number(spot.x)}px {number(spot.y)}px;"
            "animation:halo 2.4s ease-out infinite}"
            "@keyframes halo{0%{transform:scale(.5);opacity:.9}80%,to{transform:none;opacity:0}}"
        }
