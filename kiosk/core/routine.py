"""What a routine is: its steps, in the order they are done, and the words that go with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

Text = TypeVar("Text")


class Side(Enum):
    """A side of the body; the value is its name in files, in the API and in style sheets."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


class Sides(Enum):
    """How the sides take their turns; the value is its name in routine files."""

    ONE_AFTER_THE_OTHER = "one-after-the-other"  # all sets of one side, then those of the other
    ALTERNATING = "alternating"  # a set of one side, a set of the other, and so on
    BOTH_AT_ONCE = "both-at-once"  # no side of its own: what is held counts for both


class Kind(Enum):
    """What makes a step go on to the next one."""

    GATE = "gate"  # a press, which says: none of the reasons to skip this is mine
    SETUP = "setup"  # a press, when the member is in place
    HOLD = "hold"  # its seconds, or a press
    SWITCH = "switch"  # a press, when all equipment is on the other side
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
class BySide(Generic[Text]):
    """Words that may differ by the side of the body; where they do not, both are the same.

    Attributes:
        left: The words for the left side.
        right: The words for the right side.
    """

    left: Text
    right: Text

    def of(self, side: Side | None) -> Text:
        """The words for `side`; None is no side, for which only words that do not differ fit."""
        return self.right if side is Side.RIGHT else self.left


@dataclass(frozen=True, slots=True)
class RoutineStep:
    """One step as it is in the routine's file, before sides and seconds are chosen.

    Attributes:
        id: Its name within the routine, unique there.
        kind: What makes it go on.
        pose: Name of the figure that shows it.
        inset: Name of a second, small figure, or None.
        sided: Whether it is done on one side of the body; steps of each_side always are.
        loaded: Whether a load may lie on the body during it.
        seconds: For a hold, its weight when the seconds of a set are shared out; for a finish, its
            length; for any other kind None.
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
    """The words of one step on one side: whole sentences, in which nothing is to be filled in.

    Attributes:
        headline: What to do, verb first, at most about six words.
        detail: One short sentence under it.
        why: One fact about the step, to read while nothing needs to be done; may be empty.
        beat: For a hold with a movement, the word for each half of it, such as "Breathe in" and
            "Breathe out"; empty without.
    """

    headline: str
    detail: str
    why: str = ""
    beat: tuple[str, str] | tuple[()] = ()


@dataclass(frozen=True, slots=True)
class WeightOffText:
    """The words of weight off: what a member reads who has held the button to stop everything.

    A routine without a load has them too; there they say what to stop doing.

    Attributes:
        headline: What has happened, at most about six words.
        detail: What to do now, one short sentence.
        press: What a press will do now; it stands beside the button's sign.
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
        equipment: The things that it needs.
        facts: Sentences on why it may help, for the attract screen.
        skip_if: Reasons to skip it, a few words each.
        skip_advice: What to do when not sure.
        stop_if: The signs to stop at, a few words each; a routine without a load may have none.
        emergency: What to do when something severe happens.
        always: Advice that counts in every loaded step.
        weight_off: The words of weight off.
        labels: The words beside its drawings, by the names that the drawings have for them.
        steps: The words of each step by its id, for each side.
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
    steps: Mapping[str, BySide[StepText]]


@dataclass(frozen=True, slots=True)
class Routine:
    """A whole routine.

    Attributes:
        id: Its name in files, in the API, in the store and in the log.
        prepare: Steps before the first side.
        each_side: Steps of one set of a side: what the first side does, and then the other one, or
            both of them at once.
        switch: Steps from one side to the other; none if both work at once.
        finish: Steps after all of that.
        side_seconds: The lengths of a side that are offered, ascending: the seconds of all its
            holds in all its sets together.
        default_seconds: The length that is taken if nobody chooses another.
        poster: Name of the figure that invites to it on the attract screen.
        weight_off_pose: Name of the figure that shows what to do at weight off.
        alternative: Id of the routine offered to those who should skip this one, or None.
        texts: Its words by language code, first those in its own language, that of its file. Each
            language has words for every step. A code is in it only if its words can be had.
        sides: How the sides take their turns.
        sets: How often each side does its steps, 1 or more.
        breath_seconds: Seconds of a breath, if its holds are counted in breaths; else None.
        place: Where it stands among the routines, from 1; None is after all that have a place.
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
    sides: Sides = Sides.ONE_AFTER_THE_OTHER
    sets: int = 1
    breath_seconds: int | None = None
    place: int | None = None

    @property
    def steps(self) -> tuple[RoutineStep, ...]:
        """Every step once, in the order of a session."""
        return self.prepare + self.each_side + self.switch + self.finish

    @property
    def poses(self) -> frozenset[str]:
        """The names of all its figures."""
        shown = {self.poster, self.weight_off_pose}
        for step in self.steps:
            shown |= {step.pose} if step.inset is None else {step.pose, step.inset}
        return frozenset(shown)

    def language_for(self, wanted: str) -> str:
        """`wanted` if it has words in that language, else its own language.

        So all of its words are in one language, however few it has been translated into.
        """
        return wanted if wanted in self.texts else next(iter(self.texts))

    def breaths(self, seconds: int) -> int | None:
        """How many breaths `seconds` are; None if it counts no breaths, or if they are not whole.

        Args:
            seconds: Routine seconds, 0 or more.
        """
        if self.breath_seconds is None or seconds % self.breath_seconds != 0:
            return None
        return seconds // self.breath_seconds
