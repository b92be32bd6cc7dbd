"""What is said aloud when: which sentences belong to a change of the session.

Only what is to be said is decided here, not in which words or with whose voice. A sentence begins
when the pattern of its cue is over, and a newer cue cuts it off.
"""

from dataclasses import dataclass
from enum import Enum

from kiosk.core.cues import Cue, pattern_seconds
from kiosk.core.plan import Step
from kiosk.core.routine import Side
from kiosk.core.screen import shown_language
from kiosk.core.session import Rules, State, Status


class Saying(Enum):
    """What a sentence says; the value is its name in the names of files."""

    TITLE = "title"  # of a routine, where they are shown one after the other
    HEADLINE = "headline"  # of a step
    DETAIL = "detail"  # of a step
    WEIGHT_OFF = "weight-off"
    WEIGHT_OFF_DETAIL = "weight-off-detail"
    HALFWAY = "halfway"
    TEN_SECONDS = "ten-seconds"
    STILL_THERE = "still-there"
    WELL_DONE = "well-done"

    @property
    def of_routine(self) -> bool:
        """Whether its words are those of a routine, and not the station's own."""
        return self in _OF_ROUTINES


_OF_ROUTINES = frozenset(
    (
        Saying.TITLE,
        Saying.HEADLINE,
        Saying.DETAIL,
        Saying.WEIGHT_OFF,
        Saying.WEIGHT_OFF_DETAIL,
    )
)

#: What the station says in its own words when it comes to a status.
_OWN_WORDS = {Status.ASKING: Saying.STILL_THERE, Status.SUMMARY: Saying.WELL_DONE}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that may be said.

    Attributes:
        saying: What it says.
        language: Code of the language that it is said in.
        routine: Id of the routine whose words these are, None for the station's own.
        step: Id of the step, None if it is about no step.
        side: The side of the step, None without one.
    """

    saying: Saying
    language: str
    routine: str | None = None
    step: str | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """What the voice does at a change of the session.

    Attributes:
        sentences: What is said, one after the other; empty if nothing is.
        after: Clock seconds from the change to the first of them: until its cue is over.
        cuts_off: Whether what is being said is out of date, because something sounds, another
            sentence has come, or the screen is about something else.
    """

    sentences: tuple[Sentence, ...]
    after: float
    cuts_off: bool


def speech_for(before: State, after: State, cue: Cue | None, rules: Rules) -> Speech:
    """What the voice does when `before` has become `after`.

    Args:
        before: The state before the change.
        after: The state after it.
        cue: The cue of the change, None without one.
        rules: What stays the same while the station runs.
    """
    sentences = sentences_for(before, after, rules)
    moved = (before.status, before.session, before.index) != (
        after.status,
        after.session,
        after.index,
    )
    return Speech(
        sentences,
        after=0.0 if cue is None else pattern_seconds(cue),
        cuts_off=moved or cue is not None or len(sentences) > 0,
    )


def sentences_for(before: State, after: State, rules: Rules) -> tuple[Sentence, ...]:
    """The sentences to be said, one after the other, when `before` has become `after`.

    A step's headline is said whenever the member comes to it, also from weight off or from "Still
    there?", and when the words of its screen become others by a choice. Its detail is said with it
    unless the plan has had the same step before, on the other side or in an earlier set.

    Args:
        before: The state before the change.
        after: The state after it.
        rules: What stays the same while the station runs.
    """
    step = after.step
    if step is None:
        return ()
    language = shown_language(after, rules)
    another = _is_another_step(before, after, rules)
    if after.status is Status.BROWSING and another:
        return (Sentence(Saying.TITLE, language, after.choices.routine),)
    if after.status is not Status.RUNNING:
        return () if after.status is before.status else _of_status(after, language)
    fresh = another or before.status is Status.BROWSING
    if not fresh and before.status is Status.RUNNING:
        return _within(step, before, after, language)
    arrived = fresh and before.index != after.index
    told = (Sentence(Saying.HALFWAY, language),) if arrived and step.cue is Cue.HALFWAY else ()
    first = fresh and step.id not in {done.id for done in after.steps[: after.index]}
    says = (Saying.HEADLINE, Saying.DETAIL) if first else (Saying.HEADLINE,)
    routine = after.choices.routine
    return (*told, *(Sentence(each, language, routine, step.id, step.side) for each in says))


def _of_status(state: State, language: str) -> tuple[Sentence, ...]:
    """What is said when the station comes to the status of `state`, in which no step runs."""
    if state.status is Status.PAUSED:
        sayings = (Saying.WEIGHT_OFF, Saying.WEIGHT_OFF_DETAIL)
        return tuple(Sentence(saying, language, state.choices.routine) for saying in sayings)
    own = _OWN_WORDS.get(state.status)
    return () if own is None else (Sentence(own, language),)


def _is_another_step(before: State, after: State, rules: Rules) -> bool:
    """Whether the member has come to a step with other words, and not back to where they were."""
    return before.step is None or _place(before, rules) != _place(after, rules)


def _place(state: State, rules: Rules) -> tuple[object, ...]:
    """Everything that the words of the step of `state` depend on."""
    side = None if state.step is None else state.step.side
    routine, language = state.choices.routine, shown_language(state, rules)
    return (state.session, state.index, state.make_up, side, routine, language)


def _within(step: Step, before: State, after: State, language: str) -> tuple[Sentence, ...]:
    """What is said when a moment within `step` has come; of several only the last one counts."""
    passed = step.marks[before.next_mark : after.next_mark]
    if not passed or passed[-1].cue not in (Cue.HALFWAY, None):
        return ()
    saying = Saying.TEN_SECONDS if passed[-1].cue is None else Saying.HALFWAY
    return (Sentence(saying, language),)
