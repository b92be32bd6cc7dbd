"""The plan: all steps of one session in a row, each with its side, its seconds and its cues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kiosk.core.cues import Cue
from kiosk.core.routine import Choosable, Kind, Routine, RoutineStep, Side

#: Seconds before the end of a side at which the countdown sounds.
COUNTDOWN = (3, 2, 1)

#: How many seconds a hold should last at least when missing seconds are made up.
SHORTEST_MAKE_UP_HOLD = 10

#: How many seconds a step that waits for a press is taken to last, when the attract screen tells
#: how long a session will take. It is a guess, since a person may take as long as they like. With
#: it the psoas release at two minutes a side is announced as "about 6 minutes".
UNTIMED_SECONDS = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue that sounds within a step, not at its start.

    A hold of 45 s that is all of a side has a mark at half of it, and three before its end::

        seconds remaining   45         22.5          3  2  1  0
                             |-----------|-----------|--|--|--|
                                      halfway        countdown

    Attributes:
        remaining: Routine seconds that remain of the step when the cue sounds.
        cue: What sounds.
    """

    remaining: float
    cue: Cue


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a session.

    Attributes:
        id: The routine step's id. A step that is done on each side is in a session twice, with
            the same id.
        kind: What makes it go on.
        side: The side it is done on, None if it has none.
        seconds: Routine seconds it lasts, None if a press alone ends it.
        pose: Name of its figure.
        inset: Name of its small second figure, or None.
        loaded: Whether a load may lie on the body.
        chooses: What the member may choose on it.
        cue: What sounds when the step is entered from the one before it.
        marks: What sounds within it, the earliest first.
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


def work_begun(steps: Sequence[Step]) -> bool:
    """Whether one of `steps` is a hold, or a step with a load on the body.

    Ask it about the steps from the first one to the current one. If it says yes, the member is at
    work: side and seconds can no longer be chosen, and after a power cut there is something to go
    on with.
    """
    return any(step.loaded or step.kind is Kind.HOLD for step in steps)


def plan_session(routine: Routine, first: Side, seconds_a_side: int) -> tuple[Step, ...]:
    """The steps of a whole session: prepare, the first side, switch, the other side, finish.

    Args:
        routine: The routine.
        first: The side done first.
        seconds_a_side: Seconds of all the holds of one side together, 1 or more.
    """
    lengths = share_out(seconds_a_side, [step.seconds or 0 for step in _holds(routine)])
    return (
        *(_plain(step, first) for step in routine.prepare),
        *_one_side(routine.each_side, first, lengths),
        *(_plain(step, first.other) for step in routine.switch),
        *_one_side(routine.each_side, first.other, lengths),
        *_finish(routine, first.other),
    )


def plan_make_up(routine: Routine, first: Side, missing: Mapping[Side, int]) -> tuple[Step, ...]:
    """The steps that make up for `missing` seconds: only the sides that are short, then finish.

    Many very short holds help nobody. So only the first holds of a side are done, as many as
    `SHORTEST_MAKE_UP_HOLD` goes into the missing seconds, and one at least. If 25 s are missing of
    four equal holds, two are done, with 12 and 13 s.

    Args:
        routine: The routine.
        first: The side that is done first if both are short.
        missing: Whole seconds that each side is short by. A side that is not in it, or has 0, is
            not done.
    """
    short = [side for side in (first, first.other) if missing.get(side, 0) > 0]
    steps: list[Step] = []
    for side in short:
        if steps:
            steps += (_plain(step, side) for step in routine.switch)
        seconds = missing[side]
        fitting = max(1, min(len(_holds(routine)), seconds // SHORTEST_MAKE_UP_HOLD))
        weights = [step.seconds or 0 for step in _holds(routine)[:fitting]]
        steps += _one_side(routine.each_side, side, share_out(seconds, weights))
    return (*steps, *_finish(routine, short[-1] if short else first.other))


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


def _holds(routine: Routine) -> list[RoutineStep]:
    return [step for step in routine.each_side if step.kind is Kind.HOLD]


def _plain(step: RoutineStep, side: Side, cue: Cue = Cue.TICK) -> Step:
    return Step(
        id=step.id,
        kind=step.kind,
        side=side if step.sided else None,
        seconds=step.seconds,
        pose=step.pose,
        inset=step.inset,
        loaded=step.loaded,
        chooses=step.chooses,
        cue=Cue.SWITCH if step.kind is Kind.SWITCH else cue,
    )


def _finish(routine: Routine, last: Side) -> list[Step]:
    steps = [_plain(step, last) for step in routine.finish]
    return [replace(steps[0], cue=Cue.FINISHED), *steps[1:]]


def _one_side(template: Sequence[RoutineStep], side: Side, lengths: Sequence[int]) -> list[Step]:
    """The steps of one side, with `lengths` as the seconds of its holds.

    If there are fewer lengths than holds, the last holds are left out.
    """
    steps: list[Step] = []
    remaining_lengths = iter(lengths)
    for step in template:
        if step.kind is not Kind.HOLD:
            steps.append(_plain(step, side))
        elif (seconds := next(remaining_lengths, None)) is not None:
            steps.append(replace(_plain(step, side), seconds=seconds))
    return _with_countdown(_with_halfway(steps, sum(lengths) / 2))


def _with_halfway(steps: Sequence[Step], half: float) -> list[Step]:
    """Add the halfway cue, at the moment when `half` seconds of the side have been held.

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
    """Add the marks 3, 2, 1 before the end of the last hold.

    A mark for which the hold is too short is left out.
    """
    last = max(number for number, step in enumerate(steps) if step.kind is Kind.HOLD)
    hold = steps[last]
    countdown = [Mark(to_go, Cue.COUNTDOWN) for to_go in COUNTDOWN if to_go < (hold.seconds or 0)]
    marks = sorted((*hold.marks, *countdown), key=lambda mark: -mark.remaining)
    return [*steps[:last], replace(hold, marks=tuple(marks)), *steps[last + 1 :]]
