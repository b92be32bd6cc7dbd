"""Sides, sets and lengths of a routine file: what they mean, and what contradicts itself."""

from pathlib import Path

import pytest

from kiosk.core.errors import RoutineError
from kiosk.core.routine import Choosable, Routine, Sides
from kiosk.library.routine_files import RoutineReader
from tests.drivers.plain import SWITCH, plain_text
from web.figures import POSES


def read(folder: Path, text: str, breath_seconds: int = 6) -> Routine:
    path = folder / "plain.toml"
    path.write_text(text, encoding="utf-8")
    return RoutineReader(POSES, breath_seconds).read(path)


def problems(folder: Path, text: str) -> list[str]:
    """What is wrong with a file, without its name."""
    with pytest.raises(RoutineError) as caught:
        read(folder, text)
    start = f"{folder / 'plain.toml'}: "
    lines = str(caught.value).splitlines()
    assert all(line.startswith(start) for line in lines)
    return [line.removeprefix(start) for line in lines]


def test_a_file_that_says_nothing_of_them_has_sides_in_turn_and_one_set(tmp_path: Path) -> None:
    routine = read(tmp_path, plain_text())
    assert (routine.sides, routine.sets) == (Sides.ONE_AFTER_THE_OTHER, 1)
    assert (routine.side_seconds, routine.default_seconds) == ((30,), 30)
    assert all(step.sided for step in routine.each_side)


def test_without_lengths_a_side_lasts_as_long_as_its_holds_in_all_its_sets(tmp_path: Path) -> None:
    routine = read(tmp_path, plain_text("sets = 3", "seconds = 20", "seconds = 30"))
    assert (routine.side_seconds, routine.default_seconds) == ((150,), 150)


def test_a_single_length_needs_no_default(tmp_path: Path) -> None:
    routine = read(tmp_path, plain_text("side_seconds = [60]"))
    assert routine.default_seconds == 60


def test_both_at_once_have_no_side_to_choose_or_to_be_on(tmp_path: Path) -> None:
    routine = read(tmp_path, plain_text('sides = "both-at-once"', switch=False))
    assert not any(step.sided for step in routine.steps)
    assert [step.chooses for step in routine.prepare] == [frozenset({Choosable.SECONDS})]
    assert routine.switch == ()


def test_breaths_become_seconds_by_the_length_of_a_breath(tmp_path: Path) -> None:
    text = plain_text("side_breaths = [5, 10]\ndefault_breaths = 10", "breaths = 2", "breaths = 3")
    routine = read(tmp_path, text, breath_seconds=5)
    assert [step.seconds for step in routine.each_side] == [None, 10, 15]
    assert (routine.side_seconds, routine.default_seconds) == ((25, 50), 50)
    assert routine.breath_seconds == 5
    assert [routine.breaths(seconds) for seconds in (25, 26)] == [5, None]


def test_sources_are_for_whoever_reads_the_file(tmp_path: Path) -> None:
    assert read(tmp_path, plain_text('sources = ["example.org: how long to hold"]')).id == "plain"


SAID_OF_SIDES = [
    (
        plain_text('sides = "alternating"'),
        (
            "sides: found 'alternating' with one set. Sides alternate from set to set: write "
            'sets = 2 or more, or sides = "one-after-the-other".'
        ),
    ),
    (
        plain_text('sides = "both-at-once"'),
        (
            "switch: found, but both sides work at once. Leave it out, or write "
            'sides = "one-after-the-other".'
        ),
    ),
    (
        plain_text(switch=False),
        (
            "switch is missing: what is done from one side to the other. Add a step [[switch]], or "
            'write sides = "both-at-once" if there is no other side.'
        ),
    ),
    (
        plain_text('sides = "both-at-once"', switch=False).replace(
            'id = "up"', 'id = "up"\nsided = true'
        ),
        'finish["up"].sided: found true, but both sides work at once. Leave it out.',
    ),
    (
        plain_text('sides = "both-at-once"', switch=False).replace(
            'id = "lie"', 'id = "lie"\nchooses = ["side"]'
        ),
        (
            "prepare[\"lie\"].chooses: found 'side', but both sides work at once. There is no "
            "first one to choose: leave it out."
        ),
    ),
    (
        plain_text('sides = "both-at-once"', switch=False).replace("A little", "The {side} knee"),
        (
            "each_side[\"bend\"].detail: found 'The {side} knee.'. A step without a side has none "
            "to name: leave it out."
        ),
    ),
]

