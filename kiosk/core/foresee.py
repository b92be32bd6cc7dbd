"""What the button leads to next, before it happens: so that its screen can be made ready."""

from dataclasses import replace

from kiosk.core.session import ButtonDown, Rules, State, Tick
from kiosk.core.transitions import advance


def foresee(state: State, now: float, rules: Rules) -> State:
    """The state that the button leads to next.

    While the button is up, that is what a press leads to, made long enough after the last one to
    be meant. While it is down, it is what holding it leads to: weight off.

    Nothing happens by this: it is a guess at what comes, and only an event says what came. A
    member may do something else, or time may run out first. What is shown of a state without its
    running numbers (`kiosk.core.screen.screen_of`) hardly ever depends on the moment of the press.

    Args:
        state: The state as it is.
        now: Clock seconds, never before those of the last event.
        rules: What stays the same while the station runs.
    """
    if state.press is not None:
        held_at = max(now, state.press.at + rules.timing.held)
        return advance(state, Tick(), held_at, rules).state
    meant = replace(state, last_press=None, last_advance=None)
    return advance(meant, ButtonDown(), now, rules).state
