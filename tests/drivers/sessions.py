"""Goes through a session by presses, whatever takes them: the core, a station here, or its HTTP."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

from kiosk.core.session import State, Status

#: How often to look at most, before a session is said not to end. Looks are 0.05 s or more apart.
MOST_LOOKS = 2000


class Standing(NamedTuple):
    """Where a session stands.

    Attributes:
        status: What the station is doing.
        step: The id of the step; None outside of a session.
        kind: The kind of the step, as its routine names it.
        side: The side that the step is done on, as the API tells it.
        goes_on: Whether it goes on by itself, so that nobody needs to press.
    """

    status: Status
    step: str | None = None
    kind: str | None = None
    side: str | None = None
    goes_on: bool = False


class Pressed(Protocol):
    """Something that takes presses and leads through a session."""

    def standing(self) -> Standing:
        """Where the session stands now."""

    def press(self) -> None:
        """Press the button, long enough after the last press to be meant."""


def standing_of(state: State) -> Standing:
    """Where a session stands, from its `state`."""
    step = state.step
    if step is None:
        return Standing(state.status)
    side = None if step.side is None else step.side.value
    goes_on = _goes_on(state.status, step.seconds)
    return Standing(state.status, step.id, step.kind.value, side, goes_on)


def standing_told(session: dict[str, Any]) -> Standing:
    """Where a session stands, from what ``GET /api/session`` tells."""
    status, step = Status(session["status"]), session["step"]
    if step is None:
        return Standing(status)
    goes_on = _goes_on(status, step["seconds"])
    return Standing(status, step["id"], step["kind"], step["side"], goes_on)


def _goes_on(status: Status, seconds: float | None) -> bool:
    return status in (Status.READY, Status.BROWSING) or (
        status is Status.RUNNING and seconds is not None
    )


def until_summary(station: Pressed) -> Iterator[Standing]:
    """Where the session stands, asked anew for each item, up to its summary.

    Raises:
        AssertionError: The session does not come to its end.
    """
    for _ in range(MOST_LOOKS):
        standing = station.standing()
        yield standing
        if standing.status is Status.SUMMARY:
            return
    raise AssertionError(f"the session has no end; now it stands at {standing}")


def press_until(station: Pressed, step: str) -> None:
    """Press from step to step, without waiting for holds, until the one with the id `step`.

    Raises:
        AssertionError: There is no such step before the summary.
    """
    for standing in until_summary(station):
        if standing.step == step:
            return
        station.press()
    raise AssertionError(f"{step} never came")


def go_through(station: Pressed, wait: Callable[[], None]) -> None:
    """Go to the summary: press where the session waits for a person, wait where it does not.

    Args:
        station: Where the session is; from the attract screen it begins with a press.
        wait: Lets a little time pass. It is called between looks, so it also keeps presses apart:
            0.3 s is long enough. A press that the station ignores, because a step has just gone
            on by itself, is made again after the next look.
    """
    for standing in until_summary(station):
        if not standing.goes_on and standing.status is not Status.SUMMARY:
            station.press()
        wait()
