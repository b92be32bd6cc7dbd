"""The plan: all steps of one session in a row, each with its side, its seconds and its cues."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from kiosk.core.cues import Cue
from kiosk.core.routine import Choosable, Kind, Routine, RoutineStep, Side, Sides

#: Seconds before the end of a set at which the countdown sounds.
COUNTDOWN = (3, 2, 1)

#: Seconds before the end of a set at which the voice says so; nothing sounds. Without a voice it is
#: a moment at which nothing happens.
TOLD_BEFORE_END = 10

#: How many seconds the last hold of a set must have, so that what is said at its start is over
#: before `TOLD_BEFORE_END`.
TOLD_IN_HOLDS_FROM = 20

#: If half of a set is over less than so many seconds from `TOLD_BEFORE_END`, only half is told.
TOLD_APART = 3

#: How many seconds a hold should last at least when missing seconds are made up.
SHORTEST_MAKE_UP_HOLD = 10

#: How many seconds a step that waits for a press is taken to last, when the attract screen tells
#: how long a session will take. It is a guess, since a person may take as long as they like. With
#: it the psoas release at two minutes a side is announced as "about 6 minutes".
UNTIMED_SECONDS = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment within a step, not at its start, at which a cue sounds or the voice says something.

    A hold of 45 s that is all of a side has a mark at half of it, one that is only told ten seconds
    before its end, and three just before it::

        seconds remaining   45         22.5     10       3  2  1  0
                             |-----------|-------|-------|--|--|--|
                                      halfway   told     countdown

    Attributes:
        remaining: Routine seconds that remain of the step when the cue sounds.
        cue: What sounds; None if nothing does, and only the voice tells it.
    """

    remaining: float
    cue: Cue | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a session.

    Attributes:
        id: The routine step's id. A step that is done on each side, or in each set, is in a
            session as often, with the same id.
        kind: What makes it go on.
        side: The side it is done on, None if it has none. A hold without a side is done on both.
        seconds: Routine seconds it lasts, None if a press alone ends it.
        pose: Name of its figure.
        inset: Name of its small second figure, or None.
        loaded: Whether a load may lie on the body.
        chooses: What the member may choose on it.
        cue: What sounds when the step is entered from the one before it.
        marks: What sounds within it, the earliest first.
        set_number: Which set of its side it belongs to, counted from 1.
        set_count: How many sets there are of that side; 1 outside of the sets.
    """

    id: str
    kind: Kind
    side: Side | None
    seconds: int | None
    pose: str
    inset: str | None
    loaded: bool
    chooses: frozenset[Choosable] = frozenset()
    cue: Cue = Cue.TICK
    marks: tuple[Mark, ...] = ()
    set_number: int = 1
    set_count: int = 1


def work_begun(steps: Sequence[Step]) -> bool:
    """Whether one of `steps` is a hold, or a step with a load on the body.

    Ask it about the steps from the first one to the current one. If it says yes, the member is at
    work: side and seconds can no longer be chosen, and after a power cut there is something to go
    on with.
    """
    return any(step.loaded or step.kind is Kind.HOLD for step in steps)


def plan_session(routine: Routine, first: Side, seconds_a_side: int) -> tuple[Step, ...]:
    """The steps of a whole session: prepare, the sets with the switches between them, finish.

    Every set has the same steps, and gets the same share of the seconds.

    Args:
        routine: The routine.
        first: The side done first.
        seconds_a_side: Seconds of all the holds of one side together, 1 or more.
    """
    sides = _sides(routine, first)
    lengths = _lengths(routine, seconds_a_side)
    turns = [
        _Turn(side, number, routine.sets, of_a_set)
        for side in sides
        for number, of_a_set in enumerate(lengths, start=1)
    ]
    return (
        *(_plain(step, sides[0]) for step in routine.prepare),
        *_work(routine, turns),
        *_finish(routine, sides[-1]),
    )


def plan_make_up(
    routine: Routine, first: Side, missing: Mapping[Side, int], seconds_a_side: int
) -> tuple[Step, ...]:
    """The steps that make up for `missing` seconds: only the sides that are short, then finish.

    No set gets longer than it was in the session, so a side may need several of them. Many very
    short holds help nobody. So only the first holds of a set are done, as many as
    `SHORTEST_MAKE_UP_HOLD` goes into the missing seconds, and one at least. If 25 s are missing of
    four equal holds, two are done, with 12 and 13 s.

    Args:
        routine: The routine.
        first: The side that is done first if both are short.
        missing: Whole seconds that each side is short by. A side that is not in it, or has 0, is
            not done. If both sides work at once, they are short by the same.
        seconds_a_side: Seconds that a side had to hold in the session, 1 or more.
    """
    sides = _sides(routine, first)
    of_a_set = max(1, seconds_a_side // routine.sets)
    weights = [step.seconds or 0 for step in _holds(routine)]
    turns: list[_Turn] = []
    for side in sides:
        seconds = max(missing.values(), default=0) if side is None else missing.get(side, 0)
        sets = min(routine.sets, math.ceil(seconds / of_a_set))
        for number, share in enumerate(share_out(seconds, [1] * sets), start=1):
            fitting = max(1, min(len(weights), share // SHORTEST_MAKE_UP_HOLD))
            turns.append(_Turn(side, number, sets, share_out(share, weights[:fitting])))
    last = turns[-1].side if turns else sides[-1]
    return (*_work(routine, turns), *_finish(routine, last))


def session_minutes(routine: Routine, seconds_a_side: int) -> int:
    """About how many minutes a whole session takes, at least 1.

    Steps that a press ends count as `UNTIMED_SECONDS` each.

    Args:
        routine: The routine.
        seconds_a_side: Seconds of all the holds of one side together, 1 or more.
    """
    steps = plan_session(routine, Side.RIGHT, seconds_a_side)
    seconds = sum(UNTIMED_SECONDS if step.seconds is None else step.seconds for step in steps)
    return max(1, round(seconds / 60))


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` seconds out among holds, in proportion to their `weights`.

    The shares are whole seconds and add up to exactly `total`, since it is their ends that are
    rounded: 90 s for four equal holds end at 22, 45, 68 and 90 s, so they last 22, 23, 23 and 22.
    """
    whole = sum(weights)
    ends = [round(total * sum(weights[: n + 1]) / whole) for n in range(len(weights))]
    return [later - earlier for earlier, later in pairwise([0, *ends])]


