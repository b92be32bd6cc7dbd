"""What every trigger does in every status: the table, and the one function that applies it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from kiosk.core import choosing, moves
from kiosk.core.cues import Cue
from kiosk.core.moves import Moment
from kiosk.core.routine import Kind
from kiosk.core.session import (
    Back,
    ButtonDown,
    ButtonHeld,
    ButtonStuck,
    ButtonUp,
    Choose,
    Event,
    OngoingPress,
    Outcome,
    Rules,
    ShowLanguages,
    ShowRoutines,
    Source,
    State,
    Status,
    Tick,
    Wish,
)


class Trigger(Enum):
    """What an event means to the session, once the button's own rules have been applied.

    A button that goes down is a press, or nothing if it is ignored. One that stays down is held.
    """

    PRESS = "press"
    HELD = "held"
    TIME_UP = "time up"
    BACK = "back"
    CHOOSE = "choose"
    SHOW_ROUTINES = "show routines"
    SHOW_LANGUAGES = "show languages"


@dataclass(frozen=True, slots=True)
class Transition:
    """One cell of the table.

    Attributes:
        move: What is done.
        to: The statuses that the move can lead to; a test holds that this is true.
    """

    move: Callable[[Moment], Outcome]
    to: tuple[Status, ...]


_STAY = Transition(moves.nothing, ())

#: What each trigger does in each status. The table is complete: every status has every trigger. A
#: cell without target statuses never changes the state.
TABLE: Mapping[Status, Mapping[Trigger, Transition]] = {
    Status.ATTRACT: {
        Trigger.PRESS: Transition(choosing.begin, (Status.RUNNING, Status.BROWSING)),
        Trigger.HELD: _STAY,
        Trigger.TIME_UP: Transition(choosing.forget, (Status.ATTRACT,)),
        Trigger.BACK: _STAY,
        Trigger.CHOOSE: Transition(choosing.choose, (Status.ATTRACT,)),
        Trigger.SHOW_ROUTINES: Transition(choosing.show_routines, (Status.CHOOSING,)),
        Trigger.SHOW_LANGUAGES: Transition(choosing.show_languages, (Status.LANGUAGES,)),
    },
    Status.RUNNING: {
        Trigger.PRESS: Transition(moves.next_step, (Status.RUNNING, Status.SUMMARY)),
        Trigger.HELD: Transition(moves.weight_off, (Status.PAUSED, Status.ATTRACT)),
        Trigger.TIME_UP: Transition(
            moves.step_over, (Status.RUNNING, Status.SUMMARY, Status.ASKING)
        ),
        Trigger.BACK: Transition(moves.step_back, (Status.RUNNING, Status.ATTRACT)),
        Trigger.CHOOSE: Transition(choosing.choose, (Status.RUNNING,)),
        Trigger.SHOW_ROUTINES: Transition(choosing.show_routines, (Status.CHOOSING,)),
        Trigger.SHOW_LANGUAGES: Transition(choosing.show_languages, (Status.LANGUAGES,)),
    },
    Status.CHOOSING: {
        Trigger.PRESS: Transition(choosing.go_to_first_step, (Status.RUNNING,)),
        Trigger.HELD: Transition(moves.stop, (Status.ATTRACT,)),
        Trigger.TIME_UP: Transition(moves.step_over, (Status.ASKING,)),
        Trigger.BACK: Transition(choosing.go_to_first_step, (Status.RUNNING,)),
        Trigger.CHOOSE: Transition(choosing.choose, (Status.RUNNING, Status.CHOOSING)),
        Trigger.SHOW_ROUTINES: Transition(choosing.show_routines, (Status.CHOOSING,)),
        Trigger.SHOW_LANGUAGES: Transition(choosing.show_languages, (Status.LANGUAGES,)),
    },
    Status.LANGUAGES: {
        Trigger.PRESS: Transition(choosing.go_to_first_step, (Status.RUNNING,)),
        Trigger.HELD: Transition(moves.stop, (Status.ATTRACT,)),
        Trigger.TIME_UP: Transition(moves.step_over, (Status.ASKING,)),
        Trigger.BACK: Transition(choosing.go_to_first_step, (Status.RUNNING,)),
        Trigger.CHOOSE: Transition(choosing.choose, (Status.RUNNING,)),
        Trigger.SHOW_ROUTINES: Transition(choosing.show_routines, (Status.CHOOSING,)),
        Trigger.SHOW_LANGUAGES: Transition(choosing.show_languages, (Status.LANGUAGES,)),
    },
    Status.BROWSING: {
        Trigger.PRESS: Transition(choosing.show_next, (Status.BROWSING,)),
        Trigger.HELD: Transition(moves.stop, (Status.ATTRACT,)),
        Trigger.TIME_UP: Transition(choosing.go_to_first_step, (Status.RUNNING,)),
        Trigger.BACK: Transition(choosing.show_previous, (Status.BROWSING,)),
        Trigger.CHOOSE: Transition(choosing.choose, (Status.RUNNING, Status.BROWSING)),
        Trigger.SHOW_ROUTINES: Transition(choosing.show_routines, (Status.CHOOSING,)),
        Trigger.SHOW_LANGUAGES: Transition(choosing.show_languages, (Status.LANGUAGES,)),
    },
    Status.PAUSED: {
        Trigger.PRESS: Transition(moves.go_on, (Status.READY, Status.RUNNING)),
        Trigger.HELD: Transition(moves.stop, (Status.ATTRACT,)),
        Trigger.TIME_UP: Transition(moves.abandon, (Status.ATTRACT,)),
        Trigger.BACK: _STAY,
        Trigger.CHOOSE: Transition(choosing.choose, (Status.PAUSED,)),
        Trigger.SHOW_ROUTINES: Transition(choosing.show_routines, ()),
        Trigger.SHOW_LANGUAGES: Transition(choosing.show_languages, ()),
    },
    Status.READY: {
        Trigger.PRESS: Transition(moves.hold_now, (Status.RUNNING,)),
        Trigger.HELD: Transition(moves.weight_off, (Status.PAUSED,)),
        Trigger.TIME_UP: Transition(moves.hold_now, (Status.RUNNING,)),
        Trigger.BACK: Transition(moves.back_to_weight_off, (Status.PAUSED,)),
        Trigger.CHOOSE: Transition(choosing.choose, (Status.READY,)),
        Trigger.SHOW_ROUTINES: Transition(choosing.show_routines, ()),
        Trigger.SHOW_LANGUAGES: Transition(choosing.show_languages, ()),
    },
    Status.ASKING: {
        Trigger.PRESS: Transition(moves.still_there, (Status.RUNNING,)),
        Trigger.HELD: Transition(moves.weight_off, (Status.PAUSED, Status.ATTRACT)),
        Trigger.TIME_UP: Transition(moves.abandon, (Status.ATTRACT,)),
        Trigger.BACK: Transition(moves.still_there, (Status.RUNNING,)),
        Trigger.CHOOSE: Transition(choosing.choose, (Status.RUNNING, Status.ASKING)),
        Trigger.SHOW_ROUTINES: Transition(choosing.show_routines, (Status.CHOOSING,)),
        Trigger.SHOW_LANGUAGES: Transition(choosing.show_languages, (Status.LANGUAGES,)),
    },
    Status.SUMMARY: {
        Trigger.PRESS: Transition(moves.make_up_or_leave, (Status.RUNNING, Status.ATTRACT)),
        Trigger.HELD: Transition(moves.leave, (Status.ATTRACT,)),
        Trigger.TIME_UP: Transition(moves.leave, (Status.ATTRACT,)),
        Trigger.BACK: Transition(moves.leave, (Status.ATTRACT,)),
        Trigger.CHOOSE: Transition(choosing.choose, (Status.SUMMARY,)),
        Trigger.SHOW_ROUTINES: Transition(choosing.show_routines, ()),
        Trigger.SHOW_LANGUAGES: Transition(choosing.show_languages, ()),
    },
    Status.RESUME: {
        Trigger.PRESS: Transition(moves.go_on, (Status.READY, Status.RUNNING)),
        Trigger.HELD: Transition(moves.stop, (Status.ATTRACT,)),
        Trigger.TIME_UP: Transition(moves.abandon, (Status.ATTRACT,)),
        Trigger.BACK: Transition(moves.stop, (Status.ATTRACT,)),
        Trigger.CHOOSE: Transition(choosing.choose, (Status.RESUME,)),
        Trigger.SHOW_ROUTINES: Transition(choosing.show_routines, ()),
        Trigger.SHOW_LANGUAGES: Transition(choosing.show_languages, ()),
    },
}


def advance(state: State, event: Event, now: float, rules: Rules) -> Outcome:
    """Apply `event` to `state` at `now`.

    Args:
        state: The state before the event.
        event: What happened.
        now: Clock seconds; they never go back from one event to the next.
        rules: What stays the same while the station runs.

    Returns:
        The new state, with a higher version if anything changed; and the cue, the ending or the
        refusal that came of the event.
    """
    due = _catch_up(state, now, rules)
    if isinstance(event, Tick):
        return _versioned(due, state)
    outcome = _merge(due, _react(due.state, event, now, rules))
    if isinstance(event, ButtonStuck) and due.cue is not None:
        # One cue only can sound, and the session's own matters more than the stuck button's.
        outcome = replace(outcome, cue=due.cue)
    return _versioned(outcome, state)


def next_deadline(state: State, rules: Rules) -> float | None:
    """Clock seconds at which the next `Tick` is due, or None if nothing will happen by itself."""
    times = [
        _held_at(state, rules),
        state.deadline,
        moves.mark_at(state, rules),
    ]
    return min((time for time in times if time is not None), default=None)


#: An event that is something done. The other event, `Tick`, only lets time pass.
_Deed = ButtonDown | ButtonUp | ButtonHeld | ButtonStuck | Wish


def _react(state: State, event: _Deed, now: float, rules: Rules) -> Outcome:
    match event:
        case ButtonDown(source):
            return _button_down(state, source, now, rules)
        case ButtonUp(source):
            return _button_up(state, source)
        case ButtonHeld(source):
            return _held(state, source, now, rules)
        case ButtonStuck(stuck):
            return _button_stuck(state, stuck=stuck)
        case Back() | Choose() | ShowRoutines() | ShowLanguages():
            return _asked(state, event, now, rules)
        case _:
            assert_never(event)


def _asked(state: State, event: Wish, now: float, rules: Rules) -> Outcome:
    match event:
        case Back():
            return _apply(Trigger.BACK, Moment(state, now, rules))
        case Choose():
            return _apply(Trigger.CHOOSE, Moment(state, now, rules, event))
        case ShowRoutines(page):
            return _apply(Trigger.SHOW_ROUTINES, Moment(state, now, rules, page=page))
        case ShowLanguages():
            return _apply(Trigger.SHOW_LANGUAGES, Moment(state, now, rules))
        case _:
            assert_never(event)


def _apply(trigger: Trigger, moment: Moment) -> Outcome:
    """Make the move of the table's cell for `trigger` and the status at `moment`."""
    return TABLE[moment.state.status][trigger].move(moment)


