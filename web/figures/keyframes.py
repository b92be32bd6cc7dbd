"""The key frames: a piece's course, written as style rules.

Only `transform` and `opacity` are animated, so that the compositor moves the pieces by itself, with
no layout, paint or script per frame. Classes are named after what their rules say: pieces that
move alike, in one pose or in several, share them.
"""

import math
from hashlib import blake2s

from web.figures.geometry import number
from web.figures.motion import STILL, Course
from web.figures.pieces import Placement
from web.figures.pose import Rhythm

SQUASH = 0.06  # how much a limb may seem to shorten before it is drawn so
_SINE = "cubic-bezier(.37,0,.63,1)"  # eases in and out like a sine
_SELF = "\0"  # stands for a class's own name while the rules are written


def movement(course: Course, rhythm: Rhythm) -> dict[str, str]:
    """How one piece moves: the classes of its element, each with its style rules."""
    seconds = rhythm.there if _swings(rhythm) else rhythm.period
    way = " alternate" if _swings(rhythm) else ""
    pace = _SINE if len(course.places) == 2 else "linear"  # noqa: PLR2004 - there and back
    # The first rule sets the time, the second what is done in it, so it has to come after it.
    time = f".{_SELF}{{animation:{number(seconds)}s {pace} infinite{way}}}"
    return dict(map(_named, ("t", "u"), (time, _keyframes(course, rhythm, seconds))))


def beats(rhythm: Rhythm) -> dict[str, str]:
    """Two classes for two words: one shows on the way to the second position, one on the way back.

    Both with their style rules, in time with a figure that is put on the page with them.
    """
    turn = number(100 * (rhythm.there + rhythm.stay) / rhythm.period)
    rules = (
        f".{_SELF}{{animation:{_SELF} {number(rhythm.period)}s step-end infinite}}"
        f"@keyframes {_SELF}{{0%{{opacity:{first}}}{turn}%{{opacity:{1 - first}}}}}"
        for first in (1, 0)
    )
    return dict(_named("b", rule) for rule in rules)


def _named(letter: str, rules: str) -> tuple[str, str]:
    name = letter + blake2s(rules.encode(), digest_size=2).hexdigest()
    return name, rules.replace(_SELF, name)


def _swings(rhythm: Rhythm) -> bool:
    """Whether the way back is the way there, mirrored in time."""
    return rhythm.there == rhythm.back and not rhythm.stay and not rhythm.rest


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
    """When, in seconds, each step is reached; eased like a sine."""
    ease = [math.acos(1 - 2 * step / steps) / math.pi for step in range(steps + 1)]
    there = [(rhythm.there * share, step) for step, share in enumerate(ease)]
    turn = rhythm.there + rhythm.stay
    back = [(turn + rhythm.back * share, steps - step) for step, share in enumerate(ease)]
    moments = there + (back if rhythm.stay else back[1:])
    return [*moments, (rhythm.period, 0)] if rhythm.rest else moments


class _Writer:
    """Writes the places of one course, all with the same functions, so that they blend."""

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
        """Whether the first position needs a key frame of its own."""
        return self._shortened or self._faded

    def origin(self) -> str:
        """The declaration of the point that turns stay about, if there are any."""
        if not (self._turned or self._shortened or self._swollen):
            return ""
        x, y = self._rest.origin
        return f"transform-origin:{number(x)}px {number(y)}px;"

    def declarations(self, place: Placement) -> str:
        """What carries the piece from its rest to `place`, and lets it fade."""
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
            # Turn the bone level, stretch it, and turn it to where it points now.
            text += f"rotate({number(-place.angle)}deg)"
            text += f"scaleX({number(place.along / rest.along, 2)})"
            text += f"rotate({number(rest.angle)}deg)"
        elif self._turned:
            text += f"rotate({number(rest.angle - place.angle)}deg)"
        if self._swollen:
            text += f"scaleY({number(place.across / rest.across, 3)})"
        return text
