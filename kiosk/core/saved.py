"""What survives a power cut: the running session as plain data, and the offer made from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.core.ledger import Ledger
from kiosk.core.plan import Step, plan_make_up, plan_session, work_begun
from kiosk.core.routine import Side
from kiosk.core.session import Choices, Rules, State, Status, ledger_at, step_remaining_at


@dataclass(frozen=True, slots=True)
class Saved:
    """A running session, without clocks: nothing in it depends on what time it is.

    Attributes:
        choices: The choices in force.
        index: The step that was being done.
        step: Its id, to notice that the routine has changed since.
        remaining: Routine seconds remaining of a timed step, else None.
        ledger: Seconds held so far.
        make_up: Whole seconds being made up by side.
    """

    choices: Choices
    index: int
    step: str
    remaining: float | None
    ledger: Ledger
    make_up: Mapping[Side, int]


def save(state: State, now: float, rules: Rules) -> Saved | None:
    """The session to save at `now`; None if there is none that a power cut could interrupt."""
    step = state.step
    if step is None or not state.under_way:
        return None
    remaining = step_remaining_at(state, now, rules)
    ledger = ledger_at(state, now, rules)
    return Saved(state.choices, state.index, step.id, remaining, ledger, state.make_up)


def offer(saved: Saved, now: float, rules: Rules, session: int) -> State | None:
    """The state that offers to go on with `saved`.

    Args:
        saved: What was saved.
        now: Clock seconds.
        rules: What stays the same while the station runs.
        session: The number that the session goes on under.

    Returns:
        The state, or None if nothing is worth going on with: nothing had been held or laid on
        yet, or the routine is not what it was.
    """
    steps = _plan(saved, rules)
    if not 0 <= saved.index < len(steps) or steps[saved.index].id != saved.step:
        return None
    if not saved.make_up and not work_begun(steps[: saved.index + 1]):
        return None
    step = steps[saved.index]
    remaining = _within(step, saved.remaining)
    return State(
        status=Status.RESUME,
        choices=saved.choices,
        since=now,
        deadline=now + rules.timing.resume_ends_after,
        session=session,
        version=1,  # 0 is the version of a station that starts in attract
        steps=steps,
        index=saved.index,
        remaining=remaining,
        next_mark=0 if remaining is None else marks_passed(step, remaining),
        ledger=saved.ledger,
        make_up=saved.make_up,
    )


def marks_passed(step: Step, remaining: float) -> int:
    """How many marks of `step` have come once it has `remaining` routine seconds to go.

    A mark that is due at that very moment has come.
    """
    return sum(1 for mark in step.marks if mark.remaining >= remaining)


def _plan(saved: Saved, rules: Rules) -> tuple[Step, ...]:
    choices = saved.choices
    routine = rules.routines.get(choices.routine)
    if routine is None or choices.seconds not in routine.side_seconds:
        return ()
    if choices.language not in routine.texts:
        return ()
    if saved.make_up:
        return plan_make_up(routine, choices.side, saved.make_up)
    return plan_session(routine, choices.side, choices.seconds)


def _within(step: Step, remaining: float | None) -> float | None:
    """`remaining`, brought within the seconds that `step` has now; None if it is untimed."""
    if step.seconds is None:
        return None
    if remaining is None:
        return float(step.seconds)
    return min(max(remaining, 0.0), float(step.seconds))
