"""A session from the mat: what each press, wait and hold leads to."""

from dataclasses import replace

import pytest

from kiosk.core.cues import Cue
from kiosk.core.remaining import side_remaining_at
from kiosk.core.session import End, Status
from tests.drivers.mat import Mat


def test_a_whole_session_by_presses_alone_holds_two_minutes_a_side(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(121)
    assert (mat.step_id, mat.status) == ("switch", Status.RUNNING)
    mat.press_until("settle")
    mat.wait(121)
    assert mat.step_id == "unload"
    mat.wait(40)
    assert mat.status is Status.SUMMARY
    assert mat.held == (120, 120)
    assert [ending.end for ending in mat.endings] == [End.FINISHED]


def test_a_press_acts_on_the_way_down(mat: Mat) -> None:
    mat.down()
    assert mat.step_id == "check"


def test_the_cues_of_a_session_come_in_order_and_at_their_times(mat: Mat) -> None:
    mat.press_until("settle")
    start, _ = mat.cues[-1]
    mat.cues.clear()
    mat.wait(125)
    assert [(round(at - start, 6), cue) for at, cue in mat.cues] == [
        (30, Cue.TICK),
        (60, Cue.HALFWAY),
        (90, Cue.TICK),
        (117, Cue.COUNTDOWN),
        (118, Cue.COUNTDOWN),
        (119, Cue.COUNTDOWN),
        (120, Cue.SWITCH),
    ]


def test_the_end_of_the_second_side_sounds_finished(mat: Mat) -> None:
    mat.press_until("switch")
    mat.press_until("squeeze")
    mat.wait(31)
    assert mat.heard()[-1] is Cue.FINISHED


def test_a_press_ends_a_hold_early_and_the_ledger_says_how_much_was_held(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(9.9)  # makes 10 s, since the press that began the hold took 0.1 s
    mat.down()
    assert mat.step_id == "straighten"
    assert mat.held == (0, 10)


def test_deadlines_chain_so_that_late_ticks_do_not_add_up(mat: Mat) -> None:
    mat.press_until("settle")
    start = mat.state.since
    mat.oversleep(30.4)
    assert (mat.step_id, mat.state.deadline) == ("straighten", start + 60)


def test_after_a_press_a_hold_counts_from_the_press(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(5)
    mat.down()
    assert mat.state.deadline == mat.now + 30


def test_a_very_late_tick_passes_the_steps_it_missed_with_one_cue(mat: Mat) -> None:
    mat.press_until("settle")
    mat.cues.clear()
    mat.oversleep(500)
    assert (mat.step_id, mat.status) == ("switch", Status.RUNNING)
    assert mat.heard() == [Cue.SWITCH]
    assert mat.held == (0, 120)


def test_an_untimed_step_asks_after_ninety_seconds_and_gives_up_after_thirty_more(
    mat: Mat,
) -> None:
    mat.press_until("find-spot")
    mat.wait(89.5)
    assert mat.status is Status.RUNNING
    mat.wait(0.5)
    assert mat.status is Status.ASKING
    assert mat.heard()[-1] is Cue.STILL_THERE
    mat.wait(30)
    assert mat.status is Status.ATTRACT
    assert [(ending.end, ending.step.id) for ending in mat.endings] == [
        (End.ABANDONED, "find-spot")
    ]


def test_a_press_answers_still_there_and_goes_back_to_where_it_was(mat: Mat) -> None:
    mat.press_until("find-spot")
    mat.wait(95)
    mat.press()
    assert (mat.status, mat.step_id) == (Status.RUNNING, "find-spot")


def test_no_hold_is_ever_asked_or_reset_however_long_it_is(mat: Mat) -> None:
    mat.press()
    mat.press()
    mat.choose(seconds=180)
    mat.press_until("settle")
    mat.wait(179)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "squeeze")


def test_back_goes_to_the_step_before_and_keeps_what_was_held(mat: Mat) -> None:
    mat.press_until("straighten")
    mat.wait(10)
    held = mat.held
    mat.back()
    assert (mat.step_id, mat.held) == ("settle", held)
    assert mat.remaining == pytest.approx(30)


def test_back_at_the_first_step_is_attract(mat: Mat) -> None:
    mat.press()
    mat.back()
    assert mat.status is Status.ATTRACT


def test_back_answers_still_there_and_leaves_the_summary(mat: Mat) -> None:
    mat.press_until("find-spot")
    mat.wait(95)
    mat.back()
    assert (mat.status, mat.step_id) == (Status.RUNNING, "find-spot")


def test_at_sixty_times_the_speed_the_routine_takes_seconds_but_idle_times_stay(
    mat: Mat,
) -> None:
    mat.rules = replace(mat.rules, speed=60)
    mat.press_until("settle")
    mat.wait(2.1)
    assert (mat.step_id, mat.held) == ("switch", (0, 120))
    mat.wait(80)
    assert mat.status is Status.RUNNING


def test_what_is_left_of_a_side_counts_its_later_holds(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(9.9)
    assert side_remaining_at(mat.state, mat.now, mat.rules) == pytest.approx(110)
    mat.hold()
    assert side_remaining_at(mat.state, mat.now, mat.rules) == pytest.approx(109)
    mat.press()
    assert side_remaining_at(mat.state, mat.now, mat.rules) == pytest.approx(109)


def test_what_is_left_before_the_first_hold_is_the_whole_side(mat: Mat) -> None:
    assert side_remaining_at(mat.state, mat.now, mat.rules) == 0
    mat.press_until("find-spot")
    assert side_remaining_at(mat.state, mat.now, mat.rules) == 120
