"""Choosing a routine by touch: it costs nobody a press, and no gate is skipped by it."""

from dataclasses import replace

import pytest

from kiosk.core.choosing import ROUTINES_A_PAGE, can_be_chosen
from kiosk.core.routine import Kind
from kiosk.core.screen import Screen, View, screen_of
from kiosk.core.session import End, Refusal, Rules, Status
from tests.drivers.mat import Mat


def offering(rules: Rules, *routines: str) -> Mat:
    """A mat with a station that offers `routines`."""
    return Mat(replace(rules, offered=routines))


def shown_on(mat: Mat) -> Screen:
    return screen_of(mat.state, mat.rules)


def presses_to_the_first_hold(mat: Mat) -> int:
    for presses in range(30):
        if mat.state.holding:
            return presses
        mat.press()
    raise AssertionError("no hold came")


def test_what_is_offered_costs_the_default_routine_no_press(rules: Rules) -> None:
    alone = presses_to_the_first_hold(offering(rules, "psoas-release"))
    assert presses_to_the_first_hold(offering(rules, *rules.routines)) == alone == 8


def test_one_routine_alone_shows_no_choice(rules: Rules) -> None:
    mat = offering(rules, "psoas-release")
    mat.press()
    assert not shown_on(mat).other_routines
    assert mat.show_routines().refusal is Refusal.ONLY_ONE


def test_an_offered_routine_that_cannot_be_had_is_left_out(rules: Rules) -> None:
    mat = offering(rules, "psoas-release", "no-such", "foot-ball")
    assert can_be_chosen(mat.rules) == {"psoas-release", "foot-ball", "no-pressure-psoas"}
    mat.press()
    assert mat.show_routines().refusal is None
    assert [each.routine.id for each in shown_on(mat).offered] == ["psoas-release", "foot-ball"]


def test_an_alternative_that_cannot_be_had_cannot_be_chosen(rules: Rules) -> None:
    there = {"psoas-release": rules.routines["psoas-release"]}
    mat = Mat(replace(rules, routines=there, offered=("psoas-release",)))
    assert can_be_chosen(mat.rules) == {"psoas-release"}


def test_the_choice_is_on_the_first_step_alone(mat: Mat) -> None:
    assert not shown_on(mat).other_routines
    mat.press()
    assert shown_on(mat).other_routines
    mat.press()
    assert not shown_on(mat).other_routines


def test_the_pictures_are_in_the_order_of_the_offer_a_few_on_a_page(rules: Rules) -> None:
    order = ("foot-ball", "psoas-release", "couch-stretch", "glute-ball", "figure-four")
    mat = offering(rules, *order)
    mat.press()
    pages: list[list[str]] = []
    for page in range(2):
        assert mat.show_routines(page).refusal is None
        screen = shown_on(mat)
        assert (screen.view, screen.page, screen.pages) == (View.CHOOSE, page, 2)
        pages.append([each.routine.id for each in screen.offered])
    assert pages == [list(order[:ROUTINES_A_PAGE]), list(order[ROUTINES_A_PAGE:])]


@pytest.mark.parametrize("page", [-1, 3])
def test_a_page_that_there_is_not_is_refused(mat: Mat, page: int) -> None:
    mat.press()
    assert mat.show_routines(page).refusal is Refusal.NO_SUCH_PAGE
    assert mat.status is Status.RUNNING


def test_a_touched_picture_leads_to_the_gate_of_its_routine(mat: Mat) -> None:
    mat.press()
    mat.show_routines()
    mat.choose(routine="couch-stretch")
    assert mat.state.choices.routine == "couch-stretch"
    assert mat.state.step is not None
    assert (mat.status, mat.state.step.kind, mat.state.index) == (Status.RUNNING, Kind.GATE, 0)


def test_a_double_touch_skips_no_gate(mat: Mat) -> None:
    mat.press()
    mat.show_routines()
    mat.choose(routine="couch-stretch")
    mat.press(after=0.9)
    assert mat.state.index == 0
    mat.press(after=1.0)
    assert mat.state.index == 1


def test_a_press_or_back_among_the_pictures_leads_to_the_gate_one_came_from(mat: Mat) -> None:
    mat.press()
    for leave in (Mat.press, Mat.back):
        mat.show_routines()
        mat.wait(2)
        leave(mat)
        assert (mat.status, mat.state.index) == (Status.RUNNING, 0)
        assert mat.state.choices == mat.rules.defaults


