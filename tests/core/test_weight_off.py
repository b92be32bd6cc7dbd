"""Weight off: what a button that is held does, and how the session goes on after it."""

import pytest

from kiosk.core.cues import Cue
from kiosk.core.session import End, Status
from tests.drivers.mat import Mat


def test_held_is_weight_off_and_takes_its_own_press_back(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(9.9)  # makes 10 s, since the press that began the hold took 0.1 s
    mat.down()
    assert mat.step_id == "straighten"
    mat.wait(1.2)
    assert (mat.status, mat.step_id, mat.remaining) == (Status.PAUSED, "settle", pytest.approx(20))
    assert mat.held == (0, 10)
    assert mat.heard()[-1] is Cue.WEIGHT_OFF


def test_held_for_less_than_its_time_is_a_press(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(5)
    mat.down()
    mat.wait(1.19)
    mat.up()
    mat.wait(5)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "straighten")


def test_everything_stands_still_while_the_weight_is_off(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=10)
    before = (mat.remaining, mat.held)
    mat.wait(100)
    assert (mat.remaining, mat.held) == before


def test_after_weight_off_a_press_gives_five_seconds_and_then_what_was_left(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=9.9)
    mat.press(after=20)
    assert mat.status is Status.READY
    assert mat.remaining == pytest.approx(4.9)
    mat.wait(4.9)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "settle")
    assert mat.remaining == pytest.approx(20)
    mat.wait(20)
    assert (mat.step_id, mat.held) == ("straighten", (0, 30))


def test_a_press_while_getting_ready_starts_the_hold_at_once(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=9.9)
    mat.press()
    mat.press(after=2)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "settle")


def test_held_while_getting_ready_is_weight_off_again(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=9.9)
    mat.press()
    mat.hold(after=1)
    assert mat.status is Status.PAUSED
    assert mat.remaining == pytest.approx(20)


def test_held_again_while_the_weight_is_off_ends_the_session(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=10)
    mat.hold(after=5)
    assert mat.status is Status.ATTRACT
    assert [(ending.end, ending.step.id) for ending in mat.endings] == [(End.STOPPED, "settle")]


def test_weight_off_in_an_untimed_step_goes_back_to_it_without_getting_ready(mat: Mat) -> None:
    mat.press_until("add-bell")
    mat.hold()
    assert mat.status is Status.PAUSED
    mat.press()
    assert (mat.status, mat.step_id) == (Status.RUNNING, "add-bell")


def test_weight_off_while_standing_up_keeps_what_was_left_of_it(mat: Mat) -> None:
    mat.press_until("unload")
    mat.hold(after=4.9)
    mat.press(after=60)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "unload")
    assert mat.remaining == pytest.approx(9.9)


def test_held_at_the_gate_or_in_attract_is_attract(mat: Mat) -> None:
    mat.press()
    mat.hold()
    assert mat.status is Status.ATTRACT
    mat.hold()
    assert mat.status is Status.ATTRACT
    assert [ending.end for ending in mat.endings] == [End.STOPPED, End.STOPPED]


def test_a_press_that_is_ignored_can_still_be_held(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(29.9)
    mat.wait(0.3)  # the step has just gone on by itself
    mat.down()
    assert (mat.step_id, mat.state.ignored) == ("straighten", 1)
    mat.wait(1.2)
    assert (mat.status, mat.step_id) == (Status.PAUSED, "straighten")


def test_held_while_asked_is_weight_off(mat: Mat) -> None:
    mat.press_until("add-bell")
    mat.wait(95)
    mat.hold()
    assert (mat.status, mat.step_id) == (Status.PAUSED, "add-bell")


def test_weight_off_gives_up_after_three_minutes(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold()
    mat.wait(180)
    assert mat.status is Status.ATTRACT
    assert mat.endings[-1].end is End.ABANDONED


def test_back_while_getting_ready_is_weight_off(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold()
    mat.press()
    mat.back()
    assert mat.status is Status.PAUSED
