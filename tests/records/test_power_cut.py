"""What the keeper has saved when the plug is pulled, and what is offered after it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.core.routine import Side
from kiosk.core.saved import save
from kiosk.core.session import Status
from kiosk.records.store import read_sessions
from tests.drivers.keeping import Gym, KeptMat, ended, in_a_hold, running_in


def in_weight_off_for_long(mat: KeptMat) -> None:
    mat.press_until("straighten")
    mat.hold(after=17)
    mat.wait(170)


def getting_ready(mat: KeptMat) -> None:
    in_weight_off_for_long(mat)
    mat.press()
    mat.wait(3)
    assert mat.status is Status.READY


def asked_whether_still_there(mat: KeptMat) -> None:
    mat.press_until("switch")
    mat.wait(100)
    assert mat.status is Status.ASKING


def at_the_switch(mat: KeptMat) -> None:
    mat.press_until("switch")


def one_step_back(mat: KeptMat) -> None:
    mat.press_until("knee-out")
    mat.wait(8)
    mat.back()


def after_choosing(mat: KeptMat) -> None:
    mat.press()
    mat.press()
    mat.choose(side=Side.LEFT)
    mat.choose(seconds=60)
    mat.press_until("settle")


def with_the_button_down(mat: KeptMat) -> None:
    mat.press_until("knee-out")
    mat.wait(8)
    mat.down()
    mat.wait(1)


def making_up(mat: KeptMat) -> None:
    mat.press_until("stand-up")
    mat.press()
    mat.press()
    mat.wait(12)
    assert mat.state.make_up


MOMENTS = [
    in_a_hold,
    in_weight_off_for_long,
    getting_ready,
    asked_whether_still_there,
    at_the_switch,
    one_step_back,
    after_choosing,
    with_the_button_down,
    making_up,
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_offer_is_right_to_within_five_seconds(
    gym: Gym, moment: Callable[[KeptMat], None]
) -> None:
    mat = gym.switch_on()
    moment(mat)
    now = save(mat.state, mat.now, mat.rules)
    assert now is not None
    again = gym.switch_on()
    assert again.status is Status.RESUME
    assert (again.step_id, again.state.choices) == (now.step, now.choices)
    assert again.state.make_up == now.make_up
    late = (again.state.remaining or 0.0) - (now.remaining or 0.0)
    assert -0.001 <= late <= 5
    for side in Side:
        assert -0.001 <= now.ledger.of(side) - again.state.ledger.of(side) <= 5


@pytest.mark.parametrize(
    "moment", [in_weight_off_for_long, getting_ready, asked_whether_still_there, at_the_switch]
)
def test_what_stands_still_is_saved_to_the_instant_and_then_left_alone(
    gym: Gym, moment: Callable[[KeptMat], None]
) -> None:
    mat = gym.switch_on()
    moment(mat)
    assert running_in(mat) == (1, save(mat.state, mat.now, mat.rules))
    assert mat.keeper.seconds_until_save() is None


def test_a_session_that_is_cut_off_twice_is_one_session(gym: Gym) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    again = gym.switch_on()
    again.press()
    again.wait(10)
    third = gym.switch_on()
    assert third.status is Status.RESUME
    assert third.remaining == pytest.approx(30 - 17 - 5, abs=10)
    assert (third.state.remaining or 0) < (again.state.remaining or 30)
    third.press()
    third.press_until("stand-up")
    third.press()
    assert ended(mat) == [(1, "finished", "stand-up")]


def test_the_plug_pulled_during_the_offer_changes_nothing(gym: Gym) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    first = gym.switch_on()
    first.wait(100)
    second = gym.switch_on()
    assert second.status is Status.RESUME
    assert (second.step_id, second.state.remaining) == (first.step_id, first.state.remaining)
    second.down()
    third = gym.switch_on()
    assert (third.status, third.state.remaining) == (Status.RESUME, first.state.remaining)


def test_an_offer_that_is_not_taken_is_an_abandoned_session(gym: Gym) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    again = gym.switch_on()
    again.wait(180)
    assert again.status is Status.ATTRACT
    assert ended(mat) == [(1, "abandoned", "straighten")]
    assert gym.switch_on().status is Status.ATTRACT
    again.press()
    assert ended(mat) == [(1, "abandoned", "straighten"), (2, None, "check")]


def test_a_session_that_is_cut_off_before_anything_is_on_is_over(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    mat.press_until("find-spot")
    assert gym.switch_on().status is Status.ATTRACT
    assert ended(mat) == [(1, "abandoned", "find-spot")]
    assert "session 1 was cut off at find-spot and is over" in caplog.text


def test_a_session_of_a_routine_that_has_changed_since_is_over(gym: Gym) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    routine = gym.rules.routines["psoas-release"]
    shorter = replace(routine, prepare=routine.prepare[1:])
    again = gym.switch_on(replace(gym.rules, routines={"psoas-release": shorter}))
    assert again.status is Status.ATTRACT
    (record,) = read_sessions(gym.directory)
    assert (record.ended, record.step) == ("abandoned", "straighten")
    assert record.right == pytest.approx(mat.held[1], abs=5)


def test_a_finish_that_weight_off_takes_back_goes_on(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press_until("stand-up")
    mat.hold()
    assert (mat.status, mat.step_id) == (Status.PAUSED, "stand-up")
    assert ended(mat) == [(1, None, "stand-up")]
    assert gym.switch_on().status is Status.RESUME


def test_a_wall_clock_that_is_back_after_a_power_cut_reorders_nothing(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press()
    mat.hold()
    gym.wall.jump(-24 * 365 * 30)
    again = gym.switch_on()
    again.press()
    again.hold()
    first, second = reversed(read_sessions(gym.directory))
    assert (first.number, second.number) == (1, 2)
    assert first.started > second.started
