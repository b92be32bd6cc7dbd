"""What is to be shown: the screen that belongs to a state, and the numbers that run on it."""

from dataclasses import dataclass
from enum import Enum

from kiosk.core.choosing import (
    ROUTINES_A_PAGE,
    browsed,
    first_seconds,
    languages_of,
    offered_in,
)
from kiosk.core.ledger import Ledger
from kiosk.core.moves import missing_seconds
from kiosk.core.plan import Step, session_minutes
from kiosk.core.remaining import remaining_at, side_remaining_at
from kiosk.core.routine import Choosable, Kind, Routine, RoutineText, Side, Sides, StepText
from kiosk.core.session import (
    Choices,
    Rules,
    State,
    Status,
    ledger_at,
)


class View(Enum):
    """Which screen it is; the value names its template, and its class in the style sheet."""

    ATTRACT = "attract"
    CHOOSE = "choose"
    BROWSE = "browse"
    LANGUAGES = "languages"
    GATE = "gate"
    SETUP = "setup"
    READY = "ready"
    HOLD = "hold"
    SWITCH = "switch"
    FINISH = "finish"
    PAUSED = "paused"
    ASKING = "asking"
    SUMMARY = "summary"
    RESUME = "resume"


class Place(Enum):
    """Where a segment of the progress strip stands."""

    DONE = "done"
    NOW = "now"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class Segment:
    """One step on the progress strip."""

    side: Side | None
    kind: Kind
    place: Place


