"""The plan: a routine flattened into the steps of one session, with sides, seconds and cues set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kiosk.core.cues import Cue
from kiosk.core.routine import Choosable, Kind, Routine, RoutineStep, Side

#: Seconds before the end of a side at which the countdown sounds.
COUNTDOWN = (3, 2, 1)

#: A hold of a make-up is not cut shorter than this many seconds.
SHORTEST_MAKE_UP_HOLD = 10

#: Seconds that a step without seconds of its own is taken to last where the length of a session is
#: told beforehand. A person may take as long as they like over such a step, so it is an allowance
#: and no rule: with it the psoas release at two minutes a side is told as "about 6 minutes".
UNTIMED_SECONDS = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue within a step.

    Attributes:
        remaining: Routine seconds remaining of the step when it sounds.
        cue: What sounds.
    """

    remaining: float
    cue: Cue


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a session.

    Attributes:
        id: The routine step's id; occurs once a side.
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
    """Whether one of `steps` is a hold, or has a load on the body.

    With all the steps up to the current one: from here on the member is at work, so that side and
    seconds are settled, and a power cut leaves something to go on with.
    """
    return any(step.loaded or step.kind is Kind.HOLD for step in steps)


def plan_session(routine: Routine, first: Side, seconds_a_side: int) -> tuple[Step, ...]:
    """Flatten `routine`: prepare, the first side, switch, the other side, finish.

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
    """Flatten what makes up for `missing` seconds: only the sides that are short, then finish.

    Each hold lasts at least `SHORTEST_MAKE_UP_HOLD` seconds where there are that many; holds that
    would be shorter are left out, the last ones first.

    Args:
        routine: The routine.
        first: The side that is done first if both are short.
        missing: Whole seconds that a side is short by; sides at 0 or absent are left out.
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
    """Whole parts of `total` in proportion to `weights`, which add up to it exactly."""
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
    """The steps of one side; holds beyond `lengths` are left out."""
    steps: list[Step] = []
    remaining_lengths = iter(lengths)
    for step in template:
        if step.kind is not Kind.HOLD:
            steps.append(_plain(step, side))
        elif (seconds := next(remaining_lengths, None)) is not None:
            steps.append(replace(_plain(step, side), seconds=seconds))
    return _with_countdown(_with_halfway(steps, sum(lengths) / 2))


def _with_halfway(steps: Sequence[Step], half: float) -> list[Step]:
    """Put the halfway cue at the moment when `half` of the side's seconds have been held.

    That is within a hold, or as a hold begins: then the cue is the one of the step itself.
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
    """Put 3-2-1 at the end of the last hold, as far as it is long enough."""
    last = max(number for number, step in enumerate(steps) if step.kind is Kind.HOLD)
    hold = steps[last]
    countdown = [Mark(to_go, Cue.COUNTDOWN) for to_go in COUNTDOWN if to_go < (hold.seconds or 0)]
    marks = sorted((*hold.marks, *countdown), key=lambda mark: -mark.remaining)
    return [*steps[:last], replace(hold, marks=tuple(marks)), *steps[last + 1 :]]