class _Turn(NamedTuple):
    """One set of one side.

    Attributes:
        side: The side, None if both work at once.
        number: Which of its sets it is, from 1.
        sets: How many sets the side has.
        lengths: Seconds of each of its holds; further holds are left out.
    """

    side: Side | None
    number: int
    sets: int
    lengths: Sequence[int]


def _sides(routine: Routine, first: Side) -> tuple[Side | None, ...]:
    """The sides of `routine` in their order; a single None if both work at once."""
    return (None,) if routine.sides is Sides.BOTH_AT_ONCE else (first, first.other)


def _lengths(routine: Routine, seconds_a_side: int) -> list[list[int]]:
    """Seconds of each hold of each set; whole breaths where breaths are counted."""
    breaths = routine.breaths(seconds_a_side)
    whole, unit = (seconds_a_side, 1) if breaths is None else (breaths, seconds_a_side // breaths)
    weights = [step.seconds or 0 for step in _holds(routine)]
    sets = share_out(whole, [1] * routine.sets)
    return [[unit * share for share in share_out(of_a_set, weights)] for of_a_set in sets]


def _holds(routine: Routine) -> list[RoutineStep]:
    return [step for step in routine.each_side if step.kind is Kind.HOLD]


def _work(routine: Routine, turns: Sequence[_Turn]) -> list[Step]:
    """The steps of `turns` in the routine's order, with a switch wherever the side changes."""
    if routine.sides is Sides.ALTERNATING:
        turns = sorted(turns, key=lambda turn: turn.number)
    steps: list[Step] = []
    for before, turn in zip([None, *turns], turns, strict=False):
        if before is not None and before.side is not turn.side:
            steps += (_plain(step, turn.side) for step in routine.switch)
        steps += _one_set(routine.each_side, turn)
    return steps


def _plain(step: RoutineStep, side: Side | None) -> Step:
    return Step(
        id=step.id,
        kind=step.kind,
        side=side if step.sided else None,
        seconds=step.seconds,
        pose=step.pose,
        inset=step.inset,
        loaded=step.loaded,
        chooses=step.chooses,
        cue=Cue.SWITCH if step.kind is Kind.SWITCH else Cue.TICK,
    )


def _finish(routine: Routine, last: Side | None) -> list[Step]:
    steps = [_plain(step, last) for step in routine.finish]
    return [replace(steps[0], cue=Cue.FINISHED), *steps[1:]]


def _one_set(template: Sequence[RoutineStep], turn: _Turn) -> list[Step]:
    """The steps of one set.

    If the turn has fewer lengths than there are holds, the last holds are left out.
    """
    steps: list[Step] = []
    lengths = iter(turn.lengths)
    for step in template:
        planned = replace(
            _plain(step, turn.side),
            side=turn.side,
            set_number=turn.number,
            set_count=turn.sets,
        )
        if step.kind is not Kind.HOLD:
            steps.append(planned)
        elif (seconds := next(lengths, None)) is not None:
            steps.append(replace(planned, seconds=seconds))
    return _with_countdown(_with_halfway(steps, sum(turn.lengths) / 2))


def _with_halfway(steps: Sequence[Step], half: float) -> list[Step]:
    """Add the halfway cue, at the moment when `half` seconds of the set have been held.

    If that moment is within a hold, the cue is a mark of the hold. If it is the start of a hold,
    the hold begins with it instead of with a tick.
    """
    told: list[Step] = []
    held = 0
    for step in steps:
        seconds = step.seconds or 0
        into = half - held
        held += seconds
        if 0 < into < seconds:
            told.append(replace(step, marks=(Mark(seconds - into, Cue.HALFWAY),)))
        elif into == 0 and step.kind is Kind.HOLD:
            told.append(replace(step, cue=Cue.HALFWAY))
        else:
            told.append(step)
    return told


def _with_countdown(steps: Sequence[Step]) -> list[Step]:
    """Add the marks 10 and 3, 2, 1 before the end of the last hold.

    A mark for which the hold is too short is left out.
    """
    last = max(number for number, step in enumerate(steps) if step.kind is Kind.HOLD)
    hold = steps[last]
    countdown = [Mark(to_go, Cue.COUNTDOWN) for to_go in COUNTDOWN if to_go < (hold.seconds or 0)]
    told = _told_before_end(hold)
    marks = sorted((*hold.marks, *told, *countdown), key=lambda mark: -mark.remaining)
    return [*steps[:last], replace(hold, marks=tuple(marks)), *steps[last + 1 :]]


def _told_before_end(hold: Step) -> list[Mark]:
    """The mark at which the voice says that the set ends soon, unless it would only disturb."""
    beside = any(abs(mark.remaining - TOLD_BEFORE_END) < TOLD_APART for mark in hold.marks)
    if (hold.seconds or 0) < TOLD_IN_HOLDS_FROM or beside:
        return []
    return [Mark(TOLD_BEFORE_END, None)]
