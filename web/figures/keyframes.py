"""The key frames: the course of a piece, written as CSS rules.

Only `transform` and `opacity` are animated, so that the browser's compositor moves the pieces by
itself, with no layout, paint or script for a frame. The name of a class is made from a hash of its
rules. So pieces that move alike share a class, in one pose or in several.
"""

import math
from hashlib import blake2s

from web.figures.geometry import number
from web.figures.motion import STILL, Course
from web.figures.pieces import Placement
from web.figures.pose import Rhythm

#: A limb that turns towards the viewer looks shorter. Up to this share of its length nobody sees
#: that, and it is not drawn.
SQUASH = 0.06

_SINE = "cubic-bezier(.37,0,.63,1)"  # begins and ends slowly, like a sine

#: Stands for the name of a class in its own rules, until the name is known from their hash.
_SELF = "\0"


def movement(course: Course, rhythm: Rhythm) -> dict[str, str]:
    """How one piece moves: the CSS classes of its element, each with its rules."""
    seconds = rhythm.there if _swings(rhythm) else rhythm.period
    way = " alternate" if _swings(rhythm) else ""
    pace = _SINE if len(course.places) == 2 else "linear"  # noqa: PLR2004 - there and back
    # One class sets the time, the other one the movement. In the style sheet the time has to come
    # first, since `animation` also resets `animation-name`. There they are sorted by their names,
    # so the name of the time begins with a letter that comes before that of the movement.
    time = f".{_SELF}{{animation:{number(seconds)}s {pace} infinite{way}}}"
    return dict(map(_named, ("t", "u"), (time, _keyframes(course, rhythm, seconds))))


def beats(rhythm: Rhythm) -> dict[str, str]:
    """Two CSS classes for two words that change in time with a figure, each with its rules.

    The first word shows on the way to the second position and while the body stays there, the
    second one in the rest of the time.
    """
    turn = number(100 * (rhythm.there + rhythm.stay) / rhythm.period)
    rules = (
        f".{_SELF}{{animation:{_SELF} {number(rhythm.period)}s step-end infinite}}"
        f"@keyframes {_SELF}{{0%{{opacity:{first}}}{turn}%{{opacity:{1 - first}}}}}"
        for first in (1, 0)
    )
    return dict(_named("b", rule) for rule in rules)


def _named(letter: str, rules: str) -> tuple[str, str]:
    """A class name that begins with `letter` and follows from `rules`; and the rules with it."""
    name = letter + blake2s(rules.encode(), digest_size=2).hexdigest()
    return name, rules.replace(_SELF, name)


def _swings(rhythm: Rhythm) -> bool:
    """Whether the way back is just the way there in reverse, so that CSS can alternate."""
    straight = rhythm.there == rhythm.back and not rhythm.stay and not rhythm.rest
    return straight and not rhythm.round


def _keyframes(course: Course, rhythm: Rhythm, seconds: float) -> str:
    writer = _Writer(course)
    frames: dict[str, list[str]] = {}
    for at, step in _moments(len(course.places) - 1, rhythm):
        if at <= seconds and (step or writer.restless):
            text = writer.declarations(course.places[step])
            percent = f"{number(100 * at / seconds)}%"
            frames.setdefault(text, []).append("to" if at == seconds else percent)
    body = "".join(f"{','.join(at)}{{{text}}}" for text, at in frames.items())
    return f".{_SELF}{{{writer.origin()}animation-name:{_SELF}}}@keyframes {_SELF}{{{body}}}"


def _moments(steps: int, rhythm: Rhythm) -> list[tuple[float, int]]:
    """Each key frame: the second at which it comes, and the index of its place in the course.

    The places are evenly spaced on the way, and a movement begins and ends slowly, like a sine. So
    they are closer in time in the middle. Three places, 2 s there, 1 s of stay and 2 s back::

        seconds  0    1    2    3    4    5
        place    0    1    2    2    1    0

    A movement that goes round has an even pace, and its places lead back by themselves.
    """
    if rhythm.round:
        return [(rhythm.period * step / steps, step) for step in range(steps + 1)]
    ease = [math.acos(1 - 2 * step / steps) / math.pi for step in range(steps + 1)]
    there = [(rhythm.there * share, step) for step, share in enumerate(ease)]
    turn = rhythm.there + rhythm.stay
    back = [(turn + rhythm.back * share, steps - step) for step, share in enumerate(ease)]
    moments = there + (back if rhythm.stay else back[1:])
    return [*moments, (rhythm.period, 0)] if rhythm.rest else moments


class _Writer:
    """Writes the places of one course as CSS.

    All places are written with the same functions of `transform`, since a browser blends two
    places well only then.
    """

    def __init__(self, course: Course) -> None:
        self._rest = rest = course.places[0]
        places = course.places
        self._shifted = any(math.dist(rest.origin, place.origin) > STILL for place in places)
        self._turned = any(abs(place.angle - rest.angle) > STILL for place in places)
        self._shortened = any(abs(place.along / rest.along - 1) > SQUASH for place in places)
        self._swollen = any(abs(place.across / rest.across - 1) > SQUASH for place in places)
        self._faded = any(place.opacity != rest.opacity for place in places)

    @property
    def restless(self) -> bool:
        """Whether the first position needs a key frame of its own.

        Without one, a browser takes the piece as it is drawn: not moved, and solid. That is right
        for a piece that shifts and turns. It is not for one that gets shorter, whose first place is
        written with turns that cancel out, nor for one that is not solid at first.
        """
        return self._shortened or self._faded

    def origin(self) -> str:
        """The declaration of the point that the piece turns or stretches about; empty if unused."""
        if not (self._turned or self._shortened or self._swollen):
            return ""
        x, y = self._rest.origin
        return f"transform-origin:{number(x)}px {number(y)}px;"

    def declarations(self, place: Placement) -> str:
        """The declarations that put the piece from its first place to `place`."""
        found = []
        if transform := self._transform(place):
            found.append(f"transform:{transform}")
        if self._faded:
            found.append(f"opacity:{number(place.opacity, 2)}")
        return ";".join(found)

    def _transform(self, place: Placement) -> str:
        rest, text = self._rest, ""
        if self._shifted:
            x, y = place.origin.x - rest.origin.x, place.origin.y - rest.origin.y
            text += f"translate({number(x)}px,{number(y)}px)"
        if self._shortened:
            # From right to left: turn the bone level, stretch it, turn it to where it points now.
            text += f"rotate({number(-place.angle)}deg)"
            text += f"scaleX({number(place.along / rest.along, 2)})"
            text += f"rotate({number(rest.angle)}deg)"
        elif self._turned:
            text += f"rotate({number(rest.angle - place.angle)}deg)"
        if self._swollen:
            text += f"scaleY({number(place.across / rest.across, 3)})"
        return text