def _button_down(state: State, source: Source, now: float, rules: Rules) -> Outcome:
    """Act on a press at once, unless it comes so soon that it was meant for the step before.

    A press that is ignored is still kept as going on, since it may be held: weight off is never
    ignored.
    """
    before = replace(state, press=None)
    press = OngoingPress(source, now, before)
    if _too_soon(state, now, rules):
        return Outcome(replace(before, press=press, ignored=state.ignored + 1))
    outcome = _apply(Trigger.PRESS, Moment(before, now, rules))
    return replace(outcome, state=replace(outcome.state, press=press, last_press=now))


def _button_up(state: State, source: Source) -> Outcome:
    if state.press is None or state.press.source is not source:
        return Outcome(state)
    return Outcome(replace(state, press=None))


def _button_stuck(state: State, *, stuck: bool) -> Outcome:
    """Note that the button is stuck, or free again; the session itself goes on as it was.

    A cue asks the member to look at the screen, which says to touch it instead.
    """
    if stuck == state.stuck:
        return Outcome(state)
    return Outcome(replace(state, stuck=stuck), Cue.STUCK if stuck else None)


def _too_soon(state: State, now: float, rules: Rules) -> bool:
    timing = rules.timing
    repeated = state.last_press is not None and now - state.last_press < timing.repeat
    step = state.step if state.status is Status.RUNNING else None
    at_gate = step is not None and step.kind is Kind.GATE
    waits = timing.gate_unread if at_gate else timing.after_advance
    surprised = state.last_advance is not None and now - state.last_advance < waits
    return repeated or surprised


