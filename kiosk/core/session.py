"""The session: its state, and the events that change it.

Times called *clock seconds* are readings of one monotonic clock, handed in with each event.
*Routine seconds* are what the member is told; they pass `Rules.speed` times faster.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.core.cues import Cue
from kiosk.core.ledger import Ledger
from kiosk.core.plan import Step, work_begun
from kiosk.core.routine import Kind, Routine, Side


class Status(Enum):
    """What the station is doing; the value is its name on the wire."""

    ATTRACT = "attract"
    RUNNING = "running"
    PAUSED = "paused"  # weight off
    READY = "ready"  # get ready: a hold starts, or goes on, in a few seconds
    ASKING = "asking"  # still there?
    SUMMARY = "summary"
    RESUME = "resume"  # offered after a power cut


@dataclass(frozen=True, slots=True)
class Choices:
    """What the member may choose; each session starts from the station's defaults.

    Attributes:
        routine: Id of the routine.
        side: The side done first.
        seconds: Seconds a side, one of the routine's `side_seconds`.
        language: Code of the language.
    """

    routine: str
    side: Side
    seconds: int
    language: str


@dataclass(frozen=True, slots=True)
class Timing:
    """The times of the button and of what happens when nobody presses it.

    All of them wait for a person, so they are clock seconds at any `Rules.speed`. The exceptions
    are `get_ready`, which a person waits for, and `short_by`, a part of what is held: those two
    are routine seconds.

    Attributes:
        held: A button that is down for this long means "weight off".
        repeat: A press sooner than this after the last one was meant for the step before.
        after_advance: A press sooner than this after a step went on by itself was meant for the
            step before.
        get_ready: Routine seconds between a press and the hold that it goes on with.
        asking_after: An untimed step without a press turns into "Still there?".
        asking_ends_after: "Still there?" turns into attract.
        paused_ends_after: Weight off turns into attract.
        summary_ends_after: The summary turns into attract.
        resume_ends_after: The offer after a power cut turns into attract.
        short_by: A side that is short by more routine seconds than this may be made up.
    """

    held: float = 1.2
    repeat: float = 0.25
    after_advance: float = 0.5
    get_ready: float = 5.0
    asking_after: float = 90.0
    asking_ends_after: float = 30.0
    paused_ends_after: float = 180.0
    summary_ends_after: float = 30.0
    resume_ends_after: float = 180.0
    short_by: float = 15.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What stays the same while the station runs.

    Attributes:
        routines: The routines by id; never empty.
        defaults: The choices that every session starts from.
        speed: Routine seconds a clock second, above 0.
        timing: The times of button and idle rules.
    """

    routines: Mapping[str, Routine]
    defaults: Choices
    speed: float = 1.0
    timing: Timing = field(default_factory=Timing)


class Source(Enum):
    """Where a press comes from; each has its own down and up."""

    PIN = "pin"
    SCREEN = "screen"  # touch or keyboard


@dataclass(frozen=True, slots=True)
class ButtonDown:
    """The button went down."""

    source: Source = Source.PIN


@dataclass(frozen=True, slots=True)
class ButtonUp:
    """The button came up again."""

    source: Source = Source.PIN


@dataclass(frozen=True, slots=True)
class ButtonHeld:
    """The sender says that the button has been held, without waiting for `Timing.held`."""

    source: Source = Source.PIN


@dataclass(frozen=True, slots=True)
class ButtonStuck:
    """The pin's button has been down for longer than a person holds it, or has come free."""

    stuck: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


@dataclass(frozen=True, slots=True)
class Back:
    """Back to the step before."""


@dataclass(frozen=True, slots=True)
class Choose:
    """One or more choices of the member; None leaves a choice as it is."""

    side: Side | None = None
    seconds: int | None = None
    routine: str | None = None
    language: str | None = None


Event = ButtonDown | ButtonUp | ButtonHeld | ButtonStuck | Tick | Back | Choose


