"""Choosing a routine by the button alone: a press shows the next one, and to wait takes it."""

from dataclasses import replace

import pytest

from kiosk.core.cues import Cue
from kiosk.core.foresee import foresee
from kiosk.core.routine import Kind
from kiosk.core.screen import Screen, View, asks_for_press, numbers_of, screen_of
from kiosk.core.session import End, Refusal, Rules, Status
from tests.drivers.mat import Mat

ORDER = ("foot-ball", "psoas-release", "couch-stretch")


@pytest.fixture
def browsing(rules: Rules) -> Mat:
    """A mat after the press that wakes a station whose members choose by the button."""
    mat = Mat(replace(rules, offered=ORDER, choose_by_button=True))
    mat.press()
    return mat


def shown_on(mat: Mat) -> Screen:
    return screen_of(mat.state, mat.rules)


def at_gate_of(mat: Mat, routine: str) -> bool:
    step = mat.state.step
    at_gate = mat.status is Status.RUNNING and step is not None and step.kind is Kind.GATE
    return at_gate and mat.state.choices.routine == routine


def test_without_the_setting_the_first_press_leads_to_the_gate(rules: Rules) -> None:
    mat = Mat(replace(rules, offered=ORDER))
    mat.press()
    assert at_gate_of(mat, "psoas-release")


def test_one_routine_alone_shows_no_list(rules: Rules) -> None:
    mat = Mat(replace(rules, offered=("psoas-release",), choose_by_button=True))
    mat.press()
    assert at_gate_of(mat, "psoas-release")


def test_the_list_begins_with_the_default_and_a_press_goes_round_in_order(browsing: Mat) -> None:
    shown = []
    for _ in range(4):
        screen = shown_on(browsing)
        assert (screen.view, screen.pages) == (View.BROWSE, 3)
        assert [each.routine.id for each in screen.offered] == [ORDER[screen.page]]
        shown.append(screen.page)
        browsing.press()
    assert shown == [1, 2, 0, 1]
    assert set(browsing.heard()) == {Cue.TICK}


def test_a_key_goes_back_to_the_one_before(browsing: Mat) -> None:
    for routine in ("foot-ball", "couch-stretch"):
        browsing.back()
        assert (browsing.status, browsing.state.choices.routine) == (Status.BROWSING, routine)


def test_six_seconds_without_a_press_lead_to_the_gate_of_the_one_shown(browsing: Mat) -> None:
    browsing.press(after=5.8)
    browsing.wait(5.8)
    assert browsing.status is Status.BROWSING
    browsing.wait(0.2)
    assert at_gate_of(browsing, "couch-stretch")
    assert browsing.heard()[-1] is Cue.TICK
    assert browsing.state.choices.seconds == 30


def test_a_press_just_as_the_six_seconds_end_skips_no_gate(browsing: Mat) -> None:
    browsing.press()
    browsing.press(after=6.8)
    assert at_gate_of(browsing, "couch-stretch")
    browsing.press()
    assert browsing.state.index == 1


def test_the_seconds_left_are_counted_down_and_are_real_at_any_speed(rules: Rules) -> None:
    mat = Mat(replace(rules, offered=ORDER, choose_by_button=True, speed=10.0))
    mat.press()
    mat.wait(2.9)
    numbers = numbers_of(mat.state, mat.now, mat.rules)
    assert (numbers.remaining, numbers.total) == (pytest.approx(30), 60)
    assert numbers.running
    assert not asks_for_press(mat.state)
    mat.wait(3.1)
    assert at_gate_of(mat, "psoas-release")


def test_a_second_press_at_once_shows_no_other(browsing: Mat) -> None:
    browsing.press()
    browsing.press(after=0.1)
    assert browsing.state.choices.routine == "couch-stretch"


def test_the_next_one_is_foreseen(browsing: Mat) -> None:
    foreseen = screen_of(foresee(browsing.state, browsing.now, browsing.rules), browsing.rules)
    browsing.press()
    assert shown_on(browsing) == foreseen


def test_a_touch_on_the_picture_takes_it_at_once(browsing: Mat) -> None:
    browsing.press()
    browsing.choose(routine="couch-stretch")
    assert at_gate_of(browsing, "couch-stretch")
    browsing.press(after=0.9)
    assert browsing.state.index == 0


def test_held_leads_back_to_attract_and_the_defaults(browsing: Mat) -> None:
    browsing.press()
    browsing.hold()
    assert (browsing.status, browsing.state.choices) == (Status.ATTRACT, browsing.rules.defaults)
    assert [ending.end for ending in browsing.endings] == [End.STOPPED]


def test_the_press_that_wakes_the_station_can_be_held_too(rules: Rules) -> None:
    mat = Mat(replace(rules, offered=ORDER, choose_by_button=True))
    mat.hold()
    assert mat.status is Status.ATTRACT
    assert [ending.end for ending in mat.endings] == [End.STOPPED]


def test_whoever_leaves_is_asked_at_the_gate_and_then_the_defaults_are_back(browsing: Mat) -> None:
    browsing.press()
    browsing.wait(6 + 90)
    assert browsing.status is Status.ASKING
    browsing.wait(30)
    assert (browsing.status, browsing.state.choices) == (Status.ATTRACT, browsing.rules.defaults)


def test_the_pictures_of_all_can_be_had_from_the_list(browsing: Mat) -> None:
    assert browsing.show_routines().refusal is None
    assert browsing.status is Status.CHOOSING
    assert browsing.show_routines(1).refusal is Refusal.NO_SUCH_PAGE


def test_the_default_is_in_the_list_even_without_words_in_its_language(rules: Rules) -> None:
    others = {
        name: replace(rules.routines[name], texts={"de": rules.routines[name].texts["en"]})
        for name in ("foot-ball", "couch-stretch")
    }
    psoas = rules.routines["psoas-release"]
    english = replace(psoas, texts={"en": psoas.texts["en"]})
    mat = Mat(
        replace(
            rules,
            routines={**others, psoas.id: english},
            defaults=replace(rules.defaults, language="de"),
            offered=ORDER,
            choose_by_button=True,
        )
    )
    mat.press()
    assert (shown_on(mat).page, shown_on(mat).pages, shown_on(mat).language) == (0, 3, "en")
    mat.press()
    assert (shown_on(mat).page, shown_on(mat).pages, shown_on(mat).language) == (0, 2, "de")