def _held(state: State, source: Source, now: float, rules: Rules) -> Outcome:
    """Take back what the press did when it went down, then stop everything: weight off.

    Say a member in the hold "straighten" pushes the button at 50.0, with 12 s remaining. The press
    acts at once, and "knee-out" begins. At 51.2 the button is still down, so the member meant
    weight off: "straighten" comes back as it was at 50.0, and stands still with its 12 s. The
    1.2 s in between count for neither hold.
    """
    press = state.press
    if press is None or press.source is not source:
        return _apply(Trigger.HELD, Moment(state, now, rules))
    base = replace(
        press.before,
        session=state.session,
        ignored=state.ignored,
        stuck=state.stuck,
        last_press=state.last_press,
        last_advance=state.last_advance,
    )
    outcome = _apply(Trigger.HELD, Moment(base, now, rules, stopped_at=press.at))
    if outcome.ending is not None or outcome.state.under_way or not state.under_way:
        return outcome
    # The press had begun a session, or had opened a finished one again to make up missing seconds.
    # That has been taken back, but the listeners have heard of it: they need to hear of its end.
    if base.status is Status.SUMMARY:
        return replace(outcome, ending=moves.finished_ending(base, now, rules))
    return replace(outcome, ending=moves.stopped_ending(state, now, rules))


