"""How long the holds of a routine file are: in seconds or in breaths, and which lengths it offers.

The author gives each hold its seconds or its breaths. Unless other lengths are offered, a side
lasts as long as its holds in all its sets together; a length that is offered is shared out among
the sets, and among the holds of a set in proportion.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kiosk.core.plan import share_out
from kiosk.core.routine import Kind
from kiosk.library.routine_shapes import RoutineShape, StepShape

#: A side lasts no longer than this, in seconds; a breath is counted as the longest that there is.
LONGEST_SIDE = 900

#: Seconds of the longest breath that the settings allow.
LONGEST_BREATH = 8


class Lengths(NamedTuple):
    """The lengths of a side that a routine offers.

    Attributes:
        side_seconds: The lengths in seconds, ascending.
        default_seconds: The one of them taken unless chosen.
        breath_seconds: Seconds of a breath if the file counts breaths, else None.
    """

    side_seconds: tuple[int, ...]
    default_seconds: int
    breath_seconds: int | None


def lengths_of(shape: RoutineShape, breath_seconds: int) -> Lengths:
    """The lengths that a routine file without problems offers.

    Args:
        shape: The routine file.
        breath_seconds: Seconds of a breath.
    """
    count = _Count(shape)
    offered = count.offered or (count.whole,)
    default = offered[0] if count.default is None else count.default
    unit = breath_seconds if count.unit == "breaths" else 1
    return Lengths(
        tuple(unit * length for length in offered),
        unit * default,
        breath_seconds if count.unit == "breaths" else None,
    )


def seconds_of(step: StepShape, breath_seconds: int) -> int | None:
    """The seconds of a step, None if a press alone ends it."""
    return step.seconds if step.breaths is None else step.breaths * breath_seconds


def length_problems(shape: RoutineShape) -> Iterator[str]:
    """What is wrong with the lengths in a routine file, a sentence each."""
    count = _Count(shape)
    yield from _unit_problems(shape, count)
    yield from _offer_problems(count, shape.sets)
    if count.holds and all(count.holds):
        for length in count.offered or (count.whole,):
            yield from _share_problems(shape, count, length)


class _Count:
    """The lengths of a routine file in the unit that it counts in, as far as they are there."""

    def __init__(self, shape: RoutineShape) -> None:
        holds = [step for step in shape.each_side if step.kind == Kind.HOLD.value]
        by_breaths = any(step.breaths is not None for step in holds)
        self.unit = "breaths" if by_breaths else "seconds"
        self.ids = [step.id for step in holds]
        self.holds = [(step.breaths if by_breaths else step.seconds) or 0 for step in holds]
        self.whole = shape.sets * sum(self.holds)
        self.offered = (shape.side_breaths if by_breaths else shape.side_seconds) or ()
        self.default = shape.default_breaths if by_breaths else shape.default_seconds


def _unit_problems(shape: RoutineShape, count: _Count) -> Iterator[str]:
    """What mixes seconds and breaths."""
    other = "seconds" if count.unit == "breaths" else "breaths"
    for step in shape.each_side:
        if step.kind == Kind.HOLD.value and getattr(step, other) is not None:
            yield (
                f'each_side["{step.id}"].{other}: found {getattr(step, other)}, but there are '
                f"holds with breaths. Count all holds in seconds, or all in breaths."
            )
    for field in (f"side_{other}", f"default_{other}"):
        if (found := getattr(shape, field)) is not None:
            right = field.replace(other, count.unit)
            yield f"{field}: found {found}. The holds are in {count.unit}: write {right} instead."


def _offer_problems(count: _Count, sets: int) -> Iterator[str]:
    """What is wrong with the lengths that are offered, and with the one that is taken of them."""
    offers, default = f"side_{count.unit}", f"default_{count.unit}"
    found = list(count.offered)
    if found != sorted(set(found)):
        yield f"{offers}: found {found}. They must ascend, each once: {sorted(set(found))}."
    if uneven := [length for length in found if length % sets]:
        yield (
            f"{offers}: found {', '.join(map(str, uneven))}. A side has {sets} sets of the same "
            f"length: write lengths that {sets} divides."
        )
    if not found and count.default is not None:
        yield (
            f"{default}: found {count.default}, but no {offers}. Without it a side lasts as long "
            f"as its holds: leave {default} out."
        )
    elif count.default is None and len(found) > 1:
        yield f"{default} is missing. Say which of {offers} is taken unless chosen."
    elif count.default is not None and count.default not in found:
        yield (
            f"{default}: found {count.default}. "
            f"It must be one of {offers}: {', '.join(map(str, found))}."
        )


def _share_problems(shape: RoutineShape, count: _Count, length: int) -> Iterator[str]:
    """What is wrong with the shares of a side that lasts `length`."""
    seconds = length * (LONGEST_BREATH if count.unit == "breaths" else 1)
    if seconds > LONGEST_SIDE:
        yield (
            f"each_side: a side of {length} {count.unit} may take {seconds} seconds. At most are "
            f"{LONGEST_SIDE}: write less."
        )
    for step, share in zip(count.ids, share_out(length // shape.sets, count.holds), strict=True):
        if share == 0:
            yield (
                f'each_side["{step}"].{count.unit}: nothing is left for it when a side lasts '
                f"{length} {count.unit}. Give it more, or leave that length out."
            )
