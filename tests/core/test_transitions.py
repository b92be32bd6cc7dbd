"""The table of transitions: total, and true to what the moves do."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.cues import Cue
from kiosk.core.remaining import remaining_at
from kiosk.core.routine import Kind, Side
from kiosk.core.saved import offer, save
from kiosk.core.session import (
    Back,
    ButtonDown,
    ButtonHeld,
    ButtonStuck,
    ButtonUp,
    Choose,
    Event,
    Rules,
    ShowLanguages,
    ShowRoutines,
    Source,
    State,
    Status,
    Tick,
    ledger_at,
)
from kiosk.core.transitions import TABLE, Trigger, advance, next_deadline
from tests.drivers.mat import Mat

SOURCES = st.sampled_from(Source)
EVENTS = st.one_of(
    st.builds(ButtonDown, SOURCES),
    st.builds(ButtonUp, SOURCES),
    st.builds(ButtonHeld, SOURCES),
    st.builds(ButtonStuck, st.booleans()),
    st.just(Tick()),
    st.just(Back()),
    st.builds(ShowRoutines, st.integers(-1, 1)),
    st.just(ShowLanguages()),
    st.builds(
        Choose,
        side=st.none() | st.sampled_from(Side),
        seconds=st.none() | st.sampled_from((30, 60, 120, 7)),
        routine=st.none() | st.sampled_from(("psoas-release", "no-pressure-psoas", "none")),
        language=st.none() | st.sampled_from(("en", "xx")),
    ),
)
WAITS = st.one_of(
    st.floats(0, 0.6), st.floats(0.6, 5), st.floats(5, 100), st.sampled_from((0.25, 1.2, 30, 90))
)
#: A press long enough after the last one to count. Many of them take a run far into a session.
PRESSES = st.just((1.0, ButtonDown(Source.PIN)))
STEPS = st.lists(st.one_of(PRESSES, st.tuples(WAITS, EVENTS)), max_size=60)
FURTHER = st.integers(0, 14)


def test_the_table_has_every_trigger_in_every_status() -> None:
    assert set(TABLE) == set(Status)
    for status in Status:
        assert set(TABLE[status]) == set(Trigger), status


def started(rules: Rules, presses: int) -> Mat:
    """A mat after some presses, so that more than the first steps of a session are tested."""
    mat = Mat(rules)
    for _ in range(presses):
        mat.press()
    return mat


@settings(max_examples=300, deadline=None)
@given(presses=FURTHER, steps=STEPS, by_button=st.booleans())
def test_whatever_happens_state_stays_sound(
    rules: Rules, presses: int, steps: list[tuple[float, Event]], *, by_button: bool
) -> None:
    mat = started(replace(rules, choose_by_button=by_button), presses)
    for wait, event in steps:
        mat.wait(wait)
        before = mat.state
        mat.post(event)
        assert mat.state is before or mat.state.version == before.version + 1
        remaining = remaining_at(mat.state, mat.now, mat.rules)
        assert remaining is None or remaining >= 0
        assert mat.state.index < max(1, len(mat.state.steps))
        assert bool(mat.state.steps) == (mat.state.status is not Status.ATTRACT)
        due = next_deadline(mat.state, mat.rules)
        assert due is None or due > mat.now


@settings(max_examples=300, deadline=None)
@given(presses=FURTHER, steps=STEPS)
def test_the_ledger_adds_up_to_the_time_held(
    rules: Rules, presses: int, steps: list[tuple[float, Event]]
) -> None:
    """The test keeps a book of its own, in which time counts whenever a hold is running."""
    mat = started(rules, presses)
    book = ledger_at(mat.state, mat.now, mat.rules).total
    for wait, event in steps:
        target = mat.now + wait
        while mat.now < target:
            due = next_deadline(mat.state, mat.rules)
            until = target if due is None else min(target, due)
            if mat.state.holding:
                book += until - mat.now
            press = mat.state.press
            mat.wait(until - mat.now)
            if press is not None and mat.state.press is None:
                # Weight off froze the session as it was when the button went down.
                book = ledger_at(press.before, press.at, mat.rules).total
            if mat.status is Status.ATTRACT:
                book = 0.0
        session, press = mat.state.session, mat.state.press
        mat.post(event)
        if isinstance(event, ButtonHeld) and press is not None and press.source is event.source:
            book = ledger_at(press.before, press.at, mat.rules).total
        if mat.status is Status.ATTRACT or mat.state.session != session:
            book = 0.0
        assert abs(ledger_at(mat.state, mat.now, mat.rules).total - book) < 1e-6


@settings(max_examples=200, deadline=None)
@given(presses=FURTHER, steps=STEPS)
def test_each_arrival_at_the_switch_sounds_one_switch_cue(
    rules: Rules, presses: int, steps: list[tuple[float, Event]]
) -> None:
    mat = Mat(rules)
    arrivals = 0

    def post(event: Event) -> None:
        nonlocal arrivals
        before = mat.state
        outcome = mat.post(event)
        new = outcome.state
        arrived = _at_switch(new) and not _at_switch(before)
        forward = new.status is Status.RUNNING and before.index < new.index
        arrivals += arrived and forward

    events = [(1.0, ButtonDown(Source.PIN))] * presses + steps
    for wait, event in events:
        target = mat.now + wait
        while (due := next_deadline(mat.state, mat.rules)) is not None and due <= target:
            mat.now = max(mat.now, due)
            post(Tick())
        mat.now = target
        post(event)
    assert mat.heard().count(Cue.SWITCH) == arrivals


@settings(max_examples=200, deadline=None)
@given(waits=st.lists(st.floats(0.6, 85), min_size=18, max_size=40))
def test_a_session_that_nothing_is_taken_back_in_sounds_the_switch_exactly_once(
    rules: Rules, waits: list[float]
) -> None:
    mat = Mat(rules)
    mat.press()
    for wait in waits:
        mat.press(after=wait)
        if mat.endings:
            break
    kinds = [step.kind for step in mat.state.steps[: mat.state.index + 1]]
    reached = Kind.SWITCH in kinds or bool(mat.endings)
    assert mat.heard().count(Cue.SWITCH) == reached


@settings(max_examples=200, deadline=None)
@given(presses=FURTHER, steps=STEPS, by_button=st.booleans())
def test_no_session_lasts_for_ever(
    rules: Rules, presses: int, steps: list[tuple[float, Event]], *, by_button: bool
) -> None:
    mat = started(replace(rules, choose_by_button=by_button), presses)
    for wait, event in steps:
        mat.wait(wait)
        mat.post(event)
    longest_plan = 2 * 180 + 2 * 90 + 40
    mat.wait(longest_plan + 90 + 30 + 180 + 30)
    assert mat.status is Status.ATTRACT


@settings(max_examples=200, deadline=None)
@given(presses=FURTHER, steps=STEPS, late=st.floats(0, 1000))
def test_a_late_tick_sounds_one_cue_at_most(
    rules: Rules, presses: int, steps: list[tuple[float, Event]], late: float
) -> None:
    mat = started(rules, presses)
    for wait, event in steps:
        mat.wait(wait)
        mat.post(event)
    heard = len(mat.cues)
    mat.oversleep(late)
    assert len(mat.cues) - heard <= 1


@settings(max_examples=200, deadline=None)
@given(presses=st.integers(0, 30), steps=STEPS, by_button=st.booleans())
def test_a_session_that_could_be_cut_off_is_ended_before_it_is_left(
    rules: Rules, presses: int, steps: list[tuple[float, Event]], *, by_button: bool
) -> None:
    """If it were not ended, the store would offer it again after the next power cut."""
    mat = Mat(replace(rules, choose_by_button=by_button))
    running: set[int] = set()
    told = 0
    for wait, event in [(1.0, ButtonDown(Source.PIN))] * presses + steps:
        for act in (lambda wait=wait: mat.wait(wait), lambda event=event: mat.post(event)):
            act()
            running -= {ending.session for ending in mat.endings[told:]}
            told = len(mat.endings)
            if save(mat.state, mat.now, mat.rules) is not None:
                running.add(mat.state.session)
            else:
                assert not running


def test_every_move_leads_where_the_table_says_and_everywhere_it_says(rules: Rules) -> None:
    """Tries each trigger in many states of each status, and compares with the table."""
    reached: defaultdict[tuple[Status, Trigger], set[Status]] = defaultdict(set)
    triggers: dict[Trigger, Event] = {
        Trigger.PRESS: ButtonDown(Source.SCREEN),
        Trigger.HELD: ButtonHeld(Source.SCREEN),
        Trigger.BACK: Back(),
        Trigger.CHOOSE: Choose(language="en"),
        Trigger.SHOW_ROUTINES: ShowRoutines(),
    }
    bilingual = replace(
        rules,
        languages=("en", "de"),
        routines={
            name: replace(routine, texts={**routine.texts, "de": routine.texts["en"]})
            for name, routine in rules.routines.items()
        },
    )
    by_button = replace(rules, choose_by_button=True)
    for state, now in _many_states(bilingual):
        woken = advance(state, ButtonDown(Source.SCREEN), now, by_button)
        reached[state.status, Trigger.PRESS].add(woken.state.status)
        for trigger, event in triggers.items():
            outcome = advance(state, event, now, rules)
            if outcome.state is not state:
                reached[state.status, trigger].add(outcome.state.status)
        in_german = advance(state, Choose(language="de"), now, bilingual)
        reached[state.status, Trigger.CHOOSE].add(in_german.state.status)
        names = advance(state, ShowLanguages(), now, bilingual)
        if names.state is not state:
            reached[state.status, Trigger.SHOW_LANGUAGES].add(names.state.status)
        chosen = advance(state, Choose(side=Side.LEFT), now, rules)
        reached[state.status, Trigger.CHOOSE].add(chosen.state.status)
        if state.deadline is not None:
            over = advance(state, Tick(), state.deadline, rules)
            reached[state.status, Trigger.TIME_UP].add(over.state.status)
    for status in Status:
        for trigger in Trigger:
            told = set(TABLE[status][trigger].to)
            found = reached[status, trigger] - (set() if told else {status})
            assert found == told, (status, trigger)


def _many_states(rules: Rules) -> list[tuple[State, float]]:
    """States of every status and kind of step, in each of which a press would not be too soon."""
    found: list[tuple[State, float]] = []
    mat = Mat(rules)

    def note(mat: Mat) -> None:
        found.append((mat.state, mat.now))

    note(mat)
    for presses in range(1, 25):
        mat = started(rules, presses)
        mat.wait(2)
        note(mat)
        if mat.state.step is not None and mat.state.step.kind in (Kind.GATE, Kind.SETUP):
            mat.wait(90)
            mat.wait(2)
            note(mat)
        mat = started(rules, presses)
        mat.hold()
        mat.wait(2)
        note(mat)
        mat.press()
        mat.wait(2)
        note(mat)
    found += [_resumable(mat, state, now) for state, now in found if state.holding]
    found += [_resumable(mat, state, now) for state, now in found if _at_switch(state)]
    mat = Mat(rules)
    mat.choose(side=Side.LEFT)
    note(mat)
    choosing = started(rules, 1)
    choosing.post(ShowRoutines())
    choosing.wait(2)
    note(choosing)
    browsing = started(replace(rules, choose_by_button=True), 1)
    browsing.wait(2)
    note(browsing)
    names = started(rules, 1)
    names.post(ShowLanguages())
    names.wait(2)
    note(names)
    even = started(rules, 0)
    for _ in range(2):
        even.press_until("settle")
        even.wait(121)
    even.press_until("stand-up")
    even.press()
    even.wait(2)
    note(even)
    return found


def _resumable(mat: Mat, state: State, now: float) -> tuple[State, float]:
    saved = save(state, now, mat.rules)
    assert saved is not None
    offered = offer(saved, now, mat.rules, 1)
    assert offered is not None
    return offered, now + 2


def _at_switch(state: State) -> bool:
    return state.step is not None and state.step.kind is Kind.SWITCH
