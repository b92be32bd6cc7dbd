"""What survives a power cut: the running session as plain data, and the offer to go on with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.core.ledger import Ledger
from kiosk.core.plan import Step, plan_make_up, plan_session, work_begun
from kiosk.core.remaining import step_remaining_at
from kiosk.core.routine import Side
from kiosk.core.session import Choices, Rules, State, Status, ledger_at
from kiosk.core.story import Story


@dataclass(frozen=True, slots=True)
class Saved:
    """A running session as plain data.

    It has lengths of time only and no points in time, since clocks begin anew with the machine.

    Attributes:
        choices: The choices in force.
        index: The step that was being done.
        step: The id of that step, to notice if the routine's file has changed since.
        remaining: Routine seconds remaining of a timed step, None for another.
        ledger: Seconds held so far.
        make_up: Whole seconds that each side is making up; empty in an ordinary session.
        step_count: How many steps the session has, also to notice if the file has changed: with
            other sets the same step comes elsewhere. None if an earlier version saved it.
        elapsed: Clock seconds since the session began; in a step that waits for a press, those at
            which the wait began.
        story: What has happened in it, None if an earlier version saved it.
    """

    choices: Choices
    index: int
    step: str
    remaining: float | None
    ledger: Ledger
    make_up: Mapping[Side, int]
    step_count: int | None = None
    elapsed: float = 0.0
    story: Story | None = None


def save(state: State, now: float, rules: Rules) -> Saved | None:
    """What to save of `state` at `now` (clock seconds); None if no session is under way."""
    step = state.step
    if step is None or not state.under_way:
        return None
    remaining = step_remaining_at(state, now, rules)
    ledger = ledger_at(state, now, rules)
    counting = state.status is Status.RUNNING and step.seconds is not None
    return Saved(
        choices=state.choices,
        index=state.index,
        step=step.id,
        remaining=remaining,
        ledger=ledger,
        make_up=state.make_up,
        step_count=len(state.steps),
        elapsed=round((now if counting else state.since) - state.began, 3),
        story=state.story,
    )


def offer(saved: Saved, now: float, rules: Rules, session: int) -> State | None:
    """The state that offers to go on with `saved`.

    Args:
        saved: What was saved.
        now: Clock seconds.
        rules: What stays the same while the station runs.
        session: The number that the session goes on under.

    Returns:
        The state, or None if there is nothing to go on with: either no hold and no load had come
        yet, or the routine has changed so that the saved step no longer fits.
    """
    steps = _plan(saved, rules)
    if saved.step_count not in (None, len(steps)):
        return None
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
        began=now - saved.elapsed,
        story=saved.story,
    )


def marks_passed(step: Step, remaining: float) -> int:
    """How many marks of `step` are over when `remaining` routine seconds of it remain.

    A mark that is due at that very moment counts as over.
    """
    return sum(1 for mark in step.marks if mark.remaining >= remaining)


def _plan(saved: Saved, rules: Rules) -> tuple[Step, ...]:
    choices = saved.choices
    routine = rules.routines.get(choices.routine)
    if routine is None or choices.seconds not in routine.side_seconds:
        return ()
    if saved.make_up:
        return plan_make_up(routine, choices.side, saved.make_up, choices.seconds)
    return plan_session(routine, choices.side, choices.seconds)


def _within(step: Step, remaining: float | None) -> float | None:
    """`remaining`, but not below 0 and not above the seconds that `step` has now.

    None if the step has no time. All the seconds of the step if none were saved.
    """
    if step.seconds is None:
        return None
    if remaining is None:
        return float(step.seconds)
    return min(max(remaining, 0.0), float(step.seconds))
