"""Presses that do not count: those that come too soon, and a button that is stuck."""

from dataclasses import replace

from kiosk.core.cues import Cue
from kiosk.core.session import ButtonStuck, Source, Status
from tests.drivers.mat import Mat


def test_a_button_that_is_never_let_go_is_held_once(mat: Mat) -> None:
    mat.press_until("settle")
    mat.down()
    mat.wait(100)
    assert mat.status is Status.PAUSED
    assert mat.heard().count(Cue.WEIGHT_OFF) == 1


def test_touch_goes_on_while_the_pin_is_stuck(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(5)
    mat.down(Source.PIN)
    mat.wait(40)
    mat.down(Source.SCREEN)
    mat.up(Source.SCREEN)
    mat.wait(6)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "settle")
    mat.up(Source.PIN)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "settle")


def test_a_button_that_gets_stuck_sounds_once_and_changes_nothing_else(mat: Mat) -> None:
    mat.press_until("settle")
    before = mat.state
    mat.post(ButtonStuck(stuck=True))
    mat.post(ButtonStuck(stuck=True))
    assert mat.heard().count(Cue.STUCK) == 1
    assert mat.state == replace(before, stuck=True, version=before.version + 1)
    mat.post(ButtonStuck(stuck=False))
    assert mat.heard()[-1] is Cue.STUCK
    assert not mat.state.stuck


def test_a_button_stays_stuck_through_weight_off_and_the_end_of_a_session(mat: Mat) -> None:
    mat.press_until("settle")
    mat.down(Source.SCREEN)
    mat.post(ButtonStuck(stuck=True))
    mat.wait(2)
    assert (mat.status, mat.state.stuck) == (Status.PAUSED, True)
    mat.up(Source.SCREEN)
    mat.hold()
    assert (mat.status, mat.state.stuck) == (Status.ATTRACT, True)


def test_a_button_that_gets_stuck_as_the_side_ends_leaves_the_switch_its_cue(mat: Mat) -> None:
    mat.press_until("settle")
    while mat.step_id != "switch":
        mat.now += 1
        mat.post(ButtonStuck(stuck=mat.now % 2 == 0))
    assert mat.heard()[-1] is Cue.SWITCH


def test_a_second_press_within_a_quarter_second_is_ignored_and_counted(mat: Mat) -> None:
    mat.press()
    mat.press(after=0.1)
    assert (mat.step_id, mat.state.ignored) == ("check", 1)
    mat.press(after=0.05)
    assert mat.step_id == "equipment"


def test_a_press_just_after_a_step_went_on_by_itself_is_ignored(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(29.9)
    mat.press(after=0.45)
    assert (mat.step_id, mat.state.ignored) == ("straighten", 1)
    mat.press(after=0.2)
    assert mat.step_id == "knee-out"
