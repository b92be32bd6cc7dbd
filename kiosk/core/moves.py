"""The moves: what the cells of the transition table do.

A move is a pure function: it gets the moment at which it is made, and returns what it leads to.
The small functions that several moves share get only the parts of the moment that they need, and
always in the same order: state, now, rules.
"""

from dataclasses import dataclass, field, replace

from kiosk.core.cues import Cue
from kiosk.core.plan import Step, plan_make_up, plan_session
from kiosk.core.remaining import step_remaining_at
from kiosk.core.routine import Kind, Side
from kiosk.core.session import (
    Choices,
    Choose,
    End,
    Ending,
    Outcome,
    Rules,
    State,
    Status,
    ledger_at,
)
from kiosk.core.story import Story


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment at which a move is made: everything that the move may look at.

    Attributes:
        state: The state before the move.
        now: Clock seconds.
        rules: What stays the same while the station runs.
        choice: What the member chose; only used by the move for a choice.
        page: Which page of routines is to be shown; only used by the move that shows them.
        stopped_at: For weight off: clock seconds at which the button went down that was then
            held. None if nobody knows it; then weight off counts from `now`.
    """

    state: State
    now: float
    rules: Rules
    choice: Choose = field(default_factory=Choose)
    page: int = 0
    stopped_at: float | None = None


def nothing(moment: Moment) -> Outcome:
    """Leave everything as it is."""
    return Outcome(moment.state)


def start(moment: Moment) -> Outcome:
    """Begin a session at its first step."""
    state = replace(
        moment.state,
        session=moment.state.session + 1,
        steps=plan_of(moment.state.choices, moment.rules),
        began=moment.now,
        story=Story(),
    )
    return _enter(state, 0, moment.now, moment.rules)


def next_step(moment: Moment) -> Outcome:
    """Go on to the next step because of a press: its seconds count from now."""
    state = _settle_ledger(moment.state, moment.now, moment.rules)
    return _enter(state, state.index + 1, moment.now, moment.rules)


def step_over(moment: Moment) -> Outcome:
    """End a timed step whose seconds are over, or ask after a member who does not press.

    The deadlines of timed steps chain: the next step counts from the deadline of this one, not
    from the tick that noticed it, so a session does not drift. If a hold of 30 s began at 100.0,
    and the tick comes late, at 130.2, the next hold of 30 s still ends at 160.0.
    """
    state = moment.state
    if state.step is None or state.step.seconds is None:
        deadline = moment.now + moment.rules.timing.asking_ends_after
        asking = replace(state, status=Status.ASKING, since=moment.now, deadline=deadline)
        return Outcome(asking, Cue.STILL_THERE)
    over = state.deadline
    state = _settle_ledger(state, moment.now, moment.rules)
    return _enter(state, state.index + 1, moment.now, moment.rules, chained_to=over)


def step_back(moment: Moment) -> Outcome:
    """Go back to the step before, and do it again from its start.

    Seconds that have been held stay in the ledger. Before the first step there is none: going
    back from it ends the session.
    """
    state = _settle_ledger(moment.state, moment.now, moment.rules)
    if state.index == 0:
        return stop(moment)
    outcome = _enter(state, state.index - 1, moment.now, moment.rules)
    return replace(outcome, cue=Cue.TICK)


def weight_off(moment: Moment) -> Outcome:
    """Stop every clock of the session, so that the member can take the load off in peace.

    At a gate no load can be on the body yet, so there it ends the session.
    """
    state = moment.state
    if state.step is not None and state.step.kind is Kind.GATE:
        return stop(moment)
    outcome = back_to_weight_off(moment)
    if state.step is None or state.story is None:
        return outcome
    told = state.story.weight_off_in(state.step)
    return replace(outcome, state=replace(outcome.state, story=told))


def back_to_weight_off(moment: Moment) -> Outcome:
    """Stop every clock of the session again; the member has not called for weight off anew."""
    state, rules = moment.state, moment.rules
    stopped_at = moment.now if moment.stopped_at is None else moment.stopped_at
    paused = replace(
        _settle_ledger(state, stopped_at, rules),
        status=Status.PAUSED,
        since=moment.now,
        deadline=moment.now + rules.timing.paused_ends_after,
        remaining=step_remaining_at(state, stopped_at, rules),
    )
    return Outcome(paused, Cue.WEIGHT_OFF)


def go_on(moment: Moment) -> Outcome:
    """Go on with the step that was stopped.

    Before a hold the member gets a few seconds to get ready; any other step goes on at once.
    """
    state = moment.state
    if state.step is not None and state.step.kind is Kind.HOLD:
        deadline = moment.now + moment.rules.timing.get_ready / moment.rules.speed
        ready = replace(state, status=Status.READY, since=moment.now, deadline=deadline)
        return Outcome(ready, Cue.TICK)
    return Outcome(run(state, moment.now, moment.rules), Cue.TICK)


def hold_now(moment: Moment) -> Outcome:
    """Start the hold's clock with the seconds that remained of it.

    After a press it starts now. If get ready ended by itself it starts at that deadline, however
    late the tick is.
    """
    state = moment.state
    over = moment.now if state.deadline is None else min(moment.now, state.deadline)
    return Outcome(run(state, over, moment.rules), Cue.TICK)


def still_there(moment: Moment) -> Outcome:
    """Go back to the step that was waiting, since somebody has answered "Still there?"."""
    return Outcome(run(moment.state, moment.now, moment.rules), Cue.TICK)


def stop(moment: Moment) -> Outcome:
    """End the session because the member wants it."""
    return _leave(moment, End.STOPPED)


def abandon(moment: Moment) -> Outcome:
    """End the session because nobody is there any more."""
    return _leave(moment, End.ABANDONED)


def leave(moment: Moment) -> Outcome:
    """Go from the summary to attract; its session had ended before."""
    return Outcome(back_to_attract(moment.state, moment.now, moment.rules))


def make_up_or_leave(moment: Moment) -> Outcome:
    """Make up the seconds that a side is short by; if none is short, go to attract."""
    state = moment.state
    missing = missing_seconds(state, moment.rules)
    if not missing:
        return replace(leave(moment), cue=Cue.TICK)
    routine = moment.rules.routines[state.choices.routine]
    steps = plan_make_up(routine, state.choices.side, missing, state.choices.seconds)
    story = state.story
    if story is not None and story.finished_with is None:
        story = replace(story, finished_with=state.ledger.total)
    making_up = replace(state, steps=steps, make_up=missing, story=story)
    return _enter(making_up, 0, moment.now, moment.rules)


def attract(now: float, rules: Rules) -> State:
    """The state of a station that has just started, and that nobody uses yet."""
    return State(status=Status.ATTRACT, choices=rules.defaults, since=now)


def back_to_attract(state: State, now: float, rules: Rules) -> State:
    """The state of a station that nobody uses any more.

    What does not belong to one session is kept from `state`: its counters, the stuck button, and
    when the button was last pressed.
    """
    return replace(
        attract(now, rules),
        version=state.version,
        session=state.session,
        ignored=state.ignored,
        stuck=state.stuck,
        last_press=state.last_press,
        last_advance=state.last_advance,
    )


def missing_seconds(state: State, rules: Rules) -> dict[Side, int]:
    """Whole seconds that each side is short by.

    A side that is short by `Timing.short_by` or less is left out: that little does not matter.
    """
    short = {side: state.choices.seconds - state.ledger.of(side) for side in Side}
    return {side: round(by) for side, by in short.items() if by > rules.timing.short_by}


def mark_at(state: State, rules: Rules) -> float | None:
    """Clock seconds at which the next mark of the running step is due, or None."""
    if state.status is not Status.RUNNING or state.step is None or state.deadline is None:
        return None
    if state.next_mark >= len(state.step.marks):
        return None
    return state.deadline - state.step.marks[state.next_mark].remaining / rules.speed


def pass_mark(state: State) -> Outcome:
    """Sound the next mark of the running step, if it has a cue, and count it as passed."""
    marks = state.step.marks if state.step is not None else ()
    return Outcome(replace(state, next_mark=state.next_mark + 1), marks[state.next_mark].cue)


def stopped_ending(state: State, now: float, rules: Rules) -> Ending:
    """The ending of `state`'s session if the member stops it now."""
    return _ending(state, End.STOPPED, now, rules)


