"""The plan: which steps a session has, on which side, for how long, with which cues."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.cues import PATTERNS, Cue, pattern_seconds
from kiosk.core.plan import Mark, plan_make_up, plan_session, session_minutes, share_out
from kiosk.core.routine import Kind, Side
from kiosk.core.session import Rules


def test_the_second_side_is_the_first_one_again_on_the_other_side(rules: Rules) -> None:
    steps = plan_session(rules.routines["psoas-release"], Side.LEFT, 120)
    left = [step for step in steps if step.side is Side.LEFT and step.kind is Kind.HOLD]
    right = [step for step in steps if step.side is Side.RIGHT and step.kind is Kind.HOLD]
    assert [step.id for step in left] == [step.id for step in right]
    assert [step.seconds for step in left] == [step.seconds for step in right]
    assert steps.index(left[-1]) < steps.index(right[0])


def test_every_length_on_offer_is_shared_out_exactly(rules: Rules) -> None:
    for routine in rules.routines.values():
        for seconds in routine.side_seconds:
            steps = plan_session(routine, Side.RIGHT, seconds)
            for side in Side:
                holds = [s for s in steps if s.kind is Kind.HOLD and s.side is side]
                assert sum(hold.seconds or 0 for hold in holds) == seconds


def test_halfway_within_a_hold_is_a_mark_of_that_hold(rules: Rules) -> None:
    steps = plan_session(rules.routines["no-pressure-psoas"], Side.RIGHT, 60)
    hold = next(step for step in steps if step.kind is Kind.HOLD)
    assert hold.marks[0] == Mark(30, Cue.HALFWAY)
    assert [mark.remaining for mark in hold.marks[1:]] == [10, 3, 2, 1]


def test_halfway_between_two_holds_is_the_cue_of_the_second(rules: Rules) -> None:
    steps = plan_session(rules.routines["psoas-release"], Side.RIGHT, 120)
    third = next(step for step in steps if step.id == "knee-out")
    assert third.cue is Cue.HALFWAY
    assert [step.id for step in steps if step.marks] == ["squeeze"] * 2


def test_the_countdown_comes_at_the_end_of_a_side_only(rules: Rules) -> None:
    steps = plan_session(rules.routines["psoas-release"], Side.RIGHT, 120)
    marked = [step.marks for step in steps if step.marks]
    countdown = tuple(Mark(to_go, Cue.COUNTDOWN) for to_go in (3, 2, 1))
    assert marked == [(Mark(10, None), *countdown)] * 2


@pytest.mark.parametrize(("seconds", "told"), [(38, [19, 10]), (24, [12]), (18, [9])])
def test_ten_seconds_are_told_unless_the_hold_is_short_or_half_of_it_is_near(
    rules: Rules, seconds: int, told: list[int]
) -> None:
    steps = plan_session(rules.routines["no-pressure-psoas"], Side.RIGHT, seconds)
    hold = next(step for step in steps if step.kind is Kind.HOLD)
    assert [mark.remaining for mark in hold.marks if mark.remaining > 3] == told


def test_a_make_up_is_only_for_the_sides_that_are_short(rules: Rules) -> None:
    routine = rules.routines["psoas-release"]
    steps = plan_make_up(routine, Side.RIGHT, {Side.LEFT: 25}, 120)
    holds = [step for step in steps if step.kind is Kind.HOLD]
    assert [(hold.side, hold.seconds) for hold in holds] == [(Side.LEFT, 12), (Side.LEFT, 13)]
    assert not any(step.kind is Kind.SWITCH for step in steps)


def test_a_make_up_of_nothing_is_only_the_finish(rules: Rules) -> None:
    steps = plan_make_up(rules.routines["psoas-release"], Side.RIGHT, {}, 120)
    assert {step.kind for step in steps} == {Kind.FINISH}


@given(st.integers(1, 900), st.lists(st.integers(1, 600), min_size=1, max_size=8))
def test_shares_add_up_and_are_never_negative(total: int, weights: list[int]) -> None:
    shares = share_out(total, weights)
    assert sum(shares) == total
    assert min(shares) >= 0


def test_no_pattern_flashes_more_than_three_times_in_any_second() -> None:
    for cue, pulses in PATTERNS.items():
        starts = [sum(pulse.on + pulse.off for pulse in pulses[:n]) for n in range(len(pulses))]
        for start in starts:
            assert sum(start <= other < start + 1 for other in starts) <= 3, cue


def test_patterns_have_the_lengths_that_the_reference_gives() -> None:
    assert PATTERNS[Cue.COUNTDOWN][0].on == 0.1
    assert [pulse.on for pulse in PATTERNS[Cue.SWITCH]] == [0.6, 0.6]
    tones = [pulse.hertz for pulse in PATTERNS[Cue.FINISHED]]
    assert len(tones) == 3
    assert tones == sorted(tones)
    assert pattern_seconds(Cue.SWITCH) == 1.4


def test_every_step_of_a_routine_is_in_its_plan(rules: Rules) -> None:
    for routine in rules.routines.values():
        planned = {step.id for step in plan_session(routine, Side.LEFT, routine.default_seconds)}
        assert planned == {step.id for step in routine.steps}


def test_the_figures_of_a_routine_are_those_of_its_steps_poster_and_weight_off(
    rules: Rules,
) -> None:
    routine = replace(rules.routines["psoas-release"], poster="kit", weight_off_pose="unload")
    shown = {step.pose for step in routine.steps} | {"torso", "kit", "unload"}
    assert routine.poses == shown


@pytest.mark.parametrize(("seconds", "minutes"), [(60, 4), (90, 5), (120, 6), (180, 8)])
def test_the_minutes_told_beforehand_are_those_of_the_whole_session(
    rules: Rules, seconds: int, minutes: int
) -> None:
    assert session_minutes(rules.routines["psoas-release"], seconds) == minutes


def test_the_minutes_told_beforehand_follow_the_steps_of_the_routine(rules: Rules) -> None:
    psoas = rules.routines["psoas-release"]
    without_preparing = replace(psoas, prepare=(), finish=psoas.finish[:1])
    assert session_minutes(without_preparing, 120) < session_minutes(psoas, 120)


def test_a_session_of_some_seconds_is_told_as_a_minute(rules: Rules) -> None:
    psoas = rules.routines["psoas-release"]
    hold = next(step for step in psoas.each_side if step.kind is Kind.HOLD)
    short = replace(psoas, prepare=(), each_side=(hold,), switch=(), finish=psoas.finish[:1])
    assert session_minutes(short, 1) == 1
