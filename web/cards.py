"""The printed card of a routine: one page, or two, with every step, for the wall.

A card is a plain page without a script. It has the same words and figures as the screens; its style
sheet draws the figures in black lines on white, so that any printer does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from jinja2 import Environment
from markupsafe import Markup

from kiosk.core.plan import Step, plan_session, session_minutes
from kiosk.core.routine import Kind, Routine, RoutineText, Side, Sides
from kiosk.library.words import Words
from web import figures
from web.direction import direction_of
from web.render import clock_text


class PaperSize(Enum):
    """The paper that a card is printed on; the value is its name in addresses and options."""

    A5 = "a5"
    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class _Room:
    """What a paper has room for, in places of a side: a step takes one, a large drawing two.

    Attributes:
        below: The most places for which the other side stands below, in small, on the same page.
        overleaf: The most places for which the first side ends on the first page.
        onward: The most places for which both sides in full take two pages.
    """

    below: int
    overleaf: int
    onward: int


#: Found by printing all cards in all languages.
_ROOM = {
    PaperSize.A5: _Room(below=0, overleaf=3, onward=6),
    PaperSize.A4: _Room(below=4, overleaf=6, onward=10),
    PaperSize.LETTER: _Room(below=4, overleaf=6, onward=10),
}


class Spread(Enum):
    """How the two sides are laid out; the value is its name in the style sheet."""

    BELOW = "below"  # the other side follows in small, on the same page
    OVERLEAF = "overleaf"  # each side has a page of its own, and both are shown in full
    ONWARD = "onward"  # both are shown in full, and a page ends where it is full
    DENSE = "dense"  # all is small, and the other side smaller still


@dataclass(frozen=True, slots=True)
class CardStep:
    """A step as the card shows it.

    Attributes:
        number: Its number on the card, from 1.
        headline: What to do.
        detail: How.
        length: How long, such as ``0:30`` or ``5 breaths``, with the number of sets before it if
            there are several; empty for a step that a press ends.
        figure: The drawing, mirrored if the step is done on the left side.
        where: A large drawing that shows where, with its labels; None without one.
    """

    number: int
    headline: str
    detail: str
    length: str
    figure: Markup
    where: Markup | None


@dataclass(frozen=True, slots=True)
class CardPart:
    """Some steps of a card that belong together.

    Attributes:
        side: The side that they are done on; None if they have none.
        both: Whether both sides work at once in them.
        again: Whether it is small, since the same steps stand on the card before, for the other
            side.
        overleaf: Whether it begins a page.
        steps: The steps.
    """

    side: Side | None
    both: bool
    again: bool
    overleaf: bool
    steps: tuple[CardStep, ...]


@dataclass(frozen=True, slots=True)
class CardOptions:
    """What can be chosen about a card.

    Attributes:
        language: One of the languages of the routine.
        size: The paper.
        first: The side that the card begins with.
        sheet: The address of its style sheet, which `web.assets.card_sheet` makes.
    """

    language: str
    size: PaperSize
    first: Side
    sheet: str


def card_html(templates: Environment, routine: Routine, words: Words, options: CardOptions) -> str:
    """The page of a routine's card.

    Args:
        templates: Finds the template.
        routine: The routine.
        words: The station's own words, in the language of `options`.
        options: What was chosen about the card.
    """
    plan = plan_session(routine, options.first, routine.default_seconds)
    text = routine.texts[options.language]
    spread = _spread(routine, options.size)
    told = _Told(routine, text, words, options.language, spread)
    return templates.get_template("card.html").render(
        text=text,
        words=words,
        options=options,
        spread=spread,
        direction=direction_of(options.language),
        minutes=session_minutes(routine, routine.default_seconds),
        lengths=[_choice(routine, seconds) for seconds in routine.side_seconds],
        length_name=_length_name(routine, words),
        turns=_turns(routine, options.first),
        parts=list(_parts(told, plan)),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A routine with the words that tell it in one language, and how they are laid out."""

    routine: Routine
    text: RoutineText
    words: Words
    language: str
    spread: Spread


