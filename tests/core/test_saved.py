"""What a power cut leaves of a session, and what is offered from it."""

from dataclasses import replace

import pytest

from kiosk.core.routine import Side
from kiosk.core.saved import offer, save
from kiosk.core.screen import View, screen_of, view_of
from kiosk.core.session import Rules, Status
from tests.drivers.clocks import FakeClock
from tests.drivers.mat import Mat


def cut_and_resume(mat: Mat) -> Mat:
    """Cut the power, and start again much later by another clock."""
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    again = Mat(mat.rules, FakeClock(5.0))
    offered = offer(saved, again.now, mat.rules, mat.state.session)
    assert offered is not None
    again.state = offered
    return again


def test_a_hold_goes_on_after_getting_ready_with_what_was_left(mat: Mat) -> None:
    mat.press_until("straighten")
    mat.wait(9.9)
    again = cut_and_resume(mat)
    assert (again.status, again.step_id) == (Status.RESUME, "straighten")
    assert again.held == mat.held
    again.press()
    assert again.status is Status.READY
    again.wait(5)
    assert again.status is Status.RUNNING
    assert again.remaining == pytest.approx(19.9, abs=0.2)


def test_the_offer_says_how_much_the_side_has_left(mat: Mat) -> None:
    mat.press_until("straighten")
    mat.wait(9.9)
    again = cut_and_resume(mat)
    screen = screen_of(again.state, again.rules)
    assert screen.view is View.RESUME
    assert screen.side_remaining == pytest.approx(80, abs=0.2)


def test_marks_that_had_come_do_not_come_again(mat: Mat) -> None:
    mat.press_until("squeeze")
    mat.wait(28)
    again = cut_and_resume(mat)
    again.press()
    again.wait(5)
    again.cues.clear()
    again.wait(1.5)
    assert len(again.cues) == 1


def test_weight_off_and_getting_ready_are_saved_with_what_was_left(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=9.9)
    assert cut_and_resume(mat).state.remaining == pytest.approx(20)
    mat.press()
    assert cut_and_resume(mat).state.remaining == pytest.approx(20)


def test_an_untimed_step_with_the_kettlebell_goes_on_at_once(mat: Mat) -> None:
    mat.press_until("add-bell")
    again = cut_and_resume(mat)
    again.press()
    assert (again.status, again.step_id) == (Status.RUNNING, "add-bell")


def test_the_switch_is_offered_again(mat: Mat) -> None:
    mat.press_until("switch")
    again = cut_and_resume(mat)
    assert again.step_id == "switch"
    again.hold()
    assert again.status is Status.ATTRACT


def test_an_offer_that_nobody_takes_ends(mat: Mat) -> None:
    mat.press_until("settle")
    again = cut_and_resume(mat)
    again.wait(180)
    assert again.status is Status.ATTRACT
    assert len(again.endings) == 1


def test_a_make_up_goes_on_as_a_make_up(mat: Mat) -> None:
    mat.press_until("stand-up")
    mat.press()
    mat.press()
    again = cut_and_resume(mat)
    assert again.state.make_up == mat.state.make_up
    assert view_of(again.state) is View.RESUME


def test_nothing_is_saved_in_attract_and_in_the_summary(mat: Mat) -> None:
    assert save(mat.state, mat.now, mat.rules) is None
    mat.press_until("stand-up")
    mat.press()
    assert save(mat.state, mat.now, mat.rules) is None


def test_nothing_is_offered_before_anything_was_laid_on(mat: Mat) -> None:
    mat.press_until("find-spot")
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    assert offer(saved, 0, mat.rules, 1) is None


@pytest.mark.parametrize("change", ["routine", "seconds", "index", "step"])
def test_nothing_is_offered_when_the_routine_is_no_longer_what_it_was(
    mat: Mat, change: str
) -> None:
    mat.press_until("settle")
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    match change:
        case "routine":
            saved = replace(saved, choices=replace(saved.choices, routine="gone"))
        case "seconds":
            saved = replace(saved, choices=replace(saved.choices, seconds=121))
        case "index":
            saved = replace(saved, index=99)
        case "step":
            saved = replace(saved, step="renamed")
    assert offer(saved, 0, mat.rules, 1) is None


def test_a_session_in_a_language_that_has_gone_is_offered_in_that_of_the_routine(mat: Mat) -> None:
    mat.press_until("settle")
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    saved = replace(saved, choices=replace(saved.choices, language="xx"))
    offered = offer(saved, 0, mat.rules, 1)
    assert offered is not None
    assert screen_of(offered, mat.rules).language == "en"


def test_a_saved_hold_without_its_seconds_starts_from_its_full_length(rules: Rules) -> None:
    mat = Mat(rules)
    mat.press_until("settle")
    saved = save(mat.state, mat.now, rules)
    assert saved is not None
    offered = offer(replace(saved, remaining=None), 0, rules, 1)
    assert offered is not None
    assert offered.remaining == 30
    assert offered.step is not None
    assert offered.step.side is Side.RIGHT


def test_a_saved_hold_without_its_seconds_has_all_its_cues_to_come(mat: Mat) -> None:
    mat.press_until("squeeze")
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    offered = offer(replace(saved, remaining=None), 0, mat.rules, 1)
    assert offered is not None
    assert offered.next_mark == 0
