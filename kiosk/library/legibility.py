"""How many characters of a headline can be read from the mat.

A letter can be read if its capitals are 16 minutes of arc high at least (ISO 9241-3; the same in
NUREG-0700). The page never makes a headline smaller than that, so a longer one needs more lines,
and from the third line on the figure and the seconds make way.
"""

import math
from typing import NamedTuple

#: The least height of capitals, in minutes of arc.
_MINUTES = 16

#: Parts of the size of a font: the height of its capitals, and the width that is counted for a
#: character. In the headlines that come along a character is 0.39 wide on average, and 0.43 in the
#: widest of them, measured in Barlow Semi Condensed; the rest is for lines that break at a word.
_CAPITALS, _WIDTH = 0.7, 0.5

#: The part of a panel's diagonal that is its width: 800 by 480 pixels, of the panels that are
#: usual the one with the least room.
_PANEL_WIDTH = 800 / math.hypot(800, 480)

#: The part of the width that letters may take; the rest is the edge, where cues are seen.
_FREE = 0.96

_METRES_PER_INCH = 0.0254

#: Lines that a headline may take beside figure and seconds.
LINES = 2


class Legible(NamedTuple):
    """What can be read of a headline.

    Attributes:
        word: Characters of the longest word, those of one line.
        headline: Characters of the whole headline.
    """

    word: int
    headline: int


def legible(distance: float, inches: float) -> Legible:
    """How long a headline may be, on a panel that lies on its side.

    Args:
        distance: Metres from the eyes to the screen, more than 0.
        inches: The screen's diagonal, more than 0.
    """
    capitals = 2 * distance * math.tan(math.radians(_MINUTES / 60) / 2)
    character = capitals / _CAPITALS * _WIDTH
    width = inches * _METRES_PER_INCH * _PANEL_WIDTH * _FREE
    line = max(1, int(width / character))
    return Legible(line, LINES * line)