def _spread(routine: Routine, size: PaperSize) -> Spread:
    """How the sides of `routine` are laid out on paper of the `size`."""
    large = {step.inset for step in routine.each_side if step.inset is not None}
    places, room = len(routine.each_side) + 2 * len(large), _ROOM[size]
    if places <= room.below or routine.sides is Sides.BOTH_AT_ONCE:
        return Spread.BELOW
    if places <= room.overleaf:
        return Spread.OVERLEAF
    return Spread.ONWARD if places <= room.onward else Spread.DENSE


def _choice(routine: Routine, seconds: int) -> tuple[int, bool]:
    """A length of a side in the routine's own unit, and whether it is the one on the card."""
    return routine.breaths(seconds) or seconds, seconds == routine.default_seconds


def _length_name(routine: Routine, words: Words) -> str:
    one_side = routine.sides is not Sides.BOTH_AT_ONCE
    if routine.breath_seconds is not None:
        return words.breaths_a_side if one_side else words.breaths_in_all
    return words.seconds_a_side if one_side else words.seconds_in_all


def _turns(routine: Routine, first: Side) -> list[Side]:
    """The sides in the order of their sets; empty if a member cannot get that wrong."""
    if routine.sides is Sides.ALTERNATING:
        return [first, first.other] * routine.sets
    return []


def _parts(told: _Told, plan: tuple[Step, ...]) -> Iterator[CardPart]:
    """The parts of the card: before the first side, each side, between them, and after."""
    of_a_side = {step.id for step in told.routine.each_side}
    numbered = enumerate(_shown_once(plan), start=1)

    def part_of(item: tuple[int, Step]) -> tuple[bool, Side | None]:
        step = item[1]
        return (True, step.side) if step.id in of_a_side else (False, None)

    worked: set[Side | None] = set()
    located: set[str] = set()
    in_full = told.spread in (Spread.OVERLEAF, Spread.ONWARD)
    turned = told.spread is not Spread.OVERLEAF
    for (works, side), items in groupby(numbered, part_of):
        steps = []
        overleaf = bool(worked) and not turned
        turned = turned or overleaf
        if in_full and works and worked:
            located = set()
        for number, step in items:
            large = step.inset if step.inset is not None and step.inset not in located else None
            located |= {large} if large is not None else set()
            steps.append(_card_step(told, number, step, large))
        yield CardPart(
            side=side,
            both=works and side is None,
            again=works and bool(worked) and not in_full,
            overleaf=overleaf,
            steps=tuple(steps),
        )
        worked |= {side} if works else set()


def _shown_once(plan: tuple[Step, ...]) -> Iterator[Step]:
    """The steps of `plan` without the gate, further sets, and all switches but the first.

    The gate is a box of its own on the card, and the number of sets stands beside a step's length.
    """
    switched: set[str] = set()
    for step in plan:
        if step.kind is Kind.GATE or step.set_number > 1 or step.id in switched:
            continue
        if step.kind is Kind.SWITCH:
            switched.add(step.id)
        yield step


def _card_step(told: _Told, number: int, step: Step, large: str | None) -> CardStep:
    text = told.text.steps[step.id].of(step.side)
    mirrored = step.side is Side.LEFT
    return CardStep(
        number=number,
        headline=text.headline,
        detail=text.detail,
        length=_length(step, told),
        figure=figures.figure_html(step.pose, mirrored=mirrored),
        where=None if large is None else _where(large, told.text.labels, mirrored=mirrored),
    )


def _where(pose: str, labels: Mapping[str, str], *, mirrored: bool) -> Markup:
    return figures.figure_html(pose, mirrored=mirrored, texts=labels)


def _length(step: Step, told: _Told) -> str:
    """How long `step` lasts, with the number of sets if there are several."""
    if step.seconds is None:
        return ""
    length = clock_text(step.seconds)
    breaths = told.routine.breaths(step.seconds) if step.kind is Kind.HOLD else None
    if breaths is not None:
        length = f"{breaths} {told.words.breaths.after(breaths, told.language)}"
    return length if step.set_count == 1 else f"{step.set_count} \N{MULTIPLICATION SIGN} {length}"