@dataclass(frozen=True, slots=True)
class Offered:
    """A routine that can be chosen by touching its picture.

    Attributes:
        routine: The routine.
        text: Its words in the chosen language.
        minutes: About how many minutes a whole session of it takes.
    """

    routine: Routine
    text: RoutineText
    minutes: int


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything on the screen except the numbers that run.

    Attributes:
        view: Which screen it is.
        choices: The choices in force.
        routine: The routine.
        language: Code of the language that all words on the screen are in: the chosen one, or, if
            the routine has no words in it, the routine's own.
        text: The routine's words in `language`.
        step: The current step, on the summary the last one; None outside of a session.
        words: The words of `step` for its side.
        next_step: The step after `step`, None at the end.
        next_words: The words of `next_step` for its side.
        progress: The progress strip: the steps of the session in order.
        step_number: The number of the current step in `progress`, counted from 1; 0 outside of a
            session.
        minutes: For the attract screen: about how many minutes a whole session takes, else None.
        side_remaining: For the offer after a power cut: routine seconds that are still to be held
            on the side of the step, or in all if it has none; else None.
        sides: The sides that the routine works on one at a time. It is empty if the routine works
            on both at once: then both have the same seconds, and one total tells all.
        ledger: For the summary: seconds held; empty else, so that a screen is the same one however
            long the hold before it was.
        missing: For the summary: whole seconds that each side may still make up.
        make_up_seconds: For the summary: whole seconds that it takes to make up all of `missing`.
        breaths: How many breaths the step lasts; None if it is no hold that is counted in breaths.
        choosable_sides: The first sides that can be chosen on this screen; empty if none can.
        choosable_seconds: The lengths of a side that can be chosen on this screen, ascending;
            empty if there is only one, or none can.
        languages: The codes of the languages that can be chosen on this screen by touch, or on the
            one that it leads to; empty if there is only one, or none can.
        invitations: For the attract screen: the codes of the other languages that it invites in by
            turns; empty if somebody has chosen a language, and on any other screen.
        other_routines: Whether the pictures of the offered routines can be asked for here.
        offered: The routines on this page of the pictures; empty on any other screen. Where the
            routines come one after the other, each has a page of its own.
        page: Which page of them it is, from 0.
        pages: How many pages there are; 0 on any other screen.
    """

    view: View
    choices: Choices
    routine: Routine
    language: str
    text: RoutineText
    step: Step | None
    words: StepText | None
    next_step: Step | None
    next_words: StepText | None
    progress: tuple[Segment, ...]
    step_number: int
    minutes: int | None
    side_remaining: float | None
    sides: tuple[Side, ...]
    ledger: Ledger
    missing: dict[Side, int]
    make_up_seconds: int
    breaths: int | None
    choosable_sides: tuple[Side, ...]
    choosable_seconds: tuple[int, ...]
    languages: tuple[str, ...]
    invitations: tuple[str, ...]
    other_routines: bool
    offered: tuple[Offered, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class RunningNumbers:
    """The numbers that run on a screen, at one moment.

    Attributes:
        remaining: Routine seconds that remain of the countdown, None without one.
        total: Routine seconds that the whole countdown has, None without one.
        running: Whether the countdown runs; at weight off it stands still.
        ledger: Seconds held up to now.
        counting: The sides whose seconds are growing now: none, one, or both at once.
        pressed: Clock seconds that the button has been down, None if it is up.
    """

    remaining: float | None
    total: float | None
    running: bool
    ledger: Ledger
    counting: tuple[Side, ...]
    pressed: float | None


_VIEW_OF_STATUS = {
    Status.ATTRACT: View.ATTRACT,
    Status.CHOOSING: View.CHOOSE,
    Status.BROWSING: View.BROWSE,
    Status.LANGUAGES: View.LANGUAGES,
    Status.PAUSED: View.PAUSED,
    Status.READY: View.READY,
    Status.ASKING: View.ASKING,
    Status.SUMMARY: View.SUMMARY,
    Status.RESUME: View.RESUME,
}

#: The statuses whose countdown runs, if they have one.
_COUNTING_DOWN = (Status.RUNNING, Status.READY, Status.BROWSING)

_VIEW_OF_KIND = {
    Kind.GATE: View.GATE,
    Kind.SETUP: View.SETUP,
    Kind.HOLD: View.HOLD,
    Kind.SWITCH: View.SWITCH,
    Kind.FINISH: View.FINISH,
}


def screen_of(state: State, rules: Rules) -> Screen:
    """The screen of `state`."""
    routine = rules.routines[state.choices.routine]
    language = shown_language(state, rules)
    text = routine.texts[language]
    step = state.step
    later = state.steps[state.index + 1 :]
    languages = _languages(state, rules)
    next_step = later[0] if later and state.status is not Status.SUMMARY else None
    offered = state.status is Status.RESUME
    summing_up = state.status is Status.SUMMARY
    inviting = state.status is Status.ATTRACT
    pages, page = _pages(state, rules)
    seconds = state.choices.seconds
    chooses = _chooses(state)
    sides = () if routine.sides is Sides.BOTH_AT_ONCE else tuple(Side)
    lengths = routine.side_seconds if len(routine.side_seconds) > 1 else ()
    missing = missing_seconds(state, rules) if summing_up else {}
    return Screen(
        view=view_of(state),
        choices=state.choices,
        routine=routine,
        language=language,
        text=text,
        step=step,
        words=None if step is None else text.steps[step.id].of(step.side),
        next_step=next_step,
        next_words=None if next_step is None else text.steps[next_step.id].of(next_step.side),
        progress=_progress(state),
        step_number=_step_number(state),
        minutes=session_minutes(routine, seconds) if inviting else None,
        side_remaining=side_remaining_at(state, state.since, rules) if offered else None,
        sides=sides,
        ledger=state.ledger if summing_up else Ledger(),
        missing=missing,
        make_up_seconds=sum(missing.values()) if sides else max(missing.values(), default=0),
        breaths=_breaths(step, routine),
        choosable_sides=sides if Choosable.SIDE in chooses else (),
        choosable_seconds=lengths if Choosable.SECONDS in chooses else (),
        languages=languages,
        invitations=_invitations(state, languages, rules),
        other_routines=_other_routines(state, rules),
        offered=_offered(pages[page], state, rules) if pages else (),
        page=page,
        pages=len(pages),
    )


def shown_language(state: State, rules: Rules) -> str:
    """Code of the language that everything on the screen of `state` is in."""
    return rules.routines[state.choices.routine].language_for(state.choices.language)


def view_of(state: State) -> View:
    """Which screen belongs to `state`."""
    if state.status is Status.RUNNING and state.step is not None:
        return _VIEW_OF_KIND[state.step.kind]
    return _VIEW_OF_STATUS[state.status]


def numbers_of(state: State, now: float, rules: Rules) -> RunningNumbers:
    """The running numbers of `state` at `now` (clock seconds)."""
    remaining = remaining_at(state, now, rules)
    return RunningNumbers(
        remaining=remaining,
        total=None if remaining is None else _total(state, rules),
        running=remaining is not None and state.status in _COUNTING_DOWN,
        ledger=ledger_at(state, now, rules),
        counting=_counting(state),
        pressed=None if state.press is None else max(0.0, now - state.press.at),
    )


def asks_for_press(state: State) -> bool:
    """Whether the session goes on only if somebody presses.

    The light of the button then stays on between cues, to ask for that press.
    """
    step = state.step
    return state.status not in (Status.READY, Status.BROWSING) and not (
        state.status is Status.RUNNING and step is not None and step.kind.timed
    )


def _chooses(state: State) -> frozenset[Choosable]:
    """What can be chosen on the screen of `state`: what its step offers, if work has not begun."""
    if state.step is None or state.status is not Status.RUNNING or not state.preparing:
        return frozenset()
    return state.step.chooses


def _at_first_step(state: State) -> bool:
    """Whether `state` is the first step of a session, where routine and language are chosen."""
    return state.status is Status.RUNNING and state.preparing and state.index == 0


def _other_routines(state: State, rules: Rules) -> bool:
    """Whether the screen of `state` leads to other routines, because some are offered."""
    return _at_first_step(state) and len(offered_in(state.choices.language, rules)) > 1


def _languages(state: State, rules: Rules) -> tuple[str, ...]:
    """The languages that can be chosen on the screen of `state`."""
    at_rest = state.status in (Status.ATTRACT, Status.LANGUAGES)
    if not at_rest and not _at_first_step(state):
        return ()
    languages = languages_of(rules.routines[state.choices.routine], rules)
    return languages if len(languages) > 1 else ()


def _invitations(state: State, languages: tuple[str, ...], rules: Rules) -> tuple[str, ...]:
    """The languages besides the one of the screen that the attract screen invites in."""
    chosen = state.choices.language
    if state.status is not Status.ATTRACT or chosen != rules.defaults.language:
        return ()
    return tuple(each for each in languages if each != chosen)


def _total(state: State, rules: Rules) -> float | None:
    """Routine seconds that the countdown of `state` has from its beginning."""
    if state.status is Status.BROWSING:
        return rules.timing.browsing_takes_after * rules.speed
    if state.status is Status.READY:
        return rules.timing.get_ready
    return state.step.seconds if state.step else None


def _pages(state: State, rules: Rules) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The pages of pictures, each with the ids of its routines, and which of them is shown."""
    if state.status is Status.BROWSING:
        listed = browsed(state, rules)
        return tuple((each,) for each in listed), listed.index(state.choices.routine)
    if state.status is Status.CHOOSING:
        listed = offered_in(state.choices.language, rules)
        firsts = range(0, len(listed), ROUTINES_A_PAGE)
        return tuple(listed[first : first + ROUTINES_A_PAGE] for first in firsts), state.page
    return (), 0


