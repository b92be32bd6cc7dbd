"""What the cells of the transition table do. Each move is pure and says what it leads to."""

from dataclasses import dataclass, field, replace

from kiosk.core.cues import Cue
from kiosk.core.plan import Step, plan_make_up, plan_session
from kiosk.core.routine import Kind, Side
from kiosk.core.session import (
    Choices,
    Choose,
    End,
    Ending,
    Outcome,
    Refusal,
    Rules,
    State,
    Status,
    ledger_at,
    step_remaining_at,
)


@dataclass(frozen=True, slots=True)
class Move:
    """What a move is given.

    Attributes:
        state: The state before it.
        now: Clock seconds.
        rules: What stays the same while the station runs.
        choice: What was chosen, for a choice.
        stopped_at: For weight off: clock seconds of the press that was then held.
    """

    state: State
    now: float
    rules: Rules
    choice: Choose = field(default_factory=Choose)
    stopped_at: float | None = None


def nothing(move: Move) -> Outcome:
    """Leave everything as it is."""
    return Outcome(move.state)


def start(move: Move) -> Outcome:
    """Begin a session at its first step."""
    state = replace(move.state, session=move.state.session + 1)
    return _enter(replace(state, steps=_plan(state.choices, move.rules)), 0, move)


def next_step(move: Move) -> Outcome:
    """Go on to the next step because of a press: its seconds count from now."""
    state = _settle_ledger(move.state, move.now, move.rules)
    return _enter(state, state.index + 1, move)


def step_over(move: Move) -> Outcome:
    """A timed step's seconds are over, or an untimed one has waited for too long."""
    state = move.state
    if state.step is None or state.step.seconds is None:
        deadline = move.now + move.rules.timing.asking
        asking = replace(state, status=Status.ASKING, since=move.now, deadline=deadline)
        return Outcome(asking, Cue.STILL_THERE)
    over = state.deadline
    state = _settle_ledger(state, move.now, move.rules)
    return _enter(state, state.index + 1, move, chained_to=over)


def step_back(move: Move) -> Outcome:
    """Go back to the step before, to do it again from its start; what was held stays held."""
    state = _settle_ledger(move.state, move.now, move.rules)
    if state.index == 0:
        return stop(move)
    return replace(_enter(state, state.index - 1, move), cue=Cue.TICK)


def weight_off(move: Move) -> Outcome:
    """Freeze everything: the kettlebell comes off. At a gate there is nothing on: attract."""
    state, rules = move.state, move.rules
    if state.step is not None and state.step.kind is Kind.GATE:
        return stop(move)
    stopped_at = move.now if move.stopped_at is None else move.stopped_at
    paused = replace(
        _settle_ledger(state, stopped_at, rules),
        status=Status.PAUSED,
        since=move.now,
        deadline=move.now + rules.timing.paused,
        remaining=step_remaining_at(state, stopped_at, rules),
    )
    return Outcome(paused, Cue.WEIGHT_OFF)


def go_on(move: Move) -> Outcome:
    """Go on where the session stands: a hold after a moment to get ready, the rest at once."""
    state = move.state
    if state.step is not None and state.step.kind is Kind.HOLD:
        deadline = move.now + move.rules.timing.get_ready / move.rules.speed
        ready = replace(state, status=Status.READY, since=move.now, deadline=deadline)
        return Outcome(ready, Cue.TICK)
    return Outcome(_run(state, move.now, move.rules), Cue.TICK)


def hold_now(move: Move) -> Outcome:
    """Start the hold's clock with what remained of it; by itself, when get-ready was over."""
    state = move.state
    over = move.now if state.deadline is None else min(move.now, state.deadline)
    return Outcome(_run(state, over, move.rules), Cue.TICK)


def still_there(move: Move) -> Outcome:
    """Somebody is: back to the step that was waiting."""
    return Outcome(_run(move.state, move.now, move.rules), Cue.TICK)


def stop(move: Move) -> Outcome:
    """The member ends the session."""
    return _leave(move, End.STOPPED)


def abandon(move: Move) -> Outcome:
    """Nobody is there any more."""
    return _leave(move, End.ABANDONED)


def leave(move: Move) -> Outcome:
    """The summary has been read; its session has ended already."""
    return Outcome(attract(move.rules, move.now, move.state))


def make_up_or_leave(move: Move) -> Outcome:
    """Make up the seconds that a side is short by, if any; else attract."""
    state = move.state
    missing = missing_seconds(state, move.rules)
    if not missing:
        return replace(leave(move), cue=Cue.TICK)
    routine = move.rules.routines[state.choices.routine]
    steps = plan_make_up(routine, state.choices.side, missing)
    return _enter(replace(state, steps=steps, make_up=missing), 0, move)


