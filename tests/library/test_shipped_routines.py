"""What holds of every routine that comes with Matside, and what each of them promises."""

from typing import NamedTuple

import pytest

from kiosk.core.routine import Kind, Routine, RoutineText, Side, Sides
from kiosk.core.session import Rules
from web.figures import beat_classes
from web.figures.motion import stances
from web.figures.pose import Pose
from web.figures.poses import BODY_POSES


class Promise(NamedTuple):
    """What a routine is to be, beside the rules that all of them keep.

    Attributes:
        lengths: The lengths of a side that it offers, in seconds, or in breaths if it counts them.
        default: The length taken unless chosen.
        needs: A word for each thing that it needs.
        skip: Words of the exclusions that must not be missing.
        stop: Words of the stop signs that must not be missing.
        off: What weight off says is taken off or stopped.
        sides: How the sides take turns.
        sets: How many sets a side has.
    """

    lengths: tuple[int, ...]
    default: int
    needs: tuple[str, ...]
    skip: tuple[str, ...]
    stop: tuple[str, ...]
    off: str
    sides: Sides = Sides.ONE_AFTER_THE_OTHER
    sets: int = 1


PROMISES = {
    "psoas-release": Promise(
        lengths=(60, 90, 120, 180),
        default=120,
        needs=("Tennis ball", "Kettlebell"),
        skip=("Pregnant", "Hernia", "Aneurysm", "Blood thinners", "Fragile bones"),
        stop=("pulse under the ball", "Numbness"),
        off="Lift the kettlebell off",
    ),
    "no-pressure-psoas": Promise(
        lengths=(30, 45, 60, 90),
        default=45,
        needs=("mat, and nothing else",),
        skip=("surgery", "not to bend the hip"),
        stop=("Sharp pain", "Numbness"),
        off="let the leg down",
    ),
    "half-kneeling": Promise(
        lengths=(60, 90),
        default=60,
        needs=("pad for the knee",),
        skip=("Knee that hurts", "surgery", "Replaced hip or knee"),
        stop=("Pain in the knee", "Numbness"),
        off="Bring your hips back",
        sets=2,
    ),
    "couch-stretch": Promise(
        lengths=(30, 45, 60),
        default=30,
        needs=("wall", "pad"),
        skip=("Knee pain", "surgery", "Replaced hip or knee", "arch"),
        stop=("Pain in the knee", "Numbness"),
        off="slide the knee off the wall",
    ),
    "figure-four": Promise(
        lengths=(40, 60),
        default=60,
        needs=("mat, and nothing else",),
        skip=("Replaced hip", "surgery", "Knee pain", "down the leg", "Pregnant"),
        stop=("Pain in the knee", "Numbness"),
        off="Let go of the thigh",
        sides=Sides.ALTERNATING,
        sets=2,
    ),
    "ninety-ninety": Promise(
        lengths=(5, 8, 10),  # breaths
        default=5,
        needs=("mat, and nothing else",),
        skip=("Replaced hip", "surgery", "Knee pain"),
        stop=("Pain in the knee", "groin", "Numbness"),
        off="let both legs go long",
    ),
    "glute-ball": Promise(
        lengths=(60, 90),
        default=60,
        needs=("Tennis ball",),
        skip=("down the leg", "Blood thinners", "Fragile or broken bones", "Wound", "Replaced hip"),
        stop=("Tingling", "down the leg"),
        off="roll off it",
    ),
    "upper-back-ball": Promise(
        lengths=(60, 90, 120),
        default=90,
        needs=("Tennis ball", "Pillow"),
        skip=("Fragile or broken bones", "Blood thinners", "ribs", "Wound", "Pregnant"),
        stop=("Numbness", "chest"),
        off="Roll to the other side",
    ),
    "kettlebell-calf": Promise(
        lengths=(60, 120),
        default=120,
        needs=("Kettlebell",),
        skip=(
            "Clot",
            "swollen",
            "Varicose veins",
            "Blood thinners",
            "Numb legs",
            "wound",
            "Pregnant",
        ),
        stop=("Numbness", "throbbing"),
        off="Lift the leg off the handle",
    ),
    "foot-ball": Promise(
        lengths=(60, 120),
        default=120,
        needs=("Tennis ball", "Chair"),
        skip=("Numb feet", "Wound", "Broken bone", "Clots"),
        stop=("heel", "Numbness"),
        off="Lift the foot off the ball",
    ),
}

NAMES = sorted(PROMISES)


@pytest.fixture(params=NAMES)
def routine(request: pytest.FixtureRequest, rules: Rules) -> Routine:
    """Each routine in turn."""
    return rules.routines[request.param]


