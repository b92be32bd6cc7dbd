"""Routine seconds that remain at a moment: of the countdown, of a step, of a side."""

from kiosk.core.routine import Kind
from kiosk.core.session import Rules, State, Status


def remaining_at(state: State, now: float, rules: Rules) -> float | None:
    """Routine seconds that remain at `now` of the countdown on the screen, never negative.

    While the member gets ready, or is shown one routine after the other, it counts the seconds of
    that; else it counts those of a timed step, whether its clock runs or stands still. None if
    there is no countdown.
    """
    if state.status not in (Status.READY, Status.BROWSING):
        return step_remaining_at(state, now, rules)
    return _until(state.deadline, now, rules)


def step_remaining_at(state: State, now: float, rules: Rules) -> float | None:
    """Routine seconds that remain at `now` of the step itself, never negative.

    While the member gets ready, these are the seconds that the hold will go on with. None in an
    untimed step and outside of a session.
    """
    if state.remaining is not None:
        return state.remaining
    step = state.step
    if state.status is not Status.RUNNING or step is None or step.seconds is None:
        return None
    return _until(state.deadline, now, rules)


def side_remaining_at(state: State, now: float, rules: Rules) -> float:
    """Routine seconds of holds that are still to come on the side of the current step.

    If the step has no side, that is all the holds that are still to come.
    """
    step = state.step
    if step is None:
        return 0.0
    later = sum(
        other.seconds or 0
        for other in state.steps[state.index + 1 :]
        if other.kind is Kind.HOLD and step.side in (None, other.side)
    )
    if step.kind is not Kind.HOLD:
        return float(later)
    own = step_remaining_at(state, now, rules)
    return later + (step.seconds or 0 if own is None else own)


def _until(deadline: float | None, now: float, rules: Rules) -> float | None:
    """Routine seconds from `now` to `deadline`, 0 once it has passed; None without a deadline."""
    return None if deadline is None else max(0.0, (deadline - now) * rules.speed)
