"""The drawing: the pieces of a body in layers, from back to front, as SVG.

A layer is drawn twice, first the outlines of all its pieces and then their fills over them. So no
line runs between two pieces that overlap: a thigh and a shank have one outline, however they bend.
"""

import math
from dataclasses import dataclass, replace

from kiosk.core.errors import FigureError
from web.figures import above, body, closeup, props
from web.figures.geometry import Vec, number, numbers, smooth_line, smooth_outline
from web.figures.keyframes import beats, movement
from web.figures.limits import refuse_impossible
from web.figures.motion import Course, stances, steps_needed
from web.figures.pieces import (
    Piece,
    Placement,
    arm_pieces,
    glute_piece,
    leg_pieces,
    prop_piece,
    trunk_pieces,
)
from web.figures.pose import Foot, FreeLeg, Hand, Inset, Leg, Pose, Worked
from web.figures.viewpoint import Frame

#: Where the working thigh turns from the tone of the trousers to that of the side: from here to
#: there, in centimetres along the thigh from the hip.
FADE = (-8.0, 8.0)

#: Who asks for reduced motion sees a picture that stands still. It also shows the second position
#: of a leg or of the kettlebell, if that is further than this from the first, in picture units.
FAR = 6.0

#: Picture units left free above and below the drawing, for the width of its lines.
MARGIN = 3.0

