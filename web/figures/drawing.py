"""The drawing: parts in layers, from back to front, as SVG.

Parts that belong together are drawn twice, first all their outlines and then all their fills, so
that a thigh and a shank share one outline however they bend.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from web.figures import body, props
from web.figures.geometry import number, smooth_outline
from web.figures.motion import Course, movement, stances, steps_needed
from web.figures.poses import BODY_POSES, Hand, Pose
from web.figures.scene import (
    GROUND,
    HEIGHT,
    Part,
    Placement,
    arm_parts,
    head_place,
    leg_parts,
    prop_part,
    torso_place,
)
from web.figures.torso import Torso

_HANDS = {Hand.FIST: body.FIST_OUTLINE, Hand.FLAT: body.FLAT_HAND_OUTLINE}


@dataclass(frozen=True, slots=True)
class Layer:
    """Parts that share one outline, each with the line of its own stretch of it.

    Attributes:
        parts: The parts, and the CSS class of each one's outline; "" has none.
    """

    parts: tuple[tuple[Part, str], ...]


def body_layers(pose: Pose) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """The body's layers behind the ball and the kettlebell, and those before them."""
    far_leg = leg_parts("far", lambda stance: stance.far_leg, "far")
    far_hand = _HANDS[pose.first.far_arm.hand]
    far_arm = arm_parts("far", lambda stance: stance.far_arm, far_hand, ("far", "far"))
    near_leg = leg_parts("near", lambda stance: stance.near_leg, "side")
    near_hand = _HANDS[pose.first.near_arm.hand]
    near_arm = arm_parts("near", lambda stance: stance.near_arm, near_hand, ("shirt", "skin"))
    trunk = (
        (Part("head", body.HEAD_OUTLINE, "skin", head_place), "line"),
        (Part("hair", body.HAIR_OUTLINE, "hair", head_place), ""),
        (Part("torso", body.TORSO_OUTLINE, "shirt", torso_place), "line"),
        (Part("pelvis", body.PELVIS_OUTLINE, "pants", torso_place), ""),
    )
    behind = (
        Layer(tuple((part, "far") for part in far_leg)),
        Layer(tuple((part, "far") for part in far_arm)),
        Layer((*trunk, *((part, "side") for part in near_leg))),
    )
    return behind, (Layer(tuple((part, "line") for part in near_arm)),)


class Sketch:
    """One pose, drawn: its markup, and what moves in it."""

    def __init__(self, name: str, pose: Pose) -> None:
        self._name = name
        self._pose = pose
        self._behind, self._before = body_layers(pose)
        parts = [part for layer in self._behind + self._before for part, _ in layer.parts]
        if pose.first.ball:
            parts.append(prop_part("ball", lambda stance: stance.ball))
        if pose.first.bell:
            parts.append(prop_part("bell", lambda stance: stance.bell))
        taken = stances(pose, steps_needed(pose, parts))
        self._courses = {
            part.name: Course(part, tuple(part.place(stance) for stance in taken)) for part in parts
        }

    def markup(self) -> str:
        """What is inside of the picture."""
        text = self._ghost()
        text += "".join(self._layer(layer) for layer in self._behind)
        for name, draw in (("ball", props.ball), ("bell", props.bell)):
            if name in self._courses:
                text += self._group(name, draw(self._courses[name].places[0].origin))
        text += "".join(self._layer(layer) for layer in self._before)
        text += "".join(props.arrow(a.start, a.bend, a.end) for a in self._pose.arrows)
        zoom = self._pose.zoom
        if zoom == 1:
            return props.mat() + text
        down = number(HEIGHT - 10 - GROUND * zoom)
        shift = f"translate(0 {down})scale({number(zoom, 2)})"
        return f'<g class="small" transform="{shift}">{props.mat()}{text}</g>'

    def movements(self) -> dict[str, str]:
        """The style rules of what moves, by their class."""
        rhythm = self._pose.rhythm
        if rhythm is None:
            return {}
        return dict(movement(c, rhythm) for c in self._courses.values() if c.moves)

    def _ghost(self) -> str:
        """The second position of the limbs that move, for those who want no motion."""
        limbs = [
            course
            for course in self._courses.values()
            if course.moves and course.part.tone in {"side", "skin"}
        ]
        if not limbs:
            return ""
        data = "".join(path_of(course.part, course.places[-1]) for course in limbs)
        return f'<path class="ghost" d="{data}"/>'

    def _group(self, name: str, inside: str) -> str:
        course = self._courses[name]
        if not course.moves or self._pose.rhythm is None:
            return inside
        return f'<g class="{movement(course, self._pose.rhythm)[0]}">{inside}</g>'

    def _layer(self, layer: Layer) -> str:
        parts = [part for part, _ in layer.parts]
        looks = {(part.tone, line) for part, line in layer.parts}
        if len(looks) == 1 and not any(self._courses[part.name].moves for part in parts):
            data = "".join(self._data(part) for part in parts)
            tone, line = looks.pop()
            return f'<path class="{line}-line {tone}" d="{data}"/>'
        rims: dict[str, str] = {}
        fills = ""
        for part, line in layer.parts:
            if line:
                key = f"{self._name}-{part.name}"
                path = f'<path id="{key}" d="{self._data(part)}"/>'
                rims[line] = rims.get(line, "") + self._group(part.name, path)
                fill = f'<use href="#{key}" class="{part.tone}"/>'
            else:
                fill = f'<path class="{part.tone}" d="{self._data(part)}"/>'
            fills += self._group(part.name, fill)
        return "".join(f'<g class="{line}-rim">{r}</g>' for line, r in rims.items()) + fills

    def _data(self, part: Part) -> str:
        return path_of(part, self._courses[part.name].places[0])


def path_of(part: Part, place: Placement) -> str:
    """Path data of a part where it is placed."""
    return smooth_outline([place.put(point) for point in part.outline])


Drawing = Sketch | Torso | props.Kit


@cache
def drawings() -> Mapping[str, Drawing]:
    """Every drawing by its name."""
    bodies = {name: Sketch(name, pose) for name, pose in BODY_POSES.items()}
    return MappingProxyType({"kit": props.Kit(), "torso": Torso(), **bodies})
