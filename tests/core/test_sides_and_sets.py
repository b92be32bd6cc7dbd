"""Sessions of routines whose sides alternate or work at once, with sets, and with breaths."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.cues import Cue
from kiosk.core.ledger import Ledger
from kiosk.core.remaining import side_remaining_at
from kiosk.core.routine import Kind, Routine, Side, Sides
from kiosk.core.saved import offer, save
from kiosk.core.screen import numbers_of, screen_of
from kiosk.core.session import Choices, Rules, Status, ledger_at
from tests.drivers.mat import Mat
from tests.drivers.plain import any_routine, plain_rules, plain_text

ALTERNATING = plain_text('sides = "alternating"\nsets = 2')
IN_SETS = plain_text("sets = 3")
AT_ONCE = plain_text('sides = "both-at-once"\nsets = 2', "seconds = 40", switch=False)
IN_BREATHS = plain_text("side_breaths = [4, 6]\ndefault_breaths = 4", "breaths = 1", "breaths = 3")


def finish(mat: Mat) -> None:
    """Go to the summary, and hold all that there is to hold."""
    while mat.status is not Status.SUMMARY:
        if not mat.standing().goes_on:
            mat.press()
        mat.wait(0.6)


def turns(mat: Mat) -> list[str]:
    """The sides of the holds in their order, from the plan, and the switches between them."""
    names = {Side.LEFT: "left", Side.RIGHT: "right", None: "both"}
    told = {Kind.HOLD, Kind.SWITCH}
    steps = [step for step in mat.state.steps if step.kind in told]
    return [names[step.side] if step.kind is Kind.HOLD else "switch" for step in steps]


def test_alternating_sides_switch_after_every_set(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, ALTERNATING))
    mat.press()
    assert turns(mat) == ["right", "switch", "left", "switch", "right", "switch", "left"]
    finish(mat)
    assert mat.held == (60, 60)
    assert mat.heard().count(Cue.SWITCH) == 3
    assert mat.heard().count(Cue.HALFWAY) == 4
    assert screen_of(mat.state, mat.rules).missing == {}


def test_sets_of_one_side_come_before_those_of_the_other(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, IN_SETS))
    mat.press()
    assert turns(mat) == ["right"] * 3 + ["switch"] + ["left"] * 3
    finish(mat)
    assert mat.held == (90, 90)


def test_the_set_of_a_step_is_told(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, IN_SETS))
    mat.press()
    told = [(step.set_number, step.set_count) for step in mat.state.steps if step.id == "hold-1"]
    assert told == [(1, 3), (2, 3), (3, 3)] * 2
    assert {step.set_count for step in mat.state.steps if step.id in ("lie", "change", "up")} == {1}


def test_what_a_side_has_left_counts_its_later_sets(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, ALTERNATING))
    mat.press_until("hold-1")
    mat.wait(9.9)
    assert side_remaining_at(mat.state, mat.now, mat.rules) == pytest.approx(50)


def test_a_step_without_a_side_has_all_the_later_holds_left(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, ALTERNATING))
    mat.press_until("change")
    assert mat.state.step is not None
    assert mat.state.step.side is None
    assert side_remaining_at(mat.state, mat.now, mat.rules) == 90


def test_both_at_once_have_one_total_and_no_switch(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, AT_ONCE))
    mat.press()
    assert turns(mat) == ["both", "both"]
    mat.press_until("hold-1")
    mat.wait(9.9)
    assert mat.held == (10, 10)
    assert numbers_of(mat.state, mat.now, mat.rules).counting == (Side.LEFT, Side.RIGHT)
    finish(mat)
    screen = screen_of(mat.state, mat.rules)
    assert mat.held == (80, 80)
    assert (screen.sides, screen.missing, screen.make_up_seconds) == ((), {}, 0)
    assert Cue.SWITCH not in mat.heard()


def test_what_both_at_once_are_short_by_is_made_up_once(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, AT_ONCE))
    mat.press_until("hold-1")
    mat.wait(29.9)
    mat.press_until("up")
    mat.press()
    assert mat.status is Status.SUMMARY
    short = round(80 - mat.held[0])
    assert screen_of(mat.state, mat.rules).make_up_seconds == short
    mat.press()
    holds = [step.seconds or 0 for step in mat.state.steps if step.kind is Kind.HOLD]
    assert len(holds) == 2
    assert sum(holds) == short
    finish(mat)
    assert mat.held == (pytest.approx(80, abs=0.6), pytest.approx(80, abs=0.6))


def test_alternating_sides_that_are_short_make_up_in_turns(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, ALTERNATING))
    mat.press_until("up")
    mat.press()
    assert screen_of(mat.state, mat.rules).make_up_seconds == round(120 - sum(mat.held))
    mat.press()
    assert turns(mat) == ["right", "switch", "left", "switch", "right", "switch", "left"]


def test_nothing_is_chosen_where_there_is_no_first_side_and_one_length(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, AT_ONCE))
    mat.press()
    screen = screen_of(mat.state, mat.rules)
    assert (screen.choosable_sides, screen.choosable_seconds) == ((), ())


@pytest.mark.parametrize(("breath", "lengths"), [(6, (24, 36)), (8, (32, 48))])
def test_breaths_have_the_length_that_the_settings_say(
    tmp_path: Path, breath: int, lengths: tuple[int, ...]
) -> None:
    mat = Mat(plain_rules(tmp_path, IN_BREATHS, breath))
    mat.press()
    assert screen_of(mat.state, mat.rules).choosable_seconds == lengths
    mat.choose(seconds=lengths[1])
    holds = [step.seconds for step in mat.state.steps if step.kind is Kind.HOLD]
    assert holds == [2 * breath, 4 * breath] * 2
    assert screen_of(mat.state, mat.rules).breaths is None
    mat.press_until("hold-2")
    assert screen_of(mat.state, mat.rules).breaths == 4


def test_a_hold_that_is_no_whole_number_of_breaths_is_told_in_seconds(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, IN_BREATHS))
    mat.press_until("hold-1")
    mat.wait(3.1)
    mat.press_until("up")
    mat.press()
    mat.press()
    mat.press_until("hold-1")
    assert mat.state.step is not None
    assert mat.state.step.seconds is not None
    assert mat.state.step.seconds % 6 != 0
    assert screen_of(mat.state, mat.rules).breaths is None


@pytest.mark.parametrize("text", [ALTERNATING, IN_SETS, AT_ONCE, IN_BREATHS])
def test_after_a_power_cut_it_goes_on_in_the_same_set(tmp_path: Path, text: str) -> None:
    mat = Mat(plain_rules(tmp_path, text))
    mat.press_until("hold-1")
    mat.press()
    mat.press_until("hold-1")
    mat.wait(4)
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    offered = offer(saved, 7.0, mat.rules, 1)
    assert offered is not None
    assert offered.step == mat.state.step
    assert offered.steps == mat.state.steps
    assert offered.ledger == ledger_at(mat.state, mat.now, mat.rules)
    left = screen_of(offered, mat.rules).side_remaining
    assert left == pytest.approx(side_remaining_at(mat.state, mat.now, mat.rules))


@pytest.mark.parametrize("text", [IN_SETS, plain_text()])
def test_nothing_is_offered_when_the_file_has_other_sets_by_then(tmp_path: Path, text: str) -> None:
    mat = Mat(plain_rules(tmp_path, ALTERNATING))
    mat.press_until("hold-1")
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    same_length = replace(plain_rules(tmp_path, text).routines["plain"], side_seconds=(60,))
    rules = replace(mat.rules, routines={"plain": same_length})
    assert offer(saved, 7.0, rules, 1) is None
    assert offer(replace(saved, step_count=None), 7.0, rules, 1) is not None


def test_a_make_up_goes_on_after_a_power_cut_too(tmp_path: Path) -> None:
    mat = Mat(plain_rules(tmp_path, AT_ONCE))
    mat.press_until("up")
    mat.press()
    mat.press()
    mat.press_until("hold-1")
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    offered = offer(saved, 7.0, mat.rules, 1)
    assert offered is not None
    assert offered.steps == mat.state.steps


def test_what_both_do_at_once_counts_for_both() -> None:
    assert Ledger(1, 2).add(None, 3) == Ledger(4, 5)


@settings(deadline=None)
@given(any_routine(), st.lists(st.floats(0.3, 100) | st.just(-1.0), max_size=60))
def test_any_routine_ends_and_counts_what_was_held(routine: Routine, waits: list[float]) -> None:
    """Waits between presses; a negative one holds the button for weight off instead."""
    choices = Choices(routine.id, Side.LEFT, routine.default_seconds, "en")
    mat = Mat(Rules({routine.id: routine}, choices))
    mat.press()
    for wait in waits:
        if wait < 0:
            mat.hold()
        else:
            mat.press(after=wait)
        left, right = mat.held
        if routine.sides is Sides.BOTH_AT_ONCE:
            assert left == right
        assert (mat.state.step is None) == (mat.status is Status.ATTRACT)
        saved = save(mat.state, mat.now, mat.rules)
        assert saved is None or saved.ledger.total >= 0
    longest = sum(step.seconds or 0 for step in mat.state.steps)
    mat.wait(longest + 90 + 30 + 180 + 30)
    assert mat.status is Status.ATTRACT
    assert [ending.session for ending in mat.endings][-1] == mat.state.session


@settings(deadline=None)
@given(any_routine(), st.sampled_from(Side))
def test_a_whole_session_of_any_routine_gives_each_side_its_seconds(
    routine: Routine, first: Side
) -> None:
    choices = Choices(routine.id, first, routine.default_seconds, "en")
    mat = Mat(Rules({routine.id: routine}, choices))
    finish(mat)
    assert mat.held == (routine.default_seconds, routine.default_seconds)