def _catch_up(state: State, now: float, rules: Rules) -> Outcome:
    """Let everything happen that was due up to `now`, in order; keep only the last cue of it."""
    outcome = Outcome(state)
    while (due := next_deadline(outcome.state, rules)) is not None and due <= now:
        outcome = _merge(outcome, _fall_due(outcome.state, due, now, rules))
    return outcome


def _fall_due(state: State, due: float, now: float, rules: Rules) -> Outcome:
    """Let the one thing happen that is due at `due`: a press held, a deadline, or a mark."""
    if state.press is not None and due == _held_at(state, rules):
        return _held(state, state.press.source, now, rules)
    if due == state.deadline:
        outcome = _apply(Trigger.TIME_UP, Moment(state, now, rules))
        return replace(outcome, state=replace(outcome.state, last_advance=now))
    return moves.pass_mark(state)


def _held_at(state: State, rules: Rules) -> float | None:
    return None if state.press is None else state.press.at + rules.timing.held


def _merge(first: Outcome, second: Outcome) -> Outcome:
    """The outcome of two events in a row; where both have a cue or an ending, the later one."""
    return Outcome(
        second.state,
        second.cue or first.cue,
        second.ending or first.ending,
        second.refusal,
    )


def _versioned(outcome: Outcome, before: State) -> Outcome:
    """`outcome` with the next version, or with the state `before` itself if nothing changed."""
    if outcome.state == before:
        return replace(outcome, state=before)
    return replace(outcome, state=replace(outcome.state, version=before.version + 1))
