"""The foreseen state is what the button really leads to."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.foresee import foresee
from kiosk.core.screen import Screen, View, screen_of
from kiosk.core.session import Rules, Status
from kiosk.core.transitions import next_deadline
from tests.drivers.mat import Mat

#: What a member does, with time passing in between; mostly presses, so that runs get far.
DEEDS = st.sampled_from((Mat.press, Mat.press, Mat.press, Mat.hold, Mat.back, Mat.down, Mat.up))
STEPS = st.lists(st.tuples(st.floats(0.6, 40), DEEDS), max_size=30)


def gone_through(rules: Rules, steps: list[tuple[float, Callable[[Mat], None]]]) -> Mat:
    mat = Mat(rules)
    for wait, deed in steps:
        mat.wait(wait)
        deed(mat)
    return mat


def foreseen_on(mat: Mat) -> Screen:
    return screen_of(foresee(mat.state, mat.now, mat.rules), mat.rules)


def shown_on(mat: Mat) -> Screen:
    return screen_of(mat.state, mat.rules)


@settings(max_examples=300, deadline=None)
@given(steps=STEPS, later=st.floats(0, 30))
def test_while_the_button_is_up_a_press_shows_the_screen_foreseen_before(
    rules: Rules, steps: list[tuple[float, Callable[[Mat], None]]], later: float
) -> None:
    mat = gone_through(rules, steps)
    mat.up()
    foreseen = foreseen_on(mat)
    due = next_deadline(mat.state, rules)
    later = max(later, 0.6)  # sooner, a press would be ignored
    if due is not None and mat.now + later >= due:
        return  # time brings another screen first
    from_hold = mat.state.holding
    mat.wait(later)
    mat.down()
    if from_hold and shown_on(mat).view is View.SUMMARY:
        assert foreseen.view is View.SUMMARY  # it also tells the seconds held until the press
    else:
        assert shown_on(mat) == foreseen


@settings(max_examples=300, deadline=None)
@given(steps=STEPS, held=st.floats(0, 1.1))
def test_while_the_button_is_down_holding_it_shows_the_screen_foreseen_before(
    rules: Rules, steps: list[tuple[float, Callable[[Mat], None]]], held: float
) -> None:
    mat = gone_through(rules, steps)
    mat.up()
    mat.wait(0.6)
    mat.down()
    mat.wait(held)
    foreseen = foreseen_on(mat)
    mat.wait(rules.timing.held - held + 1e-6)  # sums of floats may fall short by less
    assert shown_on(mat) == foreseen


def test_weight_off_is_foreseen_of_the_step_that_the_press_found(mat: Mat) -> None:
    mat.press_until("straighten")
    mat.wait(1)
    mat.down()
    foreseen = foresee(mat.state, mat.now, mat.rules)
    assert mat.step_id == "knee-out"
    assert foreseen.status is Status.PAUSED
    assert foreseen.step is not None
    assert foreseen.step.id == "straighten"


def test_a_press_is_foreseen_as_one_that_is_meant_even_if_one_now_would_be_ignored(
    mat: Mat,
) -> None:
    mat.down()
    mat.up()
    assert mat.step_id == "check"
    foreseen = foresee(mat.state, mat.now, mat.rules)
    mat.down()
    mat.up()
    assert mat.step_id == "check"
    assert foreseen.index == 1


def test_foreseeing_changes_nothing(mat: Mat) -> None:
    mat.press_until("settle")
    before = mat.state
    foresee(mat.state, mat.now, mat.rules)
    assert mat.state is before