def finished_ending(state: State, now: float, rules: Rules) -> Ending:
    """The ending of the session whose summary `state` is."""
    return _ending(state, End.FINISHED, now, rules)


def plan_of(choices: Choices, rules: Rules) -> tuple[Step, ...]:
    """The steps of a session with `choices`."""
    return plan_session(rules.routines[choices.routine], choices.side, choices.seconds)


def _enter(
    state: State, index: int, now: float, rules: Rules, chained_to: float | None = None
) -> Outcome:
    """Enter the step at `index`, or the summary after the last step.

    `chained_to` is given if the step before ended by itself: the clock seconds of its deadline. A
    timed step then counts from there. In every other case a step counts from `now`.
    """
    if index == len(state.steps):
        ending = finished_ending(state, now, rules)
        deadline = now + rules.timing.summary_ends_after
        over = replace(state, status=Status.SUMMARY, since=now, deadline=deadline, remaining=None)
        return Outcome(over, Cue.TICK, ending)
    step = state.steps[index]
    begin = now if chained_to is None or step.seconds is None else chained_to
    story = state.story
    if story is not None and not state.make_up:
        story = story.entered(index, step, begin - state.began)
    fresh = replace(state, index=index, next_mark=0, remaining=step.seconds, story=story)
    return Outcome(run(fresh, begin, rules), step.cue)


def run(state: State, begin: float, rules: Rules) -> State:
    """Run the current step from `begin`, clock seconds.

    A timed step runs for the seconds that remain of it; another one waits for a press.
    """
    step = state.step
    if step is None or step.seconds is None:
        deadline = begin + rules.timing.asking_after
    else:
        remaining = step.seconds if state.remaining is None else state.remaining
        deadline = begin + remaining / rules.speed
    return replace(state, status=Status.RUNNING, since=begin, deadline=deadline, remaining=None)


def _settle_ledger(state: State, now: float, rules: Rules) -> State:
    """Put the seconds that the running hold has had up to `now` into the ledger."""
    if not state.holding:
        return state
    return replace(state, ledger=ledger_at(state, now, rules), since=now)


def _leave(moment: Moment, end: End) -> Outcome:
    """End the session of `moment` as `end` says, and go back to attract."""
    ending = _ending(moment.state, end, moment.now, moment.rules)
    after = back_to_attract(moment.state, moment.now, moment.rules)
    return Outcome(after, Cue.TICK, ending)


def _ending(state: State, end: End, now: float, rules: Rules) -> Ending:
    ledger = ledger_at(state, now, rules)
    step = state.steps[state.index]
    return Ending(end, state.session, state.choices, step, ledger, state.story)
