"""What statistics tell, as plain data."""

import datetime as dt
from dataclasses import dataclass

from kiosk.statistics.period import Period


@dataclass(frozen=True, slots=True)
class Ended:
    """How many sessions of some days ended in which way.

    Attributes:
        days: The days.
        finished: Sessions that came to their end.
        stopped: Sessions that the member stopped.
        abandoned: Sessions that nobody went on with.
    """

    days: Period
    finished: int = 0
    stopped: int = 0
    abandoned: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.finished + self.stopped + self.abandoned


@dataclass(frozen=True, slots=True)
class Hours:
    """How many sessions began in which hour of which day of the week.

    Attributes:
        sessions: For each day of the week from Monday on, the sessions of its 24 hours.
    """

    sessions: tuple[tuple[int, ...], ...]

    @property
    def most(self) -> int:
        """The most in one hour."""
        return max(map(max, self.sessions))


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many sessions reached a step.

    Attributes:
        place: The step's index in the routine's plan.
        step: Its id, or None if no session ended its way there, so that nobody noted it.
        reached: Sessions that came as far as this, or farther.
    """

    place: int
    step: str | None
    reached: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Where the members of a routine stop.

    Attributes:
        routine: Id of the routine.
        steps: Its steps in order, up to the last that anybody reached.
    """

    routine: str
    steps: tuple[FunnelStep, ...]

    @property
    def sessions(self) -> int:
        """Sessions of which it is known how far they came."""
        return self.steps[0].reached if self.steps else 0


@dataclass(frozen=True, slots=True)
class Evenness:
    """How even both sides of finished sessions were, with the seconds that were made up.

    Attributes:
        left_far_shorter: Sessions whose left side was shorter by more than 25 %.
        left_shorter: By more than 5 %.
        even: By no more than 5 %, whichever side it was.
        right_shorter: Sessions whose right side was shorter by more than 5 %.
        right_far_shorter: By more than 25 %.
        left_seconds: Seconds held on the left side in all of them.
        right_seconds: Seconds held on the right side in all of them.
    """

    left_far_shorter: int
    left_shorter: int
    even: int
    right_shorter: int
    right_far_shorter: int
    left_seconds: int
    right_seconds: int

    @property
    def sessions(self) -> int:
        """All of them."""
        return sum(self.counts)

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """The five counts, from a far shorter left side to a far shorter right side."""
        return (
            self.left_far_shorter,
            self.left_shorter,
            self.even,
            self.right_shorter,
            self.right_far_shorter,
        )


@dataclass(frozen=True, slots=True)
class StepCount:
    """How often something happened in a step.

    Attributes:
        routine: Id of the routine.
        step: Id of the step.
        times: How often it happened.
    """

    routine: str
    step: str
    times: int


@dataclass(frozen=True, slots=True)
class WeightOffs:
    """How often weight off was called, and in which steps.

    Attributes:
        sessions: Sessions of which it is known whether it was called.
        steps: The steps in which it was called, the most frequent first.
    """

    sessions: int
    steps: tuple[StepCount, ...]

    @property
    def times(self) -> int:
        """How often it was called."""
        return sum(step.times for step in self.steps)

    @property
    def per_hundred(self) -> float | None:
        """How often it was called in a hundred sessions; None without a session."""
        return 100 * self.times / self.sessions if self.sessions else None


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Seconds that were made up in some days.

    Attributes:
        days: The days.
        sessions: Sessions in which seconds were made up.
        seconds: The seconds, of both sides together.
    """

    days: Period
    sessions: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """How long members of a routine took to get ready, from their first press to the first hold.

    Attributes:
        routine: Id of the routine.
        sessions: Sessions that came to a hold.
        quarter: A quarter of them took no longer than this; seconds.
        median: Half of them took no longer than this.
        three_quarters: Three quarters of them took no longer than this.
    """

    routine: str
    sessions: int
    quarter: float
    median: float
    three_quarters: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """How often something was chosen.

    Attributes:
        name: A routine's id, or a language's code; empty if an earlier version did not note it.
        sessions: Sessions in which it was.
    """

    name: str
    sessions: int


@dataclass(frozen=True, slots=True)
class ButtonDays:
    """What the button went through in some days.

    Attributes:
        days: The days.
        presses: Presses that counted.
        ignored: Presses that came too soon after another one or a step's end.
        glitches: Pulses that were too short to be presses.
        bounced: Presses at which the contact bounced.
        extra_edges: How often it bounced at all of them together.
    """

    days: Period
    presses: int = 0
    ignored: int = 0
    glitches: int = 0
    bounced: int = 0
    extra_edges: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """All that a page of statistics shows.

    Attributes:
        period: The days that it is about.
        ended: Sessions by how they ended, for each bin of the period.
        hours: Sessions by hour and day of the week.
        funnel: Where the members of one routine stop; None without a session of a routine.
        evenness: How even both sides were.
        weight_offs: How often weight off was called.
        made_up: Seconds that were made up, for each bin of the period.
        ready: How long getting ready took, for each routine, the most frequent first.
        routines: The routines chosen, the most frequent first.
        languages: The languages chosen, the most frequent first.
        button: What the button went through, for each bin of the period.
        unplaced: Sessions that are in none of these, since the clock was not set when they began.
        first_day: The first day that any session is placed on, None without one.
    """

    period: Period
    ended: tuple[Ended, ...]
    hours: Hours
    funnel: Funnel | None
    evenness: Evenness
    weight_offs: WeightOffs
    made_up: tuple[MadeUp, ...]
    ready: tuple[Ready, ...]
    routines: tuple[Chosen, ...]
    languages: tuple[Chosen, ...]
    button: tuple[ButtonDays, ...]
    unplaced: int
    first_day: dt.date | None

    @property
    def sessions(self) -> int:
        """The sessions of the period that have ended."""
        return sum(ended.total for ended in self.ended)
