"""What holds of the plan of any routine: however its sides take turns, and whatever its sets."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.cues import Cue
from kiosk.core.plan import Step, plan_make_up, plan_session, session_minutes
from kiosk.core.routine import Kind, Routine, Side, Sides
from tests.drivers.plain import any_routine

SECONDS = st.integers(1, 900)


def is_hold(step: Step) -> bool:
    return step.kind is Kind.HOLD


def held(steps: tuple[Step, ...], side: Side | None) -> int:
    """Seconds of all the holds of `side`."""
    return sum(step.seconds or 0 for step in steps if (step.kind, step.side) == (Kind.HOLD, side))


def sides_in_order(steps: tuple[Step, ...]) -> list[Side | None]:
    """The sides of the sets, in their order."""
    seen: list[tuple[Side | None, int]] = []
    for step in steps:
        place = (step.side, step.set_number)
        if step.kind is Kind.HOLD and (not seen or seen[-1] != place):
            seen.append(place)
    return [side for side, _ in seen]


@settings(deadline=None)
@given(any_routine(), st.sampled_from(Side), SECONDS)
def test_the_holds_of_a_side_add_up_to_its_seconds(
    routine: Routine, first: Side, seconds: int
) -> None:
    steps = plan_session(routine, first, seconds)
    if routine.sides is Sides.BOTH_AT_ONCE:
        assert held(steps, None) == seconds
        assert {step.side for step in steps} == {None}
    else:
        assert [held(steps, side) for side in (None, *Side)] == [0, seconds, seconds]


@settings(deadline=None)
@given(any_routine(), st.sampled_from(Side), SECONDS)
def test_no_step_is_lost_and_none_is_done_more_often_than_there_are_sets(
    routine: Routine, first: Side, seconds: int
) -> None:
    steps = plan_session(routine, first, seconds)
    sides = 1 if routine.sides is Sides.BOTH_AT_ONCE else 2
    turns = sides * routine.sets
    switches = {
        Sides.BOTH_AT_ONCE: 0,
        Sides.ONE_AFTER_THE_OTHER: 1,
        Sides.ALTERNATING: turns - 1,
    }[routine.sides]
    expected = Counter({step.id: 1 for step in routine.prepare + routine.finish})
    expected.update({step.id: turns for step in routine.each_side})
    expected.update({step.id: switches for step in routine.switch})
    assert Counter(step.id for step in steps) == +expected


@settings(deadline=None)
@given(any_routine(), st.sampled_from(Side), SECONDS)
def test_the_sides_come_in_the_order_that_the_routine_says(
    routine: Routine, first: Side, seconds: int
) -> None:
    turns = {
        Sides.BOTH_AT_ONCE: [None] * routine.sets,
        Sides.ONE_AFTER_THE_OTHER: [first] * routine.sets + [first.other] * routine.sets,
        Sides.ALTERNATING: [first, first.other] * routine.sets,
    }
    steps = plan_session(routine, first, seconds)
    assert sides_in_order(steps) == turns[routine.sides]
    for step in steps:
        if step.kind is Kind.SWITCH and step.side is not None:
            later = steps[steps.index(step) :]
            assert step.side in {other.side for other in later if other.kind is Kind.HOLD}


@settings(deadline=None)
@given(any_routine())
def test_every_set_of_an_offered_length_has_the_same_whole_breaths(routine: Routine) -> None:
    for seconds in routine.side_seconds:
        steps = plan_session(routine, Side.LEFT, seconds)
        holds = [step for step in steps if step.kind is Kind.HOLD]
        of_sets = {
            (side, number): [
                hold.seconds for hold in holds if (hold.side, hold.set_number) == (side, number)
            ]
            for side, number in {(hold.side, hold.set_number) for hold in holds}
        }
        one = next(iter(of_sets.values()))
        assert all(of_a_set == one for of_a_set in of_sets.values())
        if routine.breath_seconds is not None:
            assert all(routine.breaths(hold.seconds or 0) is not None for hold in holds)


@settings(deadline=None)
@given(any_routine(), st.sampled_from(Side), SECONDS)
def test_each_change_of_side_each_end_of_a_set_and_the_end_can_be_heard(
    routine: Routine, first: Side, seconds: int
) -> None:
    steps = plan_session(routine, first, seconds)
    assert [step.cue for step in steps].count(Cue.FINISHED) == 1
    for number, step in enumerate(steps):
        assert (step.cue is Cue.SWITCH) == (step.kind is Kind.SWITCH)
        rest = [(hold.side, hold.set_number) for hold in steps[number + 1 :] if is_hold(hold)]
        ends_a_set = is_hold(step) and (step.side, step.set_number) not in rest
        counted = any(mark.cue is Cue.COUNTDOWN for mark in step.marks)
        assert counted == (ends_a_set and (step.seconds or 0) > 1)
        for mark in step.marks:
            assert 0 < mark.remaining < (step.seconds or 0)


@settings(deadline=None)
@given(
    any_routine(), st.sampled_from(Side), st.dictionaries(st.sampled_from(Side), st.integers(0, 99))
)
def test_a_make_up_has_all_that_is_missing_and_no_set_longer_than_before(
    routine: Routine, first: Side, missing: dict[Side, int]
) -> None:
    seconds = routine.default_seconds
    if routine.sides is Sides.BOTH_AT_ONCE:
        missing = dict.fromkeys(Side, max(missing.values(), default=0))
    missing = {side: min(by, seconds) for side, by in missing.items()}
    steps = plan_make_up(routine, first, missing, seconds)
    if routine.sides is Sides.BOTH_AT_ONCE:
        assert held(steps, None) == max(missing.values(), default=0)
    else:
        assert [held(steps, side) for side in Side] == [missing.get(side, 0) for side in Side]
    sets = Counter[tuple[Side | None, int]]()
    for step in steps:
        sets[step.side, step.set_number] += step.seconds or 0 if step.kind is Kind.HOLD else 0
    assert max(sets.values()) <= seconds / routine.sets
    assert steps[-1].kind is Kind.FINISH


@settings(deadline=None)
@given(any_routine(), SECONDS)
def test_any_session_is_told_in_minutes(routine: Routine, seconds: int) -> None:
    steps = plan_session(routine, Side.LEFT, seconds)
    timed = sum(step.seconds or 0 for step in steps)
    assert session_minutes(routine, seconds) >= max(1, timed // 60)
