"""The session: its state, and the events that change it.

There are two kinds of seconds. *Clock seconds* are readings of one monotonic clock, which come in
with each event. *Routine seconds* are those that the member is told; they pass `Rules.speed` times
as fast. At an ordinary speed of 1 both are the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.core.cues import Cue
from kiosk.core.ledger import Ledger
from kiosk.core.plan import Step, work_begun
from kiosk.core.routine import Kind, Routine, Side
from kiosk.core.story import Story


class Status(Enum):
    """What the station is doing; the value is its name in the API."""

    ATTRACT = "attract"
    CHOOSING = "choosing"  # pictures of the offered routines, to touch one
    BROWSING = "browsing"  # the offered routines one after the other, to choose by the button
    LANGUAGES = "languages"  # the names of the offered languages, to touch one
    RUNNING = "running"
    PAUSED = "paused"  # weight off: everything stands still
    READY = "ready"  # get ready: a hold starts, or goes on, in a few seconds
    ASKING = "asking"  # the screen asks "Still there?"
    SUMMARY = "summary"
    RESUME = "resume"  # the offer to go on with a session after a power cut


@dataclass(frozen=True, slots=True)
class Choices:
    """What the member may choose; each session starts from the station's defaults.

    Attributes:
        routine: Id of the routine.
        side: The side done first.
        seconds: Seconds a side in all its sets, one of the routine's `side_seconds`.
        language: Code of the language.
    """

    routine: str
    side: Side
    seconds: int
    language: str


@dataclass(frozen=True, slots=True)
class Timing:
    """The times of the button and of what happens when nobody presses it.

    Most of them are clock seconds, since in them the station waits for a person, who is no faster
    at a higher `Rules.speed`. Two are routine seconds: in `get_ready` the person waits for the
    station, and `short_by` is compared with seconds that were held.

    Attributes:
        held: A button that is down for this long means "weight off".
        repeat: A press is ignored if the last one is less long ago than this: it was meant for
            the step before.
        after_advance: A press is ignored if a step has gone on by itself less long ago than this:
            it was meant for the step before.
        gate_unread: The same for a gate that has come without a press: nobody has read it yet.
        browsing_takes_after: How long a routine is shown to those who choose by the button, before
            its first step comes.
        get_ready: Routine seconds that a member has to get ready before a hold goes on.
        asking_after: How long an untimed step waits for a press, before "Still there?".
        asking_ends_after: How long "Still there?" waits for an answer, before attract.
        paused_ends_after: How long weight off lasts without a press, before attract.
        summary_ends_after: How long the summary is shown, before attract.
        resume_ends_after: How long the offer after a power cut stands, before attract.
        attract_forgets_after: How long the attract screen keeps what somebody has chosen on it.
        short_by: A side may be made up if more routine seconds than this are missing.
    """

    held: float = 1.2
    repeat: float = 0.25
    after_advance: float = 0.5
    gate_unread: float = 1.0
    browsing_takes_after: float = 6.0
    get_ready: float = 5.0
    asking_after: float = 90.0
    asking_ends_after: float = 30.0
    paused_ends_after: float = 180.0
    summary_ends_after: float = 30.0
    resume_ends_after: float = 180.0
    attract_forgets_after: float = 30.0
    short_by: float = 15.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What stays the same while the station runs.

    Attributes:
        routines: The routines by id; never empty. One is among them only if it can be had.
        defaults: The choices that every session starts from.
        speed: How many routine seconds pass in a clock second, above 0.
        timing: The times of the button, and of what happens when nobody presses it.
        offered: Ids of the routines that a member chooses from, in order. What is not among
            `routines` is left out.
        languages: Codes of the languages that a member chooses from, in order.
        choose_by_button: Whether a session begins with the offered routines one after the other,
            so that they can be chosen by the button alone.
    """

    routines: Mapping[str, Routine]
    defaults: Choices
    speed: float = 1.0
    timing: Timing = field(default_factory=Timing)
    offered: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    choose_by_button: bool = False


class Source(Enum):
    """Where a press comes from.

    Each source goes down and up by itself: to let go of a key does not let go of the button.
    """

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
    """The button has been held, as whoever sends this event says: `Timing.held` is not awaited."""

    source: Source = Source.PIN


