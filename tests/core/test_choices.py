"""Side, seconds, routine and language: when they can be chosen, and what they change."""

from dataclasses import replace

import pytest

from kiosk.core.routine import Side
from kiosk.core.screen import screen_of
from kiosk.core.session import Refusal, Status
from tests.drivers.mat import Mat


def test_choices_go_back_to_the_defaults_after_a_session(mat: Mat) -> None:
    mat.press()
    mat.choose(side=Side.LEFT, seconds=60)
    mat.hold()
    assert mat.state.choices == mat.rules.defaults


def test_side_and_seconds_chosen_at_the_equipment_change_the_plan(mat: Mat) -> None:
    mat.press_until("equipment")
    mat.choose(side=Side.LEFT)
    mat.choose(seconds=60)
    mat.press_until("settle")
    assert mat.state.step is not None
    assert (mat.state.step.side, mat.state.step.seconds) == (Side.LEFT, 15)


def test_a_choice_is_a_sign_of_life(mat: Mat) -> None:
    mat.press_until("equipment")
    mat.wait(80)
    mat.choose(side=Side.LEFT)
    mat.wait(80)
    assert mat.status is Status.RUNNING


def test_a_choice_with_the_kettlebell_on_is_refused(mat: Mat) -> None:
    mat.press_until("settle")
    before = mat.state
    assert mat.choose(side=Side.LEFT).refusal is Refusal.TOO_LATE
    assert mat.state is before


@pytest.mark.parametrize(
    ("choice", "refusal"),
    [
        ({"seconds": 7}, Refusal.NO_SUCH_SECONDS),
        ({"routine": "yoga"}, Refusal.NO_SUCH_ROUTINE),
        ({"language": "xx"}, Refusal.NO_SUCH_LANGUAGE),
    ],
)
def test_a_choice_that_is_not_offered_is_refused(
    mat: Mat, choice: dict[str, object], refusal: Refusal
) -> None:
    assert mat.choose(**choice).refusal is refusal


def test_not_for_me_leads_to_the_routine_without_pressure(mat: Mat) -> None:
    mat.press()
    mat.choose(routine="no-pressure-psoas")
    assert (mat.step_id, mat.state.choices.seconds) == ("check", 45)
    mat.press_until("leg-long")
    mat.wait(46)
    assert mat.step_id == "switch"


def test_the_language_can_be_chosen_even_in_a_hold(mat: Mat) -> None:
    mat.press_until("settle")
    deadline = mat.state.deadline
    mat.wait(3)
    assert mat.choose(language="en").refusal is None
    assert mat.state.deadline == deadline


def test_a_routine_without_the_chosen_language_is_shown_whole_in_its_own(mat: Mat) -> None:
    gentle = mat.rules.routines["no-pressure-psoas"]
    german = replace(gentle.texts["en"], title="Sanfter Psoas")
    other = replace(gentle, texts={"de": german})
    mat.rules = replace(mat.rules, routines={**mat.rules.routines, gentle.id: other})
    mat.press()
    mat.choose(routine=gentle.id)
    screen = screen_of(mat.state, mat.rules)
    assert (screen.language, screen.text) == ("de", german)
    mat.choose(routine="psoas-release")
    assert screen_of(mat.state, mat.rules).language == "en"
