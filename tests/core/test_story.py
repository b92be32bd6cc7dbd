"""The story of a session, which statistics are made of."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.routine import Kind, Side
from kiosk.core.saved import offer, save
from kiosk.core.session import ButtonHeld, Rules, Status
from kiosk.core.story import Story
from tests.drivers.mat import Mat


def story_of(mat: Mat) -> Story:
    story = mat.state.story
    assert story is not None
    return story


def test_there_is_no_story_outside_of_a_session(mat: Mat) -> None:
    assert mat.state.story is None
    mat.press()
    mat.hold()
    assert mat.status is Status.ATTRACT
    assert mat.state.story is None


def test_it_tells_when_each_step_was_first_reached(mat: Mat) -> None:
    mat.press()
    mat.press(after=9.9)
    mat.press(after=20.9)
    story = story_of(mat)
    assert story.reached == (0, pytest.approx(10), pytest.approx(31))
    assert story.furthest == mat.step_id


def test_going_back_and_on_again_reaches_nothing_anew(mat: Mat) -> None:
    mat.press_until("straighten")
    before = story_of(mat)
    mat.wait(3)
    mat.back()
    assert story_of(mat) == before
    mat.press()
    assert mat.step_id == "straighten"
    assert story_of(mat) == before


def test_a_step_that_goes_on_by_itself_counts_from_its_deadline_however_late_the_tick(
    mat: Mat,
) -> None:
    mat.press_until("settle")
    settled = story_of(mat).reached[-1]
    mat.oversleep(31.5)
    assert mat.step_id == "straighten"
    assert story_of(mat).reached[-1] == pytest.approx(settled + 30, abs=0.11)


def test_getting_ready_lasts_until_the_first_hold(mat: Mat) -> None:
    mat.press_until("add-bell")
    assert story_of(mat).ready_after is None
    mat.press_until("settle")
    story = story_of(mat)
    assert story.ready_after == story.reached[-1]
    mat.press_until("switch")
    mat.press_until("settle")
    assert story_of(mat).ready_after == story.ready_after


def test_weight_off_is_told_with_the_step_that_it_came_in_and_not_the_one_after(mat: Mat) -> None:
    mat.press_until("settle")
    reached = story_of(mat).reached
    mat.hold(after=10)
    story = story_of(mat)
    assert story.weight_offs == ("settle",)
    assert (story.reached, story.furthest) == (reached, "settle")


def test_weight_off_while_getting_ready_again_is_told_twice(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=10)
    mat.press()
    mat.hold()
    assert story_of(mat).weight_offs == ("settle", "settle")


def test_going_back_while_getting_ready_is_no_weight_off_of_its_own(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=10)
    mat.press()
    mat.back()
    assert mat.status is Status.PAUSED
    assert story_of(mat).weight_offs == ("settle",)


def test_a_press_that_ends_the_session_when_held_is_no_weight_off(mat: Mat) -> None:
    mat.press_until("settle")
    mat.hold(after=10)
    mat.hold()
    (ending,) = mat.endings
    assert ending.story is not None
    assert ending.story.weight_offs == ("settle",)


def test_what_is_made_up_is_told_apart_from_what_was_held_before(mat: Mat) -> None:
    mat.press_until("settle")
    mat.wait(40)
    mat.press_until("stand-up")
    mat.press()
    assert mat.status is Status.SUMMARY
    held = sum(mat.held)
    reached = story_of(mat).reached
    mat.press()
    assert mat.state.make_up
    mat.press_until("settle")
    mat.wait(10)
    story = story_of(mat)
    assert story.finished_with == pytest.approx(held)
    assert story.made_up(sum(mat.held)) > 5
    assert story.reached == reached, "steps of a make-up are none of the session's plan"
    mat.press_until("stand-up")
    mat.press()
    mat.press()
    assert story_of(mat).finished_with == pytest.approx(held), "of the first time it was finished"


def test_nothing_is_made_up_in_a_session_that_was_not_short() -> None:
    assert Story().made_up(240) == 0


def test_another_routine_is_reached_at_its_first_step(mat: Mat) -> None:
    mat.press()
    mat.show_routines()
    mat.wait(4)
    mat.choose(routine="figure-four")
    assert mat.state.steps[0].id == story_of(mat).furthest
    assert story_of(mat).reached == (0,)
    mat.press(after=2)
    mat.press(after=2)
    assert len(story_of(mat).reached) == mat.state.index + 1


def test_a_routine_that_the_button_alone_has_shown_is_reached_at_its_first_step(
    rules: Rules,
) -> None:
    couch = rules.routines["couch-stretch"]
    first = replace(couch.prepare[0], id="beside-the-couch")
    routines = {**rules.routines, couch.id: replace(couch, prepare=(first, *couch.prepare[1:]))}
    offered = ("psoas-release", couch.id)
    mat = Mat(replace(rules, routines=routines, offered=offered, choose_by_button=True))
    mat.press()
    mat.press(after=2)
    assert mat.state.choices.routine == couch.id
    assert story_of(mat).furthest == first.id
    mat.wait(6)
    assert mat.step_id == story_of(mat).furthest == first.id
    assert len(story_of(mat).reached) == 1


def test_another_side_or_length_changes_nothing(mat: Mat) -> None:
    mat.press()
    mat.press()
    before = story_of(mat)
    mat.choose(side=Side.LEFT, seconds=60)
    assert story_of(mat) == before


def test_it_goes_on_after_a_power_cut_without_the_time_that_had_no_power(
    mat: Mat, rules: Rules
) -> None:
    mat.press_until("settle")
    mat.wait(10)
    saved = save(mat.state, mat.now, rules)
    assert saved is not None
    assert saved.elapsed == pytest.approx(mat.now - mat.state.began)
    again = Mat(rules)
    offered = offer(saved, again.now, rules, session=7)
    assert offered is not None
    again.state = offered
    assert again.state.story == mat.state.story
    again.press()
    again.press_until("straighten")
    told = story_of(again).reached
    assert told[:-1] == story_of(mat).reached
    assert told[-1] == pytest.approx(saved.elapsed, abs=8)


def test_a_step_that_waits_is_saved_with_the_time_at_which_it_began_to_wait(
    mat: Mat, rules: Rules
) -> None:
    mat.press_until("switch")
    first = save(mat.state, mat.now, rules)
    mat.wait(50)
    assert save(mat.state, mat.now, rules) == first


def test_a_session_that_an_earlier_version_began_has_no_story_and_goes_on_all_the_same(
    mat: Mat, rules: Rules
) -> None:
    mat.press_until("settle")
    saved = save(mat.state, mat.now, rules)
    assert saved is not None
    offered = offer(replace(saved, story=None), mat.now, rules, session=1)
    assert offered is not None
    mat.state = offered
    mat.press()
    mat.hold(after=10)
    assert mat.status is Status.PAUSED
    mat.press()
    mat.press_until("stand-up")
    mat.press()
    mat.press()
    assert mat.state.make_up
    assert mat.state.story is None
    mat.post(ButtonHeld())
    mat.post(ButtonHeld())
    assert [ending.story for ending in mat.endings] == [None, None]


def test_a_session_without_a_story_can_be_stopped(mat: Mat) -> None:
    mat.press()
    mat.press()
    mat.state = replace(mat.state, story=None)
    mat.choose(routine="figure-four")
    assert mat.state.story is None


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_whatever_a_member_does_the_steps_are_told_in_order_and_without_gaps(
    rules: Rules, data: st.DataObject
) -> None:
    mat = Mat(rules)
    furthest = 0
    deeds: list[Callable[[], None]] = [mat.press, mat.hold, mat.back, lambda: mat.wait(31)]
    for _ in range(data.draw(st.integers(1, 40))):
        data.draw(st.sampled_from(deeds))()
        story = mat.state.story
        if story is None or mat.state.make_up:
            furthest = 0
            continue
        furthest = max(furthest, mat.state.index)
        assert list(story.reached) == sorted(story.reached)
        assert len(story.reached) == furthest + 1
        assert story.furthest == mat.state.steps[furthest].id
        holds = [step.kind for step in mat.state.steps[: furthest + 1]].count(Kind.HOLD)
        assert (story.ready_after is not None) == (holds > 0)