def test_holding_the_button_among_the_pictures_leaves(mat: Mat) -> None:
    mat.press()
    mat.show_routines()
    mat.hold()
    assert mat.status is Status.ATTRACT
    assert [ending.end for ending in mat.endings] == [End.STOPPED]


def test_pictures_that_nobody_touches_ask_and_then_go_back_to_the_defaults(mat: Mat) -> None:
    mat.press()
    mat.choose(routine="foot-ball")
    mat.show_routines()
    mat.wait(90)
    assert mat.status is Status.ASKING
    mat.wait(30)
    assert (mat.status, mat.state.choices) == (Status.ATTRACT, mat.rules.defaults)


def test_to_turn_the_page_is_a_sign_of_life(mat: Mat) -> None:
    mat.press()
    for page in (0, 1, 2, 0):
        mat.show_routines(page)
        mat.wait(80)
    assert mat.status is Status.CHOOSING


def test_the_pictures_can_be_had_from_the_attract_screen(mat: Mat) -> None:
    mat.show_routines()
    assert (mat.status, mat.state.session) == (Status.CHOOSING, 1)


def test_with_the_load_on_no_pictures_are_shown(mat: Mat) -> None:
    mat.press_until("settle")
    before = mat.state
    assert mat.show_routines().refusal is Refusal.TOO_LATE
    assert mat.state is before


def test_not_for_me_leads_to_a_routine_that_is_not_offered(rules: Rules) -> None:
    mat = offering(rules, "psoas-release", "foot-ball")
    assert can_be_chosen(mat.rules) == {"psoas-release", "foot-ball", "no-pressure-psoas"}
    mat.press()
    assert mat.choose(routine="no-pressure-psoas").refusal is None
    assert mat.choose(routine="couch-stretch").refusal is Refusal.NOT_OFFERED


def test_each_routine_begins_with_its_own_length_and_the_default_with_the_stations(
    rules: Rules,
) -> None:
    mat = Mat(replace(rules, defaults=replace(rules.defaults, seconds=180)))
    mat.press()
    lengths = []
    for routine in ("upper-back-ball", "couch-stretch", "psoas-release"):
        mat.choose(routine=routine)
        lengths.append(mat.state.choices.seconds)
    assert lengths == [90, 30, 180]


def test_a_routine_without_words_in_the_language_is_not_among_the_pictures(rules: Rules) -> None:
    psoas = rules.routines["psoas-release"]
    english = {
        name: replace(routine, texts={"en": routine.texts["en"]})
        for name, routine in rules.routines.items()
    }
    both = replace(psoas, texts={"en": psoas.texts["en"], "de": psoas.texts["en"]})
    routines = {**english, psoas.id: both}
    mat = Mat(replace(rules, routines=routines, languages=("en", "de")))
    assert shown_on(mat).languages == ("en", "de")
    mat.press()
    assert shown_on(mat).languages == ("en", "de")
    mat.show_routines(2)
    mat.choose(language="de")
    screen = shown_on(mat)
    assert (screen.page, screen.pages, len(screen.offered)) == (0, 1, 1)


def test_one_language_alone_shows_no_choice(mat: Mat) -> None:
    assert shown_on(mat).languages == ()
    mat.press()
    assert shown_on(mat).languages == ()


def test_what_was_chosen_on_the_attract_screen_is_forgotten_if_nobody_begins(rules: Rules) -> None:
    gentle = rules.routines["no-pressure-psoas"]
    both = replace(gentle, texts={**gentle.texts, "de": gentle.texts["en"]})
    defaults = replace(rules.defaults, routine=gentle.id, seconds=45)
    routines = {**rules.routines, gentle.id: both}
    mat = Mat(replace(rules, routines=routines, defaults=defaults, languages=("en", "de")))
    mat.choose(language="de")
    mat.wait(29)
    assert mat.state.choices.language == "de"
    mat.wait(1)
    assert (mat.status, mat.state.choices.language) == (Status.ATTRACT, "en")
    mat.choose(language="de")
    mat.press()
    mat.wait(40)
    assert (mat.status, mat.state.choices.language) == (Status.RUNNING, "de")
    mat.hold()
    assert mat.state.choices == defaults
