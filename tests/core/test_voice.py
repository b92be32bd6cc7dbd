"""What the voice says at which moment of a session."""

from dataclasses import replace

import pytest

from kiosk.core.cues import Cue, pattern_seconds
from kiosk.core.routine import Side
from kiosk.core.session import Back, ButtonHeld, Choose, Event, Rules, ShowRoutines, Tick
from kiosk.core.transitions import next_deadline
from kiosk.core.voice import Saying, Sentence, Speech, sentences_for, speech_for
from tests.drivers.mat import Mat

HEADLINE, DETAIL = FIRST = Saying.HEADLINE, Saying.DETAIL
PSOAS = "psoas-release"


class Listener:
    """Goes through a session on a mat, and writes down what is said with the clock seconds."""

    def __init__(self, rules: Rules) -> None:
        self.mat = Mat(rules)
        self.said: list[tuple[float, tuple[Sentence, ...]]] = []

    def post(self, event: Event) -> tuple[Sentence, ...]:
        before = self.mat.state
        self.mat.post(event)
        said = sentences_for(before, self.mat.state, self.mat.rules)
        if said:
            self.said.append((self.mat.now, said))
        return said

    def wait(self, seconds: float) -> None:
        end = self.mat.now + seconds
        while (due := next_deadline(self.mat.state, self.mat.rules)) is not None and due <= end:
            self.mat.now = due
            self.post(Tick())
        self.mat.now = end

    def press(self) -> tuple[Sentence, ...]:
        before = self.mat.state
        self.mat.now += 1
        self.mat.down()
        said = sentences_for(before, self.mat.state, self.mat.rules)
        self.mat.up()
        return said

    def press_until(self, step: str) -> tuple[Sentence, ...]:
        said: tuple[Sentence, ...] = ()
        while self.mat.step_id != step:
            said = self.press()
        return said


@pytest.fixture
def listener(rules: Rules) -> Listener:
    return Listener(rules)


def of_step(step: str, side: Side | None, *sayings: Saying) -> tuple[Sentence, ...]:
    return tuple(Sentence(saying, "en", PSOAS, step, side) for saying in sayings)


def test_at_rest_nothing_is_said(listener: Listener) -> None:
    listener.wait(1000)
    assert listener.said == []


def test_to_leave_at_the_gate_says_nothing(listener: Listener) -> None:
    listener.press()
    assert listener.post(ButtonHeld()) == ()


def test_a_step_says_its_headline_and_at_the_first_time_its_detail(listener: Listener) -> None:
    assert listener.press() == of_step("check", None, HEADLINE, DETAIL)
    said = listener.press_until("find-spot")
    assert said == of_step("find-spot", Side.RIGHT, HEADLINE, DETAIL)
    listener.press_until("switch")
    assert listener.press() == of_step("find-spot", Side.LEFT, HEADLINE)


def test_the_switch_says_its_side(listener: Listener) -> None:
    assert listener.press_until("switch") == of_step("switch", Side.LEFT, HEADLINE, DETAIL)


def test_halfway_and_ten_seconds_before_the_end_of_a_side_are_said(listener: Listener) -> None:
    listener.press_until("settle")
    began = listener.mat.now
    listener.wait(119)
    halfway = (Sentence(Saying.HALFWAY, "en"), *of_step("knee-out", Side.RIGHT, HEADLINE, DETAIL))
    assert [(at - began, said) for at, said in listener.said] == [
        (30, of_step("straighten", Side.RIGHT, HEADLINE, DETAIL)),
        (60, halfway),
        (90, of_step("squeeze", Side.RIGHT, HEADLINE, DETAIL)),
        (110, (Sentence(Saying.TEN_SECONDS, "en"),)),
    ]


def test_halfway_within_a_hold_is_said_alone(listener: Listener) -> None:
    listener.mat.choose(seconds=60, routine="no-pressure-psoas")
    listener.press_until("leg-long")
    began = listener.mat.now
    listener.wait(59)
    assert [(at - began, [one.saying for one in said]) for at, said in listener.said] == [
        (30, [Saying.HALFWAY]),
        (50, [Saying.TEN_SECONDS]),
    ]


def test_weight_off_is_said_and_then_the_headline_alone_when_the_hold_goes_on(
    listener: Listener,
) -> None:
    listener.press_until("settle")
    listener.wait(5)
    assert [one.saying for one in listener.post(ButtonHeld())] == [
        Saying.WEIGHT_OFF,
        Saying.WEIGHT_OFF_DETAIL,
    ]
    assert listener.press() == ()  # get ready
    listener.said.clear()
    listener.wait(5)
    assert [said for _, said in listener.said] == [of_step("settle", Side.RIGHT, HEADLINE)]


def test_still_there_is_asked_and_an_answer_brings_the_headline(listener: Listener) -> None:
    listener.press_until("lie-down")
    listener.wait(90)
    assert listener.said[-1][1] == (Sentence(Saying.STILL_THERE, "en"),)
    assert listener.press() == of_step("lie-down", Side.RIGHT, HEADLINE)


