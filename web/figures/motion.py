"""Motion: the key frames that carry each part between the positions of a pose.

Only `transform` and `opacity` are animated, so the compositor moves the parts by itself, with no
layout, paint or script per frame.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s

from web.figures.geometry import Vec, number
from web.figures.parts import Part, Placement
from web.figures.poses import Pose, Rhythm
from web.figures.stance import Stance, blend, stand

STILL = 0.04  # centimetres or degrees that nobody sees
SQUASH = 0.025  # how much a limb may seem to shorten before it is drawn so
LOOSE = 0.4  # how far, in cm, a part may leave its true path between two key frames
SINE = "cubic-bezier(.37,0,.63,1)"  # eases in and out like a sine
MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Course:
    """The places of one part through a pose's movement, from first to second position."""

    part: Part
    places: tuple[Placement, ...]

    @property
    def moves(self) -> bool:
        """Whether it moves at all."""
        first = self.places[0]
        return any(_differ(first, place) for place in self.places)


def stances(pose: Pose, steps: int) -> tuple[Stance, ...]:
    """The stances of a pose at `steps` even shares of its way, both ends included."""
    if pose.second is None:
        return (stand(pose.first),)
    return tuple(stand(blend(pose.first, pose.second, step / steps)) for step in range(steps + 1))


def steps_needed(pose: Pose, parts: Sequence[Part]) -> int:
    """The fewest key frames of a movement between which no part strays visibly."""
    if pose.second is None:
        return 1
    truth = stances(pose, 4 * MOST_STEPS)
    for steps in (1, 2, 4, MOST_STEPS):
        stride = 4 * MOST_STEPS // steps
        strays = [
            _stray([part.place(stance) for stance in truth[at : at + stride + 1]], part)
            for part in parts
            for at in range(0, 4 * MOST_STEPS, stride)
        ]
        if max(strays) <= LOOSE:
            return steps
    return MOST_STEPS


def _stray(places: list[Placement], part: Part) -> float:
    """How far the part's outline leaves its true path if only the ends of `places` are kept."""
    middle = places[len(places) // 2]
    straight = blend(places[0], places[-1], 0.5)
    points = part.outline[::3] or (Vec(0.0, 0.0),)
    return max(math.dist(middle.put(point), straight.put(point)) for point in points)


def _differ(one: Placement, other: Placement) -> bool:
    return (
        math.dist(one.origin, other.origin) > STILL
        or abs(one.angle - other.angle) > STILL
        or abs(one.along - other.along) > STILL / 10
        or abs(one.across - other.across) > STILL / 10
        or one.opacity != other.opacity
    )


def movement(course: Course, rhythm: Rhythm) -> tuple[str, str]:
    """The movement of one part: its CSS class, and the style rules of that class.

    The class is named after what the rules say, so that parts that move alike share them.
    """
    text = _declarations(course, rhythm)
    name = "m" + blake2s(text.encode(), digest_size=3).hexdigest()
    return name, text.replace("\0", name)


def _declarations(course: Course, rhythm: Rhythm) -> str:
    rest = course.places[0]
    swings = rhythm.there == rhythm.back and not rhythm.stay and not rhythm.rest
    seconds = rhythm.there if swings else rhythm.period
    write = _Writer(course)
    frames: dict[str, list[str]] = {}
    for at, step in _moments(len(course.places) - 1, rhythm):
        if swings and at > rhythm.there:
            break
        if step or write.squeezed or write.faded:
            text = write.declarations(course.places[step])
            frames.setdefault(text, []).append(f"{number(100 * at / seconds)}%")
    body = "".join(f"{','.join(at)}{{{text}}}" for text, at in frames.items())
    pace = SINE if len(course.places) == 2 else "linear"  # noqa: PLR2004 - there and back
    way = " alternate" if swings else ""
    origin = ""
    if write.turned or write.squeezed:
        origin = f"transform-origin:{number(rest.origin.x)}px {number(rest.origin.y)}px;"
    return (
        f".\0{{{origin}animation:\0 {number(seconds)}s {pace} infinite{way}}}"
        f"@keyframes \0{{{body}}}"
    )


def _moments(steps: int, rhythm: Rhythm) -> list[tuple[float, int]]:
    """When, in seconds, each step is reached; eased like a sine."""
    ease = [math.acos(1 - 2 * step / steps) / math.pi for step in range(steps + 1)]
    there = [(rhythm.there * share, step) for step, share in enumerate(ease)]
    turn = rhythm.there + rhythm.stay
    back = [(turn + rhythm.back * share, steps - step) for step, share in enumerate(ease)]
    moments = there + (back if rhythm.stay else back[1:])
    return [*moments, (rhythm.period, 0)] if rhythm.rest else moments


class _Writer:
    """Writes the transforms of one course, all with the same functions, so that they blend."""

    def __init__(self, course: Course) -> None:
        self._rest = rest = course.places[0]
        self.shifted = any(math.dist(rest.origin, p.origin) > STILL for p in course.places)
        self.turned = any(abs(p.angle - rest.angle) > STILL for p in course.places)
        self.faded = any(p.opacity != rest.opacity for p in course.places)
        self.squeezed = any(
            abs(p.along / rest.along - 1) > SQUASH or abs(p.across / rest.across - 1) > SQUASH
            for p in course.places
        )

    def declarations(self, place: Placement) -> str:
        """What carries the part from its rest to `place`, and lets it fade."""
        found = []
        if self.shifted or self.turned or self.squeezed:
            found.append(f"transform:{self._transform(place)}")
        if self.faded:
            found.append(f"opacity:{number(place.opacity, 2)}")
        return ";".join(found)

    def _transform(self, place: Placement) -> str:
        rest, text = self._rest, ""
        if self.shifted:
            x, y = place.origin.x - rest.origin.x, place.origin.y - rest.origin.y
            text += f"translate({number(x)}px,{number(y)}px)"
        if self.squeezed:
            # Turn the bone level, stretch it, and turn it to where it points now.
            along, across = place.along / rest.along, place.across / rest.across
            text += f"rotate({number(-place.angle)}deg)"
            text += f"scale({number(along, 3)},{number(across, 3)})"
            text += f"rotate({number(rest.angle)}deg)"
        elif self.turned:
            text += f"rotate({number(rest.angle - place.angle)}deg)"
        return text