_FEET = {Foot.PROFILE: body.FOOT, Foot.BACK: body.FOOT_BACK}
_HANDS = {
    Hand.FIST: (body.FIST, body.FIST_LINES),
    Hand.FLAT: (body.FLAT_HAND, body.FLAT_HAND_LINES),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """Pieces that are drawn together, so that they share one outline.

    Attributes:
        pieces: Each piece with the name of its kind of outline, such as ``side`` or ``far``, from
            which its CSS class is made; "" is a piece without an outline.
    """

    pieces: tuple[tuple[Piece, str], ...]


def _lined(line: str, pieces: tuple[Piece, ...]) -> Layer:
    """A layer of `pieces` that all have the kind of outline named `line`."""
    return Layer(tuple((piece, line) for piece in pieces))


def _foot(leg: Leg | FreeLeg) -> body.Outline:
    return _FEET[leg.foot] if isinstance(leg, FreeLeg) else body.FOOT


def _layers(pose: Pose) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """The body's layers behind the ball and the kettlebell, and those in front of them."""
    viewpoint, first = pose.viewpoint, pose.first
    far_leg = leg_pieces(viewpoint, "far", lambda stance: stance.far_leg, _foot(first.far_leg))
    far_hand = (_HANDS[first.far_arm.hand][0], ())
    far_arm = arm_pieces(viewpoint, "far", lambda stance: stance.far_arm, far_hand, ("far", "far"))
    head, hair, torso, pelvis = trunk_pieces(viewpoint)
    near_leg = leg_pieces(viewpoint, "near", lambda stance: stance.near_leg, _foot(first.near_leg))
    near_hand = _HANDS[first.near_arm.hand]
    leg_line, arm_line, sleeve = "side", "line", ("skin", "shirt")
    if pose.worked is Worked.ARM:
        near_leg = tuple(replace(piece, tone="pants") for piece in near_leg)
        leg_line, arm_line, sleeve = "line", "side", ("side", "side")
    near_arm = arm_pieces(viewpoint, "near", lambda stance: stance.near_arm, near_hand, sleeve)
    trunk = ((head, "line"), (hair, ""), (torso, "line"), (pelvis, ""))
    squeezed = pose.second is not None and pose.second.squeeze > 0
    glow = ((glute_piece(viewpoint), ""),) if squeezed else ()
    # If the far hand is a fist it holds something: then the hand is in front, its arm behind.
    holding = 1 if first.far_arm.hand is Hand.FIST else 0
    behind = (
        _lined("far", far_leg),
        _lined("far", far_arm[holding:]),
        Layer((*trunk, *((piece, leg_line) for piece in near_leg), *glow)),
    )
    return behind, (_lined("far", far_arm[:holding]), _lined(arm_line, near_arm))


def _inset_layers(pose: Pose) -> tuple[Layer, ...]:
    if pose.inset is Inset.NONE:
        return ()
    if pose.inset is Inset.FOOT:
        return (_lined("side", closeup.leg()),)
    trunk = ((above.trunk_piece(), "line"), *((piece, "side") for piece in above.near_leg()))
    return (_lined("far", above.far_leg()), Layer(trunk))


class Sketch:
    """The drawing of one pose.

    Args:
        name: The name of the pose, with which the ids of its elements begin.
        pose: The pose.
    """

    def __init__(self, name: str, pose: Pose) -> None:
        self._name = name
        self._pose = pose
        self._behind, self._before = _layers(pose)
        self._inset = _inset_layers(pose)
        layers = self._behind + self._before + self._inset
        pieces = [piece for layer in layers for piece, _ in layer.pieces]
        if pose.first.ball:
            pieces.append(
                prop_piece(pose.viewpoint, "ball", props.BALL_REACH, lambda stance: stance.ball)
            )
        if pose.first.bell:
            pieces.append(
                prop_piece(pose.viewpoint, "bell", props.BELL_REACH, lambda stance: stance.bell)
            )
        if pose.inset is Inset.FOOT:
            pieces.append(closeup.ball())
        try:
            taken = stances(pose, steps_needed(pose, pieces))
            for stance in taken:
                refuse_impossible(stance)
        except FigureError as error:
            raise FigureError(f"pose {name}: {error}") from error
        self._courses = {
            piece.name: Course(piece, tuple(piece.place(stance) for stance in taken))
            for piece in pieces
        }

    @property
    def frame(self) -> Frame:
        """The part of the picture that the drawing fills at any moment of its movement."""
        places = [(course.piece, at) for course in self._courses.values() for at in course.places]
        points = [at.put(point) for piece, at in places for point in piece.outline]
        points += (point for arrow in self._pose.arrows for point in (arrow.start, arrow.end))
        points += props.mat_corners(self._pose.viewpoint, self._pose.mat_far)
        points += (
            self._pose.viewpoint.put(corner)
            for thing in self._pose.scenery
            for corner in thing.corners()
        )
        if self._pose.inset is not Inset.NONE:
            points.append(Vec(above.LEFT, above.TOP))
        return Frame.round((point.y for point in points), MARGIN)

    def markup(self) -> str:
        """The SVG elements inside of the picture."""
        *far, body_layer = (self._layer(layer) for layer in self._behind)
        text = [
            self._fade(),
            props.mat(self._pose.viewpoint, self._pose.mat_far),
            *(thing.markup(self._pose.viewpoint) for thing in self._pose.scenery),
            *far,
            *(self._loads() if self._pose.under else ()),
            self._ghost_leg("near"),
            body_layer,
            *(() if self._pose.under else self._loads()),
        ]
        if self._pose.mark:
            text.append(props.mark(self._pose.viewpoint.put(self._pose.mark)))
        text += (self._layer(layer) for layer in self._before)
        if self._pose.crossed:
            text.append(self._leg_again())
        text.append(self._ghost_bell())
        text.append(self._inset_markup())
        text += (props.arrow(a.start, a.bend, a.end) for a in self._pose.arrows)
        return "".join(text)

    def _loads(self) -> list[str]:
        """Ball and kettlebell, as far as the pose has them."""
        draws = {"ball": props.ball, "bell": self._bell}
        return [
            self._group(name, draw(self._courses[name].places[0]))
            for name, draw in draws.items()
            if name in self._courses
        ]

    def _bell(self, place: Placement) -> str:
        return props.bell(place, turned=self._pose.turned_bell)

    def _leg_again(self) -> str:
        """The working leg once more, over the arm that it crosses, but for the thigh's outline.

        The thigh's outline at the hip would cut the body in two.
        """
        thigh, *lower = (self._courses[f"near-{part}"].piece for part in ("thigh", "shank", "foot"))
        rims = "".join(
            self._group(piece.name, f'<use href="#{self._name}-{piece.name}"/>') for piece in lower
        )
        fills = "".join(
            self._group(piece.name, self._fill(piece, lined=True)) for piece in (thigh, *lower)
        )
        return f'<g class="side-rim">{rims}</g>{fills}'

    def _inset_markup(self) -> str:
        if self._pose.inset is Inset.NONE:
            return ""
        if self._pose.inset is Inset.FOOT:
            ball = self._group("close-ball", props.ball(self._courses["close-ball"].places[0]))
            return f'<g class="inset">{closeup.frame()}{ball}{self._layer(self._inset[0])}</g>'
        far, near = (self._layer(layer) for layer in self._inset)
        load = above.bell() if self._pose.inset is Inset.LEG else above.ball_moves_over()
        ghost = self._ghost_leg("above-near")
        return f'<g class="inset">{above.frame()}{far}{ghost}{near}{load}</g>'

    def movements(self) -> dict[str, str]:
        """The style rules for what moves and for the words in its rhythm, by their CSS class."""
        rhythm = self._pose.rhythm
        if rhythm is None:
            return {}
        moving = (course for course in self._courses.values() if course.moves)
        rules = {k: v for course in moving for k, v in movement(course, rhythm).items()}
        return rules | (beats(rhythm) if rhythm.told else {})

    def _fade(self) -> str:
        """A gradient over the working thigh, so that it has no hard edge at the hip."""
        thigh = self._courses["near-thigh"].places[0]
        start, end = (thigh.put(Vec(at, 0.0)) for at in FADE)
        return (
            f'<linearGradient id="{self._name}-fade" gradientUnits="userSpaceOnUse" '
            f'x1="{number(start.x)}" y1="{number(start.y)}" '
            f'x2="{number(end.x)}" y2="{number(end.y)}">'
            '<stop class="hip"/><stop class="hip" offset="1" stop-opacity="0"/></linearGradient>'
        )

    def _ghost_leg(self, leg: str) -> str:
        """A leg in its second position, shown only to those who ask for reduced motion."""
        limbs = [self._courses[f"{leg}-{piece}"] for piece in ("thigh", "shank", "foot")]
        if not (self._pose.ghost and any(_goes_far(limb) for limb in limbs)):
            return ""
        uses = "".join(
            f'<use href="#{self._name}-{limb.piece.name}" transform="{_carry(limb)}"/>'
            for limb in limbs
        )
        return f'<g class="ghost">{uses}</g>'

    def _ghost_bell(self) -> str:
        """The kettlebell in its second position, shown to those who ask for reduced motion."""
        bell = self._courses.get("bell")
        if bell is None or not _goes_far(bell):
            return ""
        return f'<g class="ghost">{self._bell(bell.places[-1])}</g>'

    def _group(self, name: str, inside: str) -> str:
        """The markup `inside`, in a group that moves as the piece `name` does, if it moves."""
        course = self._courses[name]
        if not course.moves or self._pose.rhythm is None:
            return inside
        classes = " ".join(movement(course, self._pose.rhythm))
        return f'<g class="{classes}">{inside}</g>'

    def _layer(self, layer: Layer) -> str:
        """The outlines of the layer's pieces, and their fills over them.

        If all pieces look alike, and none of them moves or has fine lines on it, a single path is
        enough for all of it.
        """
        pieces = [piece for piece, _ in layer.pieces]
        looks = {(piece.tone, line) for piece, line in layer.pieces}
        plain = not any(piece.lines or self._courses[piece.name].moves for piece in pieces)
        if plain and len(looks) == 1:
            tone, line = looks.pop()
            data = "".join(self._data(piece) for piece in pieces)
            return f'<path class="{line}-line {tone}" d="{data}"/>'
        rims: dict[str, str] = {}
        fills = ""
        for piece, line in layer.pieces:
            fill = self._fill(piece, lined=bool(line))
            fills += self._group(piece.name, fill + self._details(piece))
            if line:
                path = f'<path id="{self._name}-{piece.name}" d="{self._data(piece)}"/>'
                rims[line] = rims.get(line, "") + self._group(piece.name, path)
        return "".join(f'<g class="{line}-rim">{rim}</g>' for line, rim in rims.items()) + fills

    def _fill(self, piece: Piece, *, lined: bool) -> str:
        key = f"{self._name}-{piece.name}"
        if piece.name == "near-thigh":
            # The gradient lies over the side's colour instead of having that colour in it. A
            # gradient is found by its id, and if a page shows this pose for the left and for the
            # right, both would take the first one's colour.
            fade = f'<use href="#{key}" fill="url(#{self._name}-fade)"/>'
            return f'<use href="#{key}" class="{piece.tone}"/>{fade}'
        if lined:
            return f'<use href="#{key}" class="{piece.tone}"/>'
        return f'<path class="{piece.tone}" d="{self._data(piece)}"/>'

    def _details(self, piece: Piece) -> str:
        if not piece.lines:
            return ""
        place = self._courses[piece.name].places[0]
        data = "".join(smooth_line([place.put(point) for point in line]) for line in piece.lines)
        return f'<path class="detail" d="{data}"/>'

    def _data(self, piece: Piece) -> str:
        return _path(piece, self._courses[piece.name].places[0])


def _goes_far(course: Course) -> bool:
    first, last = course.places[0], course.places[-1]
    return math.dist(first.origin, last.origin) > FAR


def _carry(course: Course) -> str:
    """The SVG transform that carries a piece from the first place of its course to the last."""
    first, last = course.places[0], course.places[-1]
    start = f"{number(-first.origin.x)} {number(-first.origin.y)}"
    return (
        f"translate({numbers(last.origin)})rotate({number(-last.angle)})"
        f"scale({number(last.along / first.along, 2)} {number(last.across / first.across, 2)})"
        f"rotate({number(first.angle)})translate({start})"
    )


def _path(piece: Piece, place: Placement) -> str:
    return smooth_outline([place.put(point) for point in piece.outline])