SAID_OF_LENGTHS = [
    (
        plain_text("", "seconds = 30", "breaths = 5"),
        (
            'each_side["hold-1"].seconds: found 30, but there are holds with breaths. Count all '
            "holds in seconds, or all in breaths."
        ),
    ),
    (
        plain_text("", "seconds = 30\nbreaths = 5"),
        (
            'each_side["hold-1"].seconds: found 30, but there are holds with breaths. Count all '
            "holds in seconds, or all in breaths."
        ),
    ),
    (
        plain_text("", 'why = ""'),
        'each_side["hold-1"].seconds is missing. A hold needs its seconds or its breaths.',
    ),
    (
        plain_text().replace("seconds = 10\n", "seconds = 10\nbreaths = 2\n"),
        'finish["up"].breaths: found 2. Only a hold can have breaths: leave it out.',
    ),
    (
        plain_text().replace("seconds = 10\n", ""),
        'finish["up"].seconds is missing. A finish needs its seconds.',
    ),
    (
        plain_text("side_seconds = [30]", "breaths = 5"),
        "side_seconds: found (30,). The holds are in breaths: write side_breaths instead.",
    ),
    (
        plain_text("side_breaths = [5]"),
        "side_breaths: found (5,). The holds are in seconds: write side_seconds instead.",
    ),
    (
        plain_text("default_breaths = 5"),
        "default_breaths: found 5. The holds are in seconds: write default_seconds instead.",
    ),
    (
        plain_text("side_seconds = [60, 30]\ndefault_seconds = 30"),
        "side_seconds: found [60, 30]. They must ascend, each once: [30, 60].",
    ),
    (
        plain_text("sets = 2\nside_seconds = [45, 60, 75]\ndefault_seconds = 60"),
        (
            "side_seconds: found 45, 75. A side has 2 sets of the same length: write lengths that "
            "2 divides."
        ),
    ),
    (
        plain_text("default_seconds = 30"),
        (
            "default_seconds: found 30, but no side_seconds. Without it a side lasts as long as "
            "its holds: leave default_seconds out."
        ),
    ),
    (
        plain_text("side_seconds = [30, 60]"),
        "default_seconds is missing. Say which of side_seconds is taken unless chosen.",
    ),
    (
        plain_text("side_breaths = [5, 6]\ndefault_breaths = 7", "breaths = 5"),
        "default_breaths: found 7. It must be one of side_breaths: 5, 6.",
    ),
    (
        plain_text("sets = 10", "seconds = 100"),
        "each_side: a side of 1000 seconds may take 1000 seconds. At most are 900: write less.",
    ),
    (
        plain_text("sets = 2", "breaths = 60"),
        "each_side: a side of 120 breaths may take 960 seconds. At most are 900: write less.",
    ),
    (
        plain_text("side_seconds = [20]", "seconds = 1", "seconds = 600"),
        (
            'each_side["hold-1"].seconds: nothing is left for it when a side lasts 20 seconds. '
            "Give it more, or leave that length out."
        ),
    ),
]


@pytest.mark.parametrize(("text", "says"), SAID_OF_SIDES + SAID_OF_LENGTHS)
def test_what_contradicts_itself_is_told_with_what_to_write(
    tmp_path: Path, text: str, says: str
) -> None:
    assert problems(tmp_path, text) == [says]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", 'sides = "left"\n', "one of: alternating, both-at-once, one-after-the-other"),
        ("", "sets = 0\n", "sets: found 0"),
        ("", 'sets = "two"\n', "sets: found 'two'. It must be a whole number from 1 to 10."),
        ("seconds = 30", "breaths = 0", 'each_side["hold-1"].breaths: found 0'),
        ("", 'sources = [""]\n', "sources[1]: found ''"),
        ("", 'source = ["a"]\n', "Did you mean sources?"),
    ],
)
def test_a_value_that_cannot_be_is_told(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = plain_text().replace(old, new) if old else new + plain_text()
    (problem,) = problems(tmp_path, text)
    assert says in problem


def test_all_contradictions_are_told_at_once(tmp_path: Path) -> None:
    text = plain_text(
        'sides = "both-at-once"\nside_breaths = [4]\nsets = 2\nside_seconds = [45]',
        "seconds = 30",
        switch=False,
    )
    told = problems(tmp_path, text.replace('id = "up"', 'id = "up"\nsided = true') + SWITCH)
    assert [problem.partition(":")[0] for problem in told] == [
        "side_breaths",
        "side_seconds",
        "switch",
        'finish["up"].sided',
    ]
