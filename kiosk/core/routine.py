"""What a routine is: its steps, in the order they are done, and the words that go with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Side(Enum):
    """A side of the body; the value is its name in files, routes and style sheets."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The side that comes after this one."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


class Kind(Enum):
    """What makes a step go on to the next one."""

    GATE = "gate"  # a press: "none of these is me"
    SETUP = "setup"  # a press, when the member is in place
    HOLD = "hold"  # its seconds, or a press
    SWITCH = "switch"  # a press, when everything lies on the other side
    FINISH = "finish"  # its seconds, or a press

    @property
    def timed(self) -> bool:
        """Whether a step of this kind goes on by itself after its seconds."""
        return self in (Kind.HOLD, Kind.FINISH)


class Choosable(Enum):
    """What a member may choose on a step; the value is its name in routine files."""

    SIDE = "side"  # the side done first
    SECONDS = "seconds"  # the length of a side


@dataclass(frozen=True, slots=True)
class RoutineStep:
    """One step as the routine's file has it, before sides and seconds are chosen.

    Attributes:
        id: Its name within the routine, unique there.
        kind: What makes it go on.
        pose: Name of the figure that shows it.
        inset: Name of a second, small figure, or None.
        sided: Whether it is done on one side of the body (each_side steps always are).
        loaded: Whether a load may lie on the body during it.
        seconds: For a hold, its share of a side; for a finish, its length; otherwise None.
        chooses: What the member may choose on it by touch, usually nothing.
    """

    id: str
    kind: Kind
    pose: str
    inset: str | None = None
    sided: bool = False
    loaded: bool = False
    seconds: int | None = None
    chooses: frozenset[Choosable] = frozenset()


@dataclass(frozen=True, slots=True)
class StepText:
    """The words of one step. ``{side}`` and ``{other}`` stand for the words for the sides.

    Attributes:
        headline: What to do, verb first, at most about six words.
        detail: One short sentence under it.
        why: One fact for the quiet moments, or empty.
        beat: In a hold that moves: the words for its two halves, or empty.
    """

    headline: str
    detail: str
    why: str = ""
    beat: tuple[str, str] | tuple[()] = ()


@dataclass(frozen=True, slots=True)
class WeightOffText:
    """The words of weight off: what a member reads who has held the button to stop everything.

    A routine without a load has them too: then they say what to stop, and there is no weight.

    Attributes:
        headline: What has happened, at most about six words.
        detail: What to do now, one short sentence.
        press: What a press means, beside the button.
    """

    headline: str
    detail: str
    press: str


@dataclass(frozen=True, slots=True)
class RoutineText:
    """Everything that a member reads of a routine, in one language.

    Attributes:
        title: The routine's name.
        invitation: One line for someone standing at the station.
        equipment: What it needs, an item each.
        facts: Why it may help, a sentence each, for the attract screen.
        skip_if: Who should skip it, an item each.
        skip_advice: What to do when not sure.
        stop_if: The signs to stop at, an item each; a routine without a load may have none.
        emergency: What to do when it is severe.
        always: What holds during every loaded step.
        weight_off: The words of weight off.
        labels: The words beside its drawings, by the names that the drawings have for them.
        steps: The words of each step by its id.
    """

    title: str
    invitation: str
    equipment: tuple[str, ...]
    facts: tuple[str, ...]
    skip_if: tuple[str, ...]
    skip_advice: str
    stop_if: tuple[str, ...]
    emergency: str
    always: str
    weight_off: WeightOffText
    labels: Mapping[str, str]
    steps: Mapping[str, StepText]


@dataclass(frozen=True, slots=True)
class Routine:
    """A whole routine.

    Attributes:
        id: Its name in files, routes and the log.
        prepare: Steps before the first side.
        each_side: Steps done on the first side, then again on the other.
        switch: Steps between the sides.
        finish: Steps after both sides.
        side_seconds: The lengths of a side that are offered, in seconds, ascending.
        default_seconds: The one of them taken unless chosen.
        poster: Name of the figure that invites to it on the attract screen.
        weight_off_pose: Name of the figure that shows what to do at weight off.
        alternative: Id of the routine offered to those who should skip this one, or None.
        texts: Its words by language code; every language has every step.
    """

    id: str
    prepare: tuple[RoutineStep, ...]
    each_side: tuple[RoutineStep, ...]
    switch: tuple[RoutineStep, ...]
    finish: tuple[RoutineStep, ...]
    side_seconds: tuple[int, ...]
    default_seconds: int
    poster: str
    weight_off_pose: str
    alternative: str | None
    texts: Mapping[str, RoutineText]

    @property
    def steps(self) -> tuple[RoutineStep, ...]:
        """Every step once, in order."""
        return self.prepare + self.each_side + self.switch + self.finish