@dataclass(frozen=True, slots=True)
class ButtonStuck:
    """The pin's button has been down for longer than a person holds it, or has come up at last."""

    stuck: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed, and nothing else has happened."""


@dataclass(frozen=True, slots=True)
class Back:
    """The member wants to go back to the step before."""


@dataclass(frozen=True, slots=True)
class Choose:
    """One or more choices of the member; None leaves a choice as it is."""

    side: Side | None = None
    seconds: int | None = None
    routine: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ShowRoutines:
    """The member wants to see the pictures of the offered routines, on this page from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowLanguages:
    """The member wants to see the names of the offered languages."""


#: Something that the member asks for, and not by the button.
Wish = Back | Choose | ShowRoutines | ShowLanguages

Event = ButtonDown | ButtonUp | ButtonHeld | ButtonStuck | Tick | Wish


@dataclass(frozen=True, slots=True)
class OngoingPress:
    """A press that is still going on.

    Attributes:
        source: Where it comes from.
        at: Clock seconds when it went down.
        before: The state just before it. A press acts at once; if it then turns out to be weight
            off, what it did is taken back by returning to this state.
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
        since: Clock seconds since when things are as they are. In a hold that runs, the seconds
            from here on are not in the ledger yet.
        deadline: Clock seconds at which the status or the step ends by itself, or None.
        version: Grows by one with every change.
        session: The number of the session, which grows by one with each; 0 before the first.
        steps: The plan of the session; empty in attract.
        index: Index in `steps` of the current step; on the summary of the last one.
        remaining: While the clock of a timed step stands still, the routine seconds that remain
            of it, else None. While it runs, `deadline` tells them.
        next_mark: Index of the first of the step's marks that has not come yet.
        ledger: Seconds held, but for those of the hold that runs since `since`.
        make_up: Whole seconds that each side is making up; empty in an ordinary session.
        press: The press that is going on, None while the button is up.
        last_press: Clock seconds of the last press that was not ignored, or None.
        last_advance: Clock seconds when a step or a status last ended by itself, or by a choice;
            None if none has yet.
        ignored: How many presses have been ignored because they came too soon.
        stuck: Whether the pin's button is stuck.
        page: While pictures of the routines are shown, which page of them, from 0.
        began: Clock seconds when the session began. After a power cut, those at which it would
            have begun without the cut.
        story: What has happened in the session. None outside of one, and in one that an earlier
            version began, since it kept no story.
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
    page: int = 0
    began: float = 0.0
    story: Story | None = None

    @property
    def step(self) -> Step | None:
        """The current step, on the summary the last one; None outside of a session."""
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
        """Whether side, seconds and routine can still be chosen, because work has not begun."""
        if self.status in (Status.ATTRACT, Status.CHOOSING, Status.BROWSING, Status.LANGUAGES):
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
        story: What has happened in it, None if nobody has kept it.
    """

    end: End
    session: int
    choices: Choices
    step: Step
    ledger: Ledger
    story: Story | None = None


class Refusal(Enum):
    """Why a choice was not taken."""

    TOO_LATE = "too late"
    NO_SUCH_ROUTINE = "no such routine"
    NOT_OFFERED = "routine not offered"
    NO_SUCH_PAGE = "no such page of routines"
    ONLY_ONE = "no other routine is offered"
    NO_SUCH_LANGUAGE = "no such language"
    ONLY_ONE_LANGUAGE = "no other language is offered"
    NO_SUCH_SECONDS = "no such seconds"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an event has led to.

    Attributes:
        state: The state after it; the same object if nothing changed.
        cue: What sounds now. It is one cue at most, so that a tick that comes late does not make
            many sounds at once.
        ending: The end of a session, if one has ended.
        refusal: Why a choice was not taken, None if it was or if there was none.
    """

    state: State
    cue: Cue | None = None
    ending: Ending | None = None
    refusal: Refusal | None = None


def ledger_at(state: State, now: float, rules: Rules) -> Ledger:
    """Seconds held up to `now`, including those of the hold that runs."""
    if not state.holding or state.step is None:
        return state.ledger
    until = now if state.deadline is None else min(now, state.deadline)
    return state.ledger.add(state.step.side, max(0.0, until - state.since) * rules.speed)