def choose(move: Move) -> Outcome:
    """Take a choice, where it can still be taken; it counts as a sign of life."""
    state, choice = move.state, move.choice
    wants_more = (choice.side, choice.seconds, choice.routine) != (None, None, None)
    if wants_more and not state.preparing:
        return Outcome(state, refusal=Refusal.TOO_LATE)
    chosen = _chosen(state.choices, choice, move.rules)
    if isinstance(chosen, Refusal):
        return Outcome(state, refusal=chosen)
    changed = replace(state, choices=chosen)
    if not wants_more or state.status is Status.ATTRACT:
        return Outcome(changed)
    same = chosen.routine == state.choices.routine
    changed = replace(changed, steps=_plan(chosen, move.rules), index=state.index if same else 0)
    return Outcome(_run(changed, move.now, move.rules))


def attract(rules: Rules, now: float, before: State | None = None) -> State:
    """The state of a station that nobody uses; what outlives a session is kept from `before`."""
    fresh = State(status=Status.ATTRACT, choices=rules.defaults, since=now)
    if before is None:
        return fresh
    return replace(
        fresh,
        version=before.version,
        session=before.session,
        ignored=before.ignored,
        stuck=before.stuck,
        last_press=before.last_press,
        last_advance=before.last_advance,
    )


def missing_seconds(state: State, rules: Rules) -> dict[Side, int]:
    """Whole seconds that each side is short by, of those that are short by enough to matter."""
    short = {side: state.choices.seconds - state.ledger.of(side) for side in Side}
    return {side: round(by) for side, by in short.items() if by > rules.timing.short_by}


def mark_at(state: State, rules: Rules) -> float | None:
    """Clock seconds of the running step's next mark, or None."""
    if state.status is not Status.RUNNING or state.step is None or state.deadline is None:
        return None
    if state.next_mark >= len(state.step.marks):
        return None
    return state.deadline - state.step.marks[state.next_mark].remaining / rules.speed


def pass_mark(state: State) -> Outcome:
    """The running step's next mark has come."""
    marks = state.step.marks if state.step is not None else ()
    return Outcome(replace(state, next_mark=state.next_mark + 1), marks[state.next_mark].cue)


def stopped_ending(state: State, now: float, rules: Rules) -> Ending:
    """The ending of `state`'s session if the member stops it now."""
    return _ending(state, End.STOPPED, now, rules)


def finished_ending(state: State, now: float, rules: Rules) -> Ending:
    """The ending of the session whose summary `state` is."""
    return _ending(state, End.FINISHED, now, rules)


def _plan(choices: Choices, rules: Rules) -> tuple[Step, ...]:
    return plan_session(rules.routines[choices.routine], choices.side, choices.seconds)


def _chosen(old: Choices, choice: Choose, rules: Rules) -> Choices | Refusal:
    routine_id = choice.routine or old.routine
    routine = rules.routines.get(routine_id)
    if routine is None:
        return Refusal.NO_SUCH_ROUTINE
    seconds = old.seconds if choice.seconds is None else choice.seconds
    if choice.seconds is None and seconds not in routine.side_seconds:
        seconds = routine.default_seconds
    if seconds not in routine.side_seconds:
        return Refusal.NO_SUCH_SECONDS
    language = choice.language or old.language
    if choice.language is None and language not in routine.texts:
        language = next(iter(routine.texts))
    if language not in routine.texts:
        return Refusal.NO_SUCH_LANGUAGE
    return Choices(routine_id, choice.side or old.side, seconds, language)


def _enter(state: State, index: int, move: Move, chained_to: float | None = None) -> Outcome:
    """Enter the step at `index`, or the summary after the last one."""
    now, rules = move.now, move.rules
    if index == len(state.steps):
        ending = finished_ending(state, now, rules)
        deadline = now + rules.timing.summary
        over = replace(state, status=Status.SUMMARY, since=now, deadline=deadline, remaining=None)
        return Outcome(over, Cue.TICK, ending)
    step = state.steps[index]
    fresh = replace(state, index=index, next_mark=0, remaining=step.seconds)
    begin = now if chained_to is None or step.seconds is None else chained_to
    return Outcome(_run(fresh, begin, rules), step.cue)


def _run(state: State, begin: float, rules: Rules) -> State:
    """Run the current step: what remains of a timed one from `begin`, or wait for a press."""
    step = state.step
    if step is None or step.seconds is None:
        deadline = begin + rules.timing.idle
    else:
        remaining = step.seconds if state.remaining is None else state.remaining
        deadline = begin + remaining / rules.speed
    return replace(state, status=Status.RUNNING, since=begin, deadline=deadline, remaining=None)


def _settle_ledger(state: State, now: float, rules: Rules) -> State:
    """Put the seconds of the running hold into the ledger."""
    if not state.holding:
        return state
    return replace(state, ledger=ledger_at(state, now, rules), since=now)


def _leave(move: Move, end: End) -> Outcome:
    ending = _ending(move.state, end, move.now, move.rules)
    return Outcome(attract(move.rules, move.now, move.state), Cue.TICK, ending)


def _ending(state: State, end: End, now: float, rules: Rules) -> Ending:
    return Ending(end, state.session, state.steps[state.index], ledger_at(state, now, rules))