@pytest.fixture
def text(routine: Routine) -> RoutineText:
    """The routine's English words."""
    return routine.texts["en"]


def test_each_routine_that_comes_along_has_its_promise(rules: Rules) -> None:
    assert sorted(rules.routines) == NAMES


def test_its_lengths_sides_and_sets_are_those_of_its_sources(routine: Routine) -> None:
    promise = PROMISES[routine.id]
    unit = routine.breath_seconds or 1
    assert tuple(seconds // unit for seconds in routine.side_seconds) == promise.lengths
    assert routine.default_seconds == unit * promise.default
    assert (routine.sides, routine.sets) == (promise.sides, promise.sets)


def test_it_names_what_it_needs(routine: Routine, text: RoutineText) -> None:
    needs = PROMISES[routine.id].needs
    assert len(text.equipment) == len(needs)
    for word, item in zip(needs, text.equipment, strict=True):
        assert word in item


def test_it_begins_with_a_gate_that_names_who_should_skip_it(
    routine: Routine, text: RoutineText
) -> None:
    assert routine.prepare[0].kind is Kind.GATE
    for words in PROMISES[routine.id].skip:
        assert any(words in item for item in text.skip_if), words
    assert text.skip_advice.startswith("Not sure? Ask a doctor")


def test_it_names_the_signs_to_stop_at_and_whom_to_call(
    routine: Routine, text: RoutineText
) -> None:
    for words in PROMISES[routine.id].stop:
        assert any(words in item for item in text.stop_if), words
    assert "Sharp pain" in text.stop_if
    assert "Call staff and get emergency help" in text.emergency
    assert text.always


def test_weight_off_says_what_this_routine_needs_taken_off(
    routine: Routine, text: RoutineText
) -> None:
    assert PROMISES[routine.id].off in text.weight_off.detail


def test_who_should_skip_it_is_led_to_the_gentle_one(routine: Routine) -> None:
    gentle = "no-pressure-psoas"
    assert routine.alternative == (None if routine.id == gentle else gentle)


def test_side_and_length_are_chosen_before_anything_is_on_the_body(routine: Routine) -> None:
    (step,) = (step for step in routine.steps if step.chooses)
    assert step in routine.prepare
    assert {choosable.value for choosable in step.chooses} == {"side", "seconds"}


def test_a_hold_has_words_for_its_rhythm_if_its_figure_keeps_time(
    routine: Routine, text: RoutineText
) -> None:
    for step in routine.steps:
        told = step.kind is Kind.HOLD and beat_classes(step.pose) is not None
        assert bool(text.steps[step.id].left.beat) == told, step.id


def test_each_switch_names_the_side_that_comes_next(routine: Routine, text: RoutineText) -> None:
    for side in Side:
        words = [text.steps[step.id].of(side).headline for step in routine.switch]
        assert any(side.value in headline for headline in words)


def poses_of(routine: Routine) -> list[Pose]:
    """The poses of its steps but the last, in which the body is drawn."""
    names = [step.pose for step in routine.steps[:-1]]
    return [BODY_POSES[name] for name in names if name in BODY_POSES]


def test_it_ends_on_ones_feet_and_slowly(routine: Routine, text: RoutineText) -> None:
    last = routine.finish[-1]
    things = {(pose.first.ball, pose.first.bell) for pose in poses_of(routine)}
    shows_both = any(ball is not None and bell is not None for ball, bell in things)
    assert last.pose == ("stand-up" if shows_both else "stand-up-bare")
    assert "slowly" in text.steps[last.id].left.headline


def test_its_sentences_are_short_enough_for_a_screen(text: RoutineText) -> None:
    for step in text.steps.values():
        for words in (step.left, step.right):
            assert len(words.headline.split()) <= 6
            assert len(words.detail.split()) <= 24


def test_it_tells_at_least_three_facts_unless_it_is_the_gentle_one(
    routine: Routine, text: RoutineText
) -> None:
    assert len(text.facts) >= (2 if routine.id == "no-pressure-psoas" else 3)


def test_the_couch_stretch_says_rise_while_its_figure_rises(rules: Rules) -> None:
    routine = rules.routines["couch-stretch"]
    (hold,) = (step for step in routine.each_side if step.kind is Kind.HOLD)
    low, tall = stances(BODY_POSES[hold.pose], 1)
    assert tall.head.origin.y > low.head.origin.y
    assert routine.texts["en"].steps[hold.id].left.beat == ("Rise and stay", "Ease down")