@dataclass(frozen=True, slots=True)
class OngoingPress:
    """A press that is still going on.

    Attributes:
        source: Where it comes from.
        at: Clock seconds when it went down.
        before: The state that it found, to take its own advance back to.
    """

    source: Source
    at: float
    before: "State"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything there is to know about the session at one moment.

    Attributes:
        status: What the station is doing.
        choices: The choices in force.
        since: Clock seconds when the status, or the step, was entered or went on.
        deadline: Clock seconds when the status ends by itself, or None.
        version: Grows with every change.
        session: Grows with every session started; 0 before the first.
        steps: The plan, empty in attract.
        index: The step in `steps` that is, or was, being done.
        remaining: Routine seconds remaining of a timed step whose clock stands still, else None.
        next_mark: The first of the step's marks that has not come yet.
        ledger: Seconds held, without the running hold since `since`.
        make_up: Whole seconds being made up by side, empty in an ordinary session.
        press: The press that is going on, if any.
        last_press: Clock seconds of the last press that counted, or None.
        last_advance: Clock seconds when something last went on by itself, or None.
        ignored: Presses that came too soon to be meant for what they met.
        stuck: Whether the pin's button is stuck.
    """

    status: Status
    choices: Choices
    since: float
    deadline: float | None = None
    version: int = 0
    session: int = 0
    steps: tuple[Step, ...] = ()
    index: int = 0
    remaining: float | None = None
    next_mark: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    make_up: Mapping[Side, int] = field(default_factory=dict)
    press: OngoingPress | None = None
    last_press: float | None = None
    last_advance: float | None = None
    ignored: int = 0
    stuck: bool = False

    @property
    def step(self) -> Step | None:
        """The step that is, or was, being done; None outside of a session."""
        return self.steps[self.index] if self.steps else None

    @property
    def holding(self) -> bool:
        """Whether the clock of a hold runs, so that its seconds count."""
        step = self.step
        return self.status is Status.RUNNING and step is not None and step.kind is Kind.HOLD

    @property
    def under_way(self) -> bool:
        """Whether a session is going on that a power cut would interrupt."""
        return self.step is not None and self.status is not Status.SUMMARY

    @property
    def preparing(self) -> bool:
        """Whether side, seconds and routine can still be chosen: nothing is on the body yet."""
        if self.status is Status.ATTRACT:
            return True
        return (
            self.status in (Status.RUNNING, Status.ASKING)
            and not self.make_up
            and not work_begun(self.steps[: self.index + 1])
        )


class End(Enum):
    """How a session ended; the value is its name in the store and the log."""

    FINISHED = "finished"
    STOPPED = "stopped"  # by the member
    ABANDONED = "abandoned"  # nobody was there any more


@dataclass(frozen=True, slots=True)
class Ending:
    """A session's end.

    Attributes:
        end: How it ended.
        session: The session's number.
        choices: The choices that it had.
        step: The step that it ended in.
        ledger: Seconds held.
    """

    end: End
    session: int
    choices: Choices
    step: Step
    ledger: Ledger


class Refusal(Enum):
    """Why a choice was not taken."""

    TOO_LATE = "too late"
    NO_SUCH_ROUTINE = "no such routine"
    NO_SUCH_LANGUAGE = "no such language"
    NO_SUCH_SECONDS = "no such seconds"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an event has led to.

    Attributes:
        state: The state after it; the same object if nothing changed.
        cue: What sounds now; at most one, so that a late tick never bursts.
        ending: The end of a session, if it came.
        refusal: Why a choice was not taken, if it was not.
    """

    state: State
    cue: Cue | None = None
    ending: Ending | None = None
    refusal: Refusal | None = None


def remaining_at(state: State, now: float, rules: Rules) -> float | None:
    """Routine seconds remaining of what is being counted down at `now`, never negative.

    That is get-ready, or a timed step, running or standing still; None if nothing is counted.
    """
    if state.status is not Status.READY:
        return step_remaining_at(state, now, rules)
    return _until(state.deadline, now, rules)


def step_remaining_at(state: State, now: float, rules: Rules) -> float | None:
    """Routine seconds remaining of the step itself at `now`, never negative.

    While the member gets ready, that is what its hold will go on with. None in an untimed step
    and outside of a session.
    """
    if state.remaining is not None:
        return state.remaining
    step = state.step
    if state.status is not Status.RUNNING or step is None or step.seconds is None:
        return None
    return _until(state.deadline, now, rules)


def ledger_at(state: State, now: float, rules: Rules) -> Ledger:
    """Seconds held up to `now`, with the running hold."""
    if not state.holding or state.step is None or state.step.side is None:
        return state.ledger
    until = now if state.deadline is None else min(now, state.deadline)
    return state.ledger.add(state.step.side, max(0.0, until - state.since) * rules.speed)


def side_remaining_at(state: State, now: float, rules: Rules) -> float:
    """Routine seconds of holds that the plan still has for the side of the current step."""
    step = state.step
    if step is None:
        return 0.0
    later = sum(
        other.seconds or 0
        for other in state.steps[state.index + 1 :]
        if other.side is step.side and other.kind is Kind.HOLD
    )
    if step.kind is not Kind.HOLD:
        return float(later)
    own = step_remaining_at(state, now, rules)
    return later + (step.seconds or 0 if own is None else own)


def _until(deadline: float | None, now: float, rules: Rules) -> float | None:
    """Routine seconds from `now` to `deadline`, 0 once it has passed; None without one."""
    return None if deadline is None else max(0.0, (deadline - now) * rules.speed)
