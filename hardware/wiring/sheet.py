"""A sheet to draw circuits on: wires, texts and the symbols of parts, as SVG elements."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

Point = tuple[float, float]

STYLE = """\
text{font:14px 'Helvetica Neue',Helvetica,Arial,'DejaVu Sans',sans-serif;fill:#1d232b}
.title{font-size:26px;font-weight:700}.head{font-size:19px;font-weight:700}
.note{font-size:13px;fill:#56606c}.bold{font-weight:700}.dim{fill:#69727d}
.end{text-anchor:end}.mid{text-anchor:middle}.pale{fill:#fff}
.number{font-size:12px;text-anchor:middle}
.wire{fill:none;stroke-width:3;stroke-linecap:round}
.halo{fill:none;stroke:#fff;stroke-width:9}.rim{fill:none;stroke:#fff;stroke-width:5}
.part{fill:#fff;stroke:#1d232b;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.solid{fill:#1d232b;stroke:#1d232b;stroke-width:2;stroke-linejoin:round}
.line{fill:none;stroke:#1d232b;stroke-width:2;stroke-linecap:round}
.maybe{stroke-dasharray:5 4}.frame{fill:none;stroke:#8a929c;stroke-width:1.5;stroke-dasharray:6 5}
.block{fill:#f6f7f9;stroke:#d5dae0;stroke-width:1.5}
.board{fill:#e7f1ea;stroke:#7fa08b;stroke-width:2}.hole{fill:#fff;stroke:#b99b4a;stroke-width:5}
.socket{fill:#2b3138}
"""

#: The radius of a wire's corner, in pixels of the drawing.
_CORNER = 9.0

#: How far a symbol's wires end from the symbol's middle, in pixels of the drawing.
REACH = 30.0


class Sheet:
    """Collects the elements of a drawing, in the order in which they are put on.

    A later element covers what lies below it. All lengths are pixels of the drawing, and points
    count from its upper left corner.

    Args:
        width: Width of the sheet.
        height: Height of the sheet.
    """

    def __init__(self, width: float, height: float) -> None:
        self._size = (width, height)
        self._elements: list[str] = []

    def svg(self, title: str) -> str:
        """The whole drawing, which a screen reader calls `title`."""
        width, height = (f"{side:g}" for side in self._size)
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
                f"<title>{escape(title)}</title>",
                f"<style>{STYLE}</style>",
                f'<rect width="{width}" height="{height}" fill="#fff"/>',
                *self._elements,
                "</svg>\n",
            )
        )

    def put(self, element: str) -> None:
        """Put an SVG element on the sheet."""
        self._elements.append(element)

    def text(self, at: Point, text: str, style: str = "") -> None:
        """Write `text` in one line.

        Args:
            at: Where the line begins; where it ends if `style` has ``end``, and where its middle is
                if `style` has ``mid``.
            text: What to write.
            style: Classes of `STYLE`.
        """
        x, y = at
        kind = f' class="{style}"' if style else ""
        self.put(f'<text x="{x:g}" y="{y:g}"{kind}>{escape(text)}</text>')

    def tinted(self, at: Point, text: str, colour: str, style: str = "") -> None:
        """Write `text` in bold and in the colour `colour`, for the name of a wire."""
        kind = f"bold {style}".strip()
        self.put(
            f'<text x="{at[0]:g}" y="{at[1]:g}" class="{kind}" style="fill:{colour}">'
            f"{escape(text)}</text>"
        )

    def lines(self, at: Point, texts: Iterable[str], style: str = "note", step: float = 18) -> None:
        """Write `texts` one below the other, `step` pixels apart, the first one at `at`."""
        for number, text in enumerate(texts):
            self.text((at[0], at[1] + number * step), text, style)

    def path(self, steps: str, style: str) -> None:
        """Draw a path, for example ``M0 0h10``, by the class `style`."""
        self.put(f'<path class="{style}" d="{steps}"/>')

    def rect(self, at: Point, size: Point, style: str, corner: float = 0) -> None:
        """Draw a rectangle whose upper left corner is at `at`, its corners `corner` round."""
        self.put(
            f'<rect class="{style}" x="{at[0]:g}" y="{at[1]:g}" width="{size[0]:g}" '
            f'height="{size[1]:g}" rx="{corner:g}"/>'
        )

    def circle(self, at: Point, radius: float, style: str) -> None:
        """Draw a circle around `at`."""
        self.put(f'<circle class="{style}" cx="{at[0]:g}" cy="{at[1]:g}" r="{radius:g}"/>')

    def wire(self, colour: str, *points: Point) -> None:
        """Lay a wire along `points` with round corners, white beside it where it crosses others."""
        steps = _rounded(points)
        self.path(steps, "halo")
        self.put(f'<path class="wire" stroke="{colour}" d="{steps}"/>')

    def lead(self, colour: str, *points: Point) -> None:
        """Lay a wire from a pin across the header, with a rim that is narrower than a wire's."""
        steps = _rounded(points)
        self.path(steps, "rim")
        self.put(f'<path class="wire" stroke="{colour}" d="{steps}"/>')

    def joint(self, colour: str, at: Point) -> None:
        """Draw a dot, which says that the wires at `at` are joined."""
        self.put(f'<circle cx="{at[0]:g}" cy="{at[1]:g}" r="5" fill="{colour}"/>')

    # --- parts; each ends `REACH` from its middle `at`, unless it says otherwise -----------------

    def resistor(self, at: Point, value: str) -> None:
        """Draw a resistor that lies, with its value above it."""
        x, y = at
        self.path(f"M{x - REACH:g} {y:g}h{2 * REACH:g}", "line")
        self.rect((x - 22, y - 9), (44, 18), "part")
        self.text((x, y - 17), value, "mid bold")

    def capacitor(self, at: Point) -> None:
        """Draw a capacitor that stands, dashed, since it may be left out."""
        x, y = at
        self.path(f"M{x - 15:g} {y - 5:g}h30M{x - 15:g} {y + 5:g}h30", "line")
        self.path(f"M{x:g} {y - REACH:g}v{REACH - 5:g}M{x:g} {y + 5:g}v{REACH - 5:g}", "line maybe")

    def contact(self, at: Point) -> None:
        """Draw the contact of a push button, which lies and is open at rest."""
        x, y = at
        self.path(f"M{x - REACH:g} {y:g}h12M{x + REACH:g} {y:g}h-12", "line")
        self.path(f"M{x - 14:g} {y - 4:g}L{x + 15:g} {y - 15:g}", "line")
        self.path(f"M{x:g} {y - 10:g}v-20M{x - 13:g} {y - 30:g}h26", "line")
        for end in (-18, 18):
            self.circle((x + end, y), 4, "part")

    def transistor(self, at: Point) -> None:
        """Draw an NPN transistor: its base on the left, its collector above, its emitter below."""
        x, y = at
        self.circle((x + 4, y), 25, "part")
        self.path(f"M{x - REACH:g} {y:g}h24M{x - 6:g} {y - 15:g}v30", "line")
        self.path(f"M{x - 6:g} {y - 6:g}L{x + 14:g} {y - 18:g}V{y - REACH:g}", "line")
        self.path(f"M{x - 6:g} {y + 6:g}L{x + 14:g} {y + 18:g}V{y + REACH:g}", "line")
        self.path(f"M{x + 13:g} {y + 17:g}l-10.500 -.5l5 -8.500z", "solid")

    def diode(self, at: Point) -> None:
        """Draw a diode that stands, with its ring (the cathode) above."""
        x, y = at
        self.path(f"M{x:g} {y - REACH:g}v{2 * REACH:g}", "line")
        self.path(f"M{x - 12:g} {y + 10:g}h24l-12 -20z", "part")
        self.path(f"M{x - 12:g} {y - 10:g}h24", "line")

    def led(self, at: Point, *, stands: bool) -> None:
        """Draw a light-emitting diode. Its + is above if it stands, and on the left if it lies."""
        x, y = at
        turn = "" if stands else f' transform="rotate(-90 {x:g} {y:g})"'
        self.put(f"<g{turn}>")
        self.path(f"M{x:g} {y - REACH:g}v{2 * REACH:g}", "line")
        self.path(f"M{x - 12:g} {y - 10:g}h24l-12 20z", "part")
        self.path(f"M{x - 12:g} {y + 10:g}h24", "line")
        for up in (-8, 2):
            self.path(f"M{x + 15:g} {y + up:g}l12 5m-6 1l6 -1l-3 -5", "line")
        self.put("</g>")

    def buzzer(self, at: Point) -> None:
        """Draw a buzzer that stands, with its + above."""
        x, y = at
        self.path(f"M{x:g} {y - REACH:g}v{2 * REACH:g}", "line")
        self.circle(at, 23, "part")
        self.circle(at, 4, "solid")
        for radius in (10, 16):
            self.path(
                f"M{x + radius * 0.7:g} {y - radius * 0.7:g}"
                f"A{radius} {radius} 0 0 1 {x + radius * 0.7:g} {y + radius * 0.7:g}",
                "line",
            )

    def ground(self, at: Point) -> None:
        """Draw the sign of ground. It begins at `at`, and hangs from there."""
        x, y = at
        self.path(f"M{x:g} {y:g}v10M{x - 13:g} {y + 10:g}h26M{x - 8:g} {y + 15:g}h16", "line")
        self.path(f"M{x - 3:g} {y + 20:g}h6", "line")


def _rounded(points: tuple[Point, ...]) -> str:
    """An SVG path along `points`, whose corners, all right angles, are made round."""
    steps = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        steps.append(
            f"L{start[0]:g} {start[1]:g}Q{corner[0]:g} {corner[1]:g} {end[0]:g} {end[1]:g}"
        )
    steps.append(f"L{points[-1][0]:g} {points[-1][1]:g}")
    return "".join(steps)


def _towards(corner: Point, other: Point) -> Point:
    """The point where the rounding of `corner` ends on the way to `other`."""
    (x, y), (to_x, to_y) = corner, other
    length = abs(to_x - x) + abs(to_y - y)
    share = min(1.0, _CORNER / length) if length else 0.0
    return x + (to_x - x) * share, y + (to_y - y) * share
