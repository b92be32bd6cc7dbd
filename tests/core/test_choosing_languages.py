"""Choosing a language by touch: on the attract screen, and from the names before the first step."""

from dataclasses import replace

import pytest

from kiosk.core.choosing import languages_of
from kiosk.core.screen import Screen, View, screen_of
from kiosk.core.session import End, Refusal, Rules, Status
from tests.drivers.mat import Mat

LANGUAGES = ("de", "en", "pl")


@pytest.fixture
def mat(rules: Rules) -> Mat:
    """A mat with a station that speaks English and offers three languages."""
    texts = {
        name: replace(routine, texts=dict.fromkeys(LANGUAGES, routine.texts["en"]))
        for name, routine in rules.routines.items()
    }
    return Mat(replace(rules, routines=texts, languages=LANGUAGES))


def shown_on(mat: Mat) -> Screen:
    return screen_of(mat.state, mat.rules)


def test_the_first_step_leads_to_the_names_of_all_offered_languages(mat: Mat) -> None:
    mat.press()
    assert shown_on(mat).languages == LANGUAGES
    assert mat.show_languages().refusal is None
    screen = shown_on(mat)
    assert (screen.view, screen.languages) == (View.LANGUAGES, LANGUAGES)
    mat.press()
    mat.press()
    assert shown_on(mat).languages == ()


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_touched_name_leads_to_the_first_step_in_its_language(mat: Mat, language: str) -> None:
    mat.press()
    mat.show_languages()
    mat.choose(language=language)
    assert (mat.status, mat.state.index) == (Status.RUNNING, 0)
    assert shown_on(mat).language == language


def test_a_double_touch_on_a_name_skips_no_gate(mat: Mat) -> None:
    mat.press()
    mat.show_languages()
    mat.choose(language="de")
    mat.press(after=0.9)
    assert mat.state.index == 0
    mat.press(after=1.0)
    assert mat.state.index == 1


def test_a_press_or_back_among_the_names_leads_to_the_first_step_as_it_was(mat: Mat) -> None:
    mat.press()
    for leave in (Mat.press, Mat.back):
        mat.show_languages()
        mat.wait(2)
        leave(mat)
        assert (mat.status, mat.state.index) == (Status.RUNNING, 0)
        assert mat.state.choices == mat.rules.defaults


def test_holding_the_button_among_the_names_leaves(mat: Mat) -> None:
    mat.press()
    mat.show_languages()
    mat.hold()
    assert mat.status is Status.ATTRACT
    assert [ending.end for ending in mat.endings] == [End.STOPPED]


def test_names_that_nobody_touches_ask_and_then_go_back_to_attract(mat: Mat) -> None:
    mat.press()
    mat.show_languages()
    mat.wait(90)
    assert mat.status is Status.ASKING
    mat.wait(30)
    assert mat.status is Status.ATTRACT


def test_the_names_can_be_had_from_the_attract_screen(mat: Mat) -> None:
    mat.show_languages()
    assert (mat.status, mat.state.session) == (Status.LANGUAGES, 1)


def test_no_names_are_shown_with_the_load_on_or_for_one_language_alone(mat: Mat) -> None:
    mat.press_until("settle")
    assert mat.show_languages().refusal is Refusal.TOO_LATE
    alone = Mat(replace(mat.rules, languages=("en",)))
    alone.press()
    assert alone.show_languages().refusal is Refusal.ONLY_ONE_LANGUAGE
    assert alone.status is Status.RUNNING


def test_a_language_chosen_among_the_names_is_forgotten_with_the_session(mat: Mat) -> None:
    mat.press()
    mat.show_languages()
    mat.choose(language="pl")
    mat.hold()
    assert (mat.status, mat.state.choices) == (Status.ATTRACT, mat.rules.defaults)


def test_the_attract_screen_invites_in_every_other_language_until_one_is_chosen(mat: Mat) -> None:
    assert shown_on(mat).invitations == ("de", "pl")
    mat.choose(language="pl")
    assert shown_on(mat).invitations == ()
    mat.wait(30)
    assert shown_on(mat).invitations == ("de", "pl")
    mat.press()
    assert shown_on(mat).invitations == ()


def test_a_language_that_the_routine_has_no_words_in_is_not_offered(mat: Mat) -> None:
    psoas = mat.rules.routines["psoas-release"]
    without = replace(psoas, texts={"en": psoas.texts["en"], "pl": psoas.texts["pl"]})
    rules = replace(mat.rules, routines={**mat.rules.routines, psoas.id: without})
    assert languages_of(without, rules) == ("en", "pl")
    assert screen_of(Mat(rules).state, rules).invitations == ("pl",)
