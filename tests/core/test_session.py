"""A session from the mat: what each press, wait and hold leads to."""

from dataclasses import replace

import pytest

from kiosk.core.cues import Cue
from kiosk.core.routine import Kind, Side
from kiosk.core.session import ButtonStuck, End, Refusal, Source, Status, side_remaining_at
from tests.drivers.mat import Mat


def test_a_whole_session_by_presses_alone_holds_two_minutes_a_side(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(121)
    assert (mat.step_id, mat.status) == ("switch", Status.RUNNING)
    mat.press_until("settle")
    mat.wait(121)
    assert mat.step_id == "unload"
    mat.wait(40)
    assert mat.status is Status.SUMMARY
    assert mat.held == (120, 120)
    assert [ending.end for ending in mat.endings] == [End.FINISHED]


def test_a_press_acts_on_the_way_down(mat: Mat) -> None:
    mat.down()
    assert mat.step_id == "check"


def test_the_cues_of_a_session_come_in_order_and_at_their_times(mat: Mat) -> None:
    mat.press_until("settle")
    start, _ = mat.cues[-1]
    mat.cues.clear()
    mat.wait(125)
    assert [(round(at - start, 6), cue) for at, cue in mat.cues] == [
        (30, Cue.TICK),
        (60, Cue.HALFWAY),
        (90, Cue.TICK),
        (117, Cue.COUNTDOWN),
        (118, Cue.COUNTDOWN),
        (119, Cue.COUNTDOWN),
        (120, Cue.SWITCH),
    ]


def test_the_end_of_the_second_side_sounds_finished(mat: Mat) -> None:
    mat.press_until("switch")
    mat.press_until("squeeze")
    mat.wait(31)
    assert mat.heard()[-1] is Cue.FINISHED


def test_a_press_ends_a_hold_early_and_the_ledger_says_how_much_was_held(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(9.9)  # and the 0.1 s that the press before lasted
    mat.down()
    assert mat.step_id == "straighten"
    assert mat.held == (0, 10)


def test_deadlines_chain_so_that_late_ticks_do_not_add_up(mat: Mat) -> None:
    mat.press_until("settle")
    start = mat.state.since
    mat.oversleep(30.4)
    assert (mat.step_id, mat.state.deadline) == ("straighten", start + 60)


def test_after_a_press_a_hold_counts_from_the_press(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(5)
    mat.down()
    assert mat.state.deadline == mat.now + 30


def test_a_very_late_tick_passes_the_steps_it_missed_with_one_cue(mat: Mat) -> None:
    mat.press_until("settle")
    mat.cues.clear()
    mat.oversleep(500)
    assert (mat.step_id, mat.status) == ("switch", Status.RUNNING)
    assert mat.heard() == [Cue.SWITCH]
    assert mat.held == (0, 120)


def test_held_is_weight_off_and_takes_its_own_press_back(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(9.9)  # and the 0.1 s that the press before lasted
    mat.down()
    assert mat.step_id == "straighten"
    mat.wait(1.2)
    assert (mat.status, mat.step_id, mat.remaining) == (Status.PAUSED, "settle", pytest.approx(20))
    assert mat.held == (0, 10)
    assert mat.heard()[-1] is Cue.WEIGHT_OFF


def test_held_for_less_than_its_time_is_a_press(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(5)
    mat.down()
    mat.wait(1.19)
    mat.up()
    mat.wait(5)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "straighten")


def test_everything_stands_still_while_the_weight_is_off(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=10)
    before = (mat.remaining, mat.held)
    mat.wait(100)
    assert (mat.remaining, mat.held) == before


def test_after_weight_off_a_press_gives_five_seconds_and_then_what_was_left(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=9.9)
    mat.press(after=20)
    assert mat.status is Status.READY
    assert mat.remaining == pytest.approx(4.9)
    mat.wait(4.9)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "settle")
    assert mat.remaining == pytest.approx(20)
    mat.wait(20)
    assert (mat.step_id, mat.held) == ("straighten", (0, 30))


def test_a_press_while_getting_ready_starts_the_hold_at_once(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=9.9)
    mat.press()
    mat.press(after=2)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "settle")


def test_held_while_getting_ready_is_weight_off_again(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=9.9)
    mat.press()
    mat.hold(after=1)
    assert mat.status is Status.PAUSED
    assert mat.remaining == pytest.approx(20)


def test_held_again_while_the_weight_is_off_ends_the_session(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=10)
    mat.hold(after=5)
    assert mat.status is Status.ATTRACT
    assert [(ending.end, ending.step.id) for ending in mat.endings] == [(End.STOPPED, "settle")]


def test_weight_off_in_an_untimed_step_goes_back_to_it_without_getting_ready(mat: Mat) -> None:
    mat.press_until("add-bell")
    mat.hold()
    assert mat.status is Status.PAUSED
    mat.press()
    assert (mat.status, mat.step_id) == (Status.RUNNING, "add-bell")


def test_weight_off_while_standing_up_keeps_what_was_left_of_it(mat: Mat) -> None:
    mat.press_until("unload")
    mat.hold(after=4.9)
    mat.press(after=60)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "unload")
    assert mat.remaining == pytest.approx(9.9)


def test_held_at_the_gate_or_in_attract_is_attract(mat: Mat) -> None:
    mat.press()
    mat.hold()
    assert mat.status is Status.ATTRACT
    mat.hold()
    assert mat.status is Status.ATTRACT
    assert [ending.end for ending in mat.endings] == [End.STOPPED, End.STOPPED]


def test_a_press_that_is_ignored_can_still_be_held(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(29.9)
    mat.wait(0.3)  # the step has just gone on by itself
    mat.down()
    assert (mat.step_id, mat.state.ignored) == ("straighten", 1)
    mat.wait(1.2)
    assert (mat.status, mat.step_id) == (Status.PAUSED, "straighten")


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


def test_an_untimed_step_asks_after_ninety_seconds_and_gives_up_after_thirty_more(
    mat: Mat,
) -> None:
    mat.press_until("find-spot")
    mat.wait(89.5)
    assert mat.status is Status.RUNNING
    mat.wait(0.5)
    assert mat.status is Status.ASKING
    assert mat.heard()[-1] is Cue.STILL_THERE
    mat.wait(30)
    assert mat.status is Status.ATTRACT
    assert [(ending.end, ending.step.id) for ending in mat.endings] == [
        (End.ABANDONED, "find-spot")
    ]


def test_a_press_answers_still_there_and_goes_back_to_where_it_was(mat: Mat) -> None:
    mat.press_until("find-spot")
    mat.wait(95)
    mat.press()
    assert (mat.status, mat.step_id) == (Status.RUNNING, "find-spot")


def test_held_while_asked_is_weight_off(mat: Mat) -> None:
    mat.press_until("add-bell")
    mat.wait(95)
    mat.hold()
    assert (mat.status, mat.step_id) == (Status.PAUSED, "add-bell")


def test_no_hold_is_ever_asked_or_reset_however_long_it_is(mat: Mat) -> None:
    mat.press()
    mat.press()
    mat.choose(seconds=180)
    mat.press_until("settle")
    mat.wait(179)
    assert (mat.status, mat.step_id) == (Status.RUNNING, "squeeze")


def test_weight_off_gives_up_after_three_minutes(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold()
    mat.wait(180)
    assert mat.status is Status.ATTRACT
    assert mat.endings[-1].end is End.ABANDONED


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


def test_a_routine_without_the_chosen_language_falls_back_to_its_own(mat: Mat) -> None:
    gentle = mat.rules.routines["no-pressure-psoas"]
    other = replace(gentle, texts={"de": gentle.texts["en"]})
    mat.rules = replace(mat.rules, routines={**mat.rules.routines, gentle.id: other})
    mat.press()
    mat.choose(routine=gentle.id)
    assert mat.state.choices.language == "de"


def test_back_goes_to_the_step_before_and_keeps_what_was_held(mat: Mat) -> None:
    mat.press_until("straighten")
    mat.wait(10)
    held = mat.held
    mat.back()
    assert (mat.step_id, mat.held) == ("settle", held)
    assert mat.remaining == pytest.approx(30)


def test_back_at_the_first_step_is_attract(mat: Mat) -> None:
    mat.press()
    mat.back()
    assert mat.status is Status.ATTRACT


def test_back_while_getting_ready_is_weight_off(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold()
    mat.press()
    mat.back()
    assert mat.status is Status.PAUSED


def test_back_answers_still_there_and_leaves_the_summary(mat: Mat) -> None:
    mat.press_until("find-spot")
    mat.wait(95)
    mat.back()
    assert (mat.status, mat.step_id) == (Status.RUNNING, "find-spot")


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


def test_at_sixty_times_the_speed_the_routine_takes_seconds_but_idle_times_stay(
    mat: Mat,
) -> None:
    mat.rules = replace(mat.rules, speed=60)
    mat.press_until("settle")
    mat.wait(2.1)
    assert (mat.step_id, mat.held) == ("switch", (0, 120))
    mat.wait(80)
    assert mat.status is Status.RUNNING


def test_what_is_left_of_a_side_counts_its_later_holds(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(9.9)
    assert side_remaining_at(mat.state, mat.now, mat.rules) == pytest.approx(110)
    mat.hold()
    assert side_remaining_at(mat.state, mat.now, mat.rules) == pytest.approx(109)
    mat.press()
    assert side_remaining_at(mat.state, mat.now, mat.rules) == pytest.approx(109)


def test_what_is_left_before_the_first_hold_is_the_whole_side(mat: Mat) -> None:
    assert side_remaining_at(mat.state, mat.now, mat.rules) == 0
    mat.press_until("find-spot")
    assert side_remaining_at(mat.state, mat.now, mat.rules) == 120
