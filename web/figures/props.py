"""The things round the body: mat, tennis ball, kettlebell and arrows, as SVG."""

from web.figures.geometry import Vec, Vec3, number
from web.figures.poses import BALL_RADIUS
from web.figures.scene import WIDTH, on_picture

MAT_NEAR, MAT_FAR = 36.0, -32.0

_HANDLE = "M-5.5-13 -7-19.5Q-7-24-3-24H3Q7-24 7-19.5L5.5-13"
_IRON = "M-5 0C-14-5-11-16.500 0-16.500S14-5 5 0z"


def mat() -> str:
    """The mat, seen a little from above."""
    far = on_picture(Vec3(0, 0, MAT_FAR)).y
    near = on_picture(Vec3(0, 0, MAT_NEAR)).y
    return (
        f'<path class="mat" d="M9 {number(far)}H{WIDTH - 9}L{WIDTH - 2} {number(near)}H2z"/>'
        f'<path class="edge" d="M2 {number(near)}H{WIDTH - 2}v2.500H2z"/>'
    )


def ball(middle: Vec) -> str:
    """A tennis ball with its seam."""
    x, y, r = middle.x, middle.y, BALL_RADIUS
    return (
        f'<circle class="ball" cx="{number(x)}" cy="{number(y)}" r="{number(r)}"/>'
        f'<path class="seam" d="M{number(x - r * 0.75)} {number(y - r * 0.65)}'
        f'q{number(r * 1.1)} {number(r * 0.5)} {number(r * 0.5)} {number(r * 1.5)}"/>'
    )


def bell(base: Vec) -> str:
    """A kettlebell, base down and handle up, standing on `base`."""
    return (
        f'<g transform="translate({number(base.x)} {number(base.y)})">'
        f'<path class="rim" d="{_HANDLE}"/><path class="grip" d="{_HANDLE}"/>'
        f'<path class="iron" d="{_IRON}"/></g>'
    )


class Kit:
    """A tennis ball and a kettlebell beside a mat, large."""

    def markup(self) -> str:
        """What is inside of the picture."""
        return (
            '<path class="mat" d="M34 52H176L184 74H20z"/>'
            '<path class="edge" d="M20 74H184v3.500H20z"/>'
            f'<g transform="translate(112 104)scale(3)">{bell(Vec(0, 0))}</g>'
            f'<g transform="translate(56 91)scale(2.800)">{ball(Vec(0, 0))}</g>'
        )

    def movements(self) -> dict[str, str]:
        """Nothing in it moves."""
        return {}


def arrow(start: Vec, bend: Vec, end: Vec) -> str:
    """A curved arrow with an open head."""
    away = end.plus(bend, -1)
    unit = Vec(away.x, away.y).turned(0)
    size = (unit.x**2 + unit.y**2) ** 0.5
    back = Vec(-unit.x / size * 5, -unit.y / size * 5)
    left, right = end.plus(back.turned(35)), end.plus(back.turned(-35))
    return (
        f'<path class="arrow" d="M{number(start.x)} {number(start.y)}'
        f"Q{number(bend.x)} {number(bend.y)} {number(end.x)} {number(end.y)}"
        f"M{number(left.x)} {number(left.y)}L{number(end.x)} {number(end.y)}"
        f'L{number(right.x)} {number(right.y)}"/>'
    )
