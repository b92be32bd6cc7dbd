"""The summary, and the seconds that a short side makes up."""

import pytest

from kiosk.core.routine import Kind, Side
from kiosk.core.session import End, Status
from tests.drivers.mat import Mat


def test_a_short_side_is_made_up_on_one_press(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(121)
    mat.press_until("squeeze")  # the left side's holds are left early
    mat.press_until("unload")
    mat.wait(36)
    assert mat.status is Status.SUMMARY
    short = 120 - mat.held[0]
    mat.press(after=2)
    steps = [step for step in mat.state.steps if step.kind is Kind.HOLD]
    assert {step.side for step in steps} == {Side.LEFT}
    assert sum(step.seconds or 0 for step in steps) == round(short)
    mat.press_until("settle")
    mat.wait(200)
    assert mat.status in (Status.SUMMARY, Status.ATTRACT)
    assert mat.endings[-1].ledger.left == pytest.approx(120, abs=0.5)


def test_both_short_sides_are_made_up_with_a_switch_between(mat: Mat) -> None:
    mat.press_until("stand-up")
    mat.press()
    assert mat.status is Status.SUMMARY
    mat.press()
    kinds = [step.kind for step in mat.state.steps]
    assert kinds.count(Kind.SWITCH) == 1
    assert kinds[-1] is Kind.FINISH


def test_an_even_session_ends_on_a_press(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(121)
    mat.press_until("settle")
    mat.wait(121)
    mat.press_until("stand-up")
    mat.press()
    mat.press()
    assert mat.status is Status.ATTRACT


@pytest.mark.parametrize("leave", ["wait", "hold", "back"])
def test_the_summary_is_left_by_time_by_holding_or_by_back(mat: Mat, leave: str) -> None:
    mat.press_until("stand-up")
    mat.press()
    {"wait": lambda: mat.wait(30), "hold": mat.hold, "back": mat.back}[leave]()
    assert mat.status is Status.ATTRACT
    assert {ending.end for ending in mat.endings} == {End.FINISHED}


def test_a_make_up_left_by_holding_back_takes_its_press_back(mat: Mat) -> None:
    mat.press_until("stand-up")
    mat.press()
    mat.wait(2)
    mat.down()
    assert mat.status is Status.RUNNING
    mat.wait(1.2)
    assert mat.status is Status.ATTRACT
    # The press opened the session again, so it has to be said once more that it is over.
    assert [(ending.end, ending.step.id) for ending in mat.endings] == [
        (End.FINISHED, "stand-up"),
        (End.FINISHED, "stand-up"),
    ]
