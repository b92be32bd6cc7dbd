"""What a physiotherapist would ask about a routine's file that is right as far as a program sees.

Nothing of it keeps a routine from being used. Each text begins with the field that it is about.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec

from kiosk.core.plan import share_out
from kiosk.core.routine import Kind
from kiosk.library.legibility import Legible
from kiosk.library.routine_checks import sections_of
from kiosk.library.routine_shapes import RoutineShape

#: Seconds from which on a single hold is long.
LONG_HOLD = 60

#: Signs that nobody sees, and that change the direction of the text behind them.
_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}

#: Signs that only shape or join emoji.
_JOINING = {0x200D, 0xFE0F}

#: The number of the first sign of the block in which the coloured pictures begin.
_PICTURES = 0x1F000

_MARKUP = re.compile(r"</?[a-z!]|&#?\w+;", re.IGNORECASE)


def advice(shape: RoutineShape, breath_seconds: int, legible: Legible) -> Iterator[str]:
    """What to think about in a routine's file.

    Args:
        shape: The routine file.
        breath_seconds: Seconds of a breath.
        legible: How long a headline may be.
    """
    if not any(step.kind == Kind.GATE.value for step in shape.prepare):
        yield (
            "prepare: found no step of kind 'gate'. Nobody is asked whether they should skip this "
            "routine: add one as the first step."
        )
    if not shape.text.stop_if:
        yield (
            "text.stop_if: found none. Say at which signs to stop, such as sharp pain; a stretch "
            "has them too."
        )
    if not shape.sources:
        yield "sources: found none. Say where doses and exclusions were looked up."
    yield from _long_holds(shape, breath_seconds)
    for section in sections_of(shape):
        for step in section.steps:
            yield from headline_advice(
                f'{section.name}["{step.id}"].headline', step.headline, legible
            )
    if shape.weight_off is not None:
        yield from headline_advice("weight_off.headline", shape.weight_off.headline, legible)


def strange_signs(text: str) -> Iterator[str]:
    """What a screen may not show the way that the author of `text` expects."""
    if turning := next((sign for sign in text if ord(sign) in _TURNING), None):
        yield (
            f"has U+{ord(turning):04X}, a sign that nobody sees and that turns the direction of "
            f"the text. Take it out: the screen finds the direction by itself."
        )
    if picture := next((sign for sign in text if _is_picture(sign)), None):
        yield (
            f"has a picture among its letters: {unicodedata.name(picture, 'unknown').lower()}. A "
            f"station may show an empty box there: take it out."
        )
    if _has_markup(text):
        yield (
            "has what looks like HTML. It is shown as it stands here, with its brackets: write "
            "plain words."
        )


def _long_holds(shape: RoutineShape, breath_seconds: int) -> Iterator[str]:
    """The holds that last long, in the longest of the lengths that are offered."""
    holds = [step for step in shape.each_side if step.kind == Kind.HOLD.value]
    by_breaths = any(step.breaths is not None for step in holds)
    unit = breath_seconds if by_breaths else 1
    weights = [(step.breaths if by_breaths else step.seconds) or 0 for step in holds]
    offered = (shape.side_breaths if by_breaths else shape.side_seconds) or ()
    if not sum(weights):
        return
    longest = max(offered, default=shape.sets * sum(weights)) // shape.sets
    for step, share in zip(holds, share_out(longest, weights), strict=True):
        if share * unit > LONG_HOLD:
            field = "breaths" if by_breaths else "seconds"
            yield (
                f'each_side["{step.id}"].{field}: the hold lasts {share * unit} s when the longest '
                f"side is chosen. More than {LONG_HOLD} s in one position is long: make two holds "
                f"of it, or offer less."
            )


def headline_advice(place: str, text: Any, legible: Legible) -> Iterator[str]:
    """Whether a headline can be read from the mat. Its words may differ from side to side.

    Args:
        place: The field that it is in.
        text: The headline, or a table with one for each side.
        legible: How long a headline may be.
    """
    for each in _texts(text):
        shown = each.replace("{side}", "right").replace("{other}", "right")
        longest = max((len(word) for word in shown.split()), default=0)
        if len(shown) > legible.headline:
            yield (
                f"{place}: found {len(shown)} characters. From the mat {legible.headline} can be "
                f"read at most: write a shorter one."
            )
        elif longest > legible.word:
            yield (
                f"{place}: found a word of {longest} characters. From the mat {legible.word} can "
                f"be read in a line: find a shorter word."
            )


def _texts(value: Any) -> Iterator[str]:
    """The text itself, or those of a table of texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (each for each in value.values() if isinstance(each, str))
    elif isinstance(value, msgspec.Struct):
        yield from _texts(msgspec.structs.asdict(value))


def _is_picture(sign: str) -> bool:
    return ord(sign) in _JOINING or ord(sign) >= _PICTURES or unicodedata.category(sign) == "So"


def _has_markup(text: str) -> bool:
    """Whether there is a tag such as ``<b>`` in `text`, or an entity such as ``&amp;``."""
    return _MARKUP.search(text) is not None