def test_the_end_says_well_done(listener: Listener) -> None:
    listener.press_until("stand-up")
    listener.wait(20)
    assert listener.said[-1][1] == (Sentence(Saying.WELL_DONE, "en"),)


def test_a_button_that_only_comes_up_says_nothing_again(listener: Listener) -> None:
    listener.press()
    state = listener.mat.state
    assert sentences_for(state, state, listener.mat.rules) == ()


def test_going_back_says_the_step_again(listener: Listener) -> None:
    listener.press_until("lie-down")
    assert [one.saying for one in listener.post(Back())] == [HEADLINE, DETAIL]


def test_pictures_of_routines_say_nothing_and_the_way_back_from_them_the_headline(
    listener: Listener,
) -> None:
    listener.press()
    assert listener.post(ShowRoutines()) == ()
    assert listener.press() == of_step("check", None, HEADLINE)


def test_a_routine_that_is_touched_says_its_own_first_step(listener: Listener) -> None:
    listener.press()
    listener.post(ShowRoutines())
    said = listener.post(Choose(routine="no-pressure-psoas"))
    assert {one.routine for one in said} == {"no-pressure-psoas"}
    assert [one.saying for one in said] == [HEADLINE, DETAIL]


def test_each_routine_of_the_list_says_its_name_and_then_its_first_step(rules: Rules) -> None:
    listener = Listener(replace(rules, choose_by_button=True))
    assert listener.press() == (Sentence(Saying.TITLE, "en", PSOAS),)
    assert listener.press() == (Sentence(Saying.TITLE, "en", "no-pressure-psoas"),)
    listener.wait(6)
    ((_, said),) = listener.said
    assert {one.routine for one in said} == {"no-pressure-psoas"}
    assert [one.saying for one in said] == [HEADLINE, DETAIL]


def test_another_first_side_says_the_headline_for_it(listener: Listener) -> None:
    listener.press_until("lie-down")
    step = listener.mat.state.step
    assert step is not None
    assert step.side is Side.RIGHT
    said = listener.post(Choose(side=Side.LEFT))
    assert said == of_step("lie-down", Side.LEFT, HEADLINE, DETAIL)


def test_a_length_that_is_touched_says_nothing(listener: Listener) -> None:
    listener.press_until("lie-down")
    assert listener.post(Choose(seconds=60)) == ()


def test_another_language_says_the_step_in_that_one(rules: Rules) -> None:
    psoas = rules.routines[PSOAS]
    both = replace(psoas, texts={"en": psoas.texts["en"], "de": psoas.texts["en"]})
    offered = replace(rules, routines={**rules.routines, PSOAS: both}, languages=("en", "de"))
    listener = Listener(offered)
    listener.press()
    said = listener.post(Choose(language="de"))
    assert said == tuple(replace(one, language="de") for one in of_step("check", None, *FIRST))


def test_a_routine_without_words_in_the_chosen_language_speaks_its_own(rules: Rules) -> None:
    elsewhere = replace(rules, defaults=replace(rules.defaults, language="xx"))
    assert {one.language for one in Listener(elsewhere).press()} == {"en"}


def test_the_voice_begins_when_the_pattern_of_the_cue_is_over(listener: Listener) -> None:
    listener.press_until("lie-down")
    before, rules = listener.mat.state, listener.mat.rules
    outcome = listener.mat.post(ButtonHeld())
    speech = speech_for(before, outcome.state, outcome.cue, rules)
    assert [one.saying for one in speech.sentences] == [
        Saying.WEIGHT_OFF,
        Saying.WEIGHT_OFF_DETAIL,
    ]
    assert speech.after == pattern_seconds(Cue.WEIGHT_OFF)
    assert speech.cuts_off


def test_a_cue_of_the_countdown_cuts_off_what_is_being_said(listener: Listener) -> None:
    state = listener.mat.state
    assert speech_for(state, state, Cue.COUNTDOWN, listener.mat.rules) == Speech((), 0.1, True)


def test_another_screen_without_words_cuts_off_what_is_being_said(listener: Listener) -> None:
    listener.press()
    before = listener.mat.state
    listener.post(ShowRoutines())
    assert speech_for(before, listener.mat.state, None, listener.mat.rules).cuts_off


def test_a_button_that_comes_up_lets_the_voice_speak_on(listener: Listener) -> None:
    listener.mat.down()
    before = listener.mat.state
    listener.mat.up()
    assert speech_for(before, listener.mat.state, None, listener.mat.rules) == Speech((), 0, False)


def test_only_the_words_of_steps_and_weight_off_belong_to_a_routine() -> None:
    own = {saying for saying in Saying if not saying.of_routine}
    assert own == {Saying.HALFWAY, Saying.TEN_SECONDS, Saying.STILL_THERE, Saying.WELL_DONE}