def _offered(page: tuple[str, ...], state: State, rules: Rules) -> tuple[Offered, ...]:
    """The routines with the ids on `page`, as they are offered."""
    return tuple(
        Offered(
            routine,
            routine.texts[routine.language_for(state.choices.language)],
            session_minutes(routine, first_seconds(routine.id, rules)),
        )
        for routine in map(rules.routines.__getitem__, page)
    )


def _breaths(step: Step | None, routine: Routine) -> int | None:
    """How many breaths `step` lasts, if it is a hold that is counted in them."""
    if step is None or step.kind is not Kind.HOLD or step.seconds is None:
        return None
    return routine.breaths(step.seconds)


def _counting(state: State) -> tuple[Side, ...]:
    """The sides whose seconds are growing: a hold without a side counts for both."""
    if not state.holding or state.step is None:
        return ()
    return tuple(Side) if state.step.side is None else (state.step.side,)


def _progress(state: State) -> tuple[Segment, ...]:
    return tuple(
        Segment(step.side, step.kind, _place(number, state))
        for number, step in enumerate(state.steps)
    )


def _place(number: int, state: State) -> Place:
    """Whether the step with the index `number` is done, is being done, or comes later."""
    if state.status is Status.SUMMARY or number < state.index:
        return Place.DONE
    return Place.NOW if number == state.index else Place.TODO


def _step_number(state: State) -> int:
    """The number of the current step, counted from 1; on the summary that of the last step."""
    if state.status is Status.SUMMARY:
        return len(state.steps)
    return state.index + 1 if state.steps else 0
