"""Every fact of the routine is told somewhere, in our own words."""

import tomllib

import pytest

from kiosk.core.routine import RoutineText
from kiosk.core.session import Rules
from tests.drivers.shipped import ROUTINE_FILES

#: For each fact, the field of the routine's words that tells it, and words that it must have.
FACTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "opening it: mobility through the hips": ("facts", ("hips more room to move",)),
    "opening it: less back pain": ("facts", ("back aches less",)),
    "tight from sitting, overdoing exercises, life": (
        "facts",
        ("sitting", "too much of one exercise", "just from living"),
    ),
    "tight ones cause many issues, low back pain too": ("facts", ("many troubles", "lower back")),
    "recovery after a workout or sitting": ("facts", ("after a workout", "in a chair")),
    "needs a tennis ball and a kettlebell": ("facts", ("a tennis ball and a kettlebell",)),
    "works by outside pressure": ("facts", ("pressure from outside",)),
    "from the lumbar spine through the hips": ("facts", ("lower spine", "through the hip")),
    "joins the iliacus: iliopsoas": ("facts", ("iliacus", "iliopsoas")),
    "part of the hip flexors": ("facts", ("belongs to the hip flexors",)),
    "steadies the back; standing, walking, running": (
        "facts",
        ("steadies your back", "stand, walk and run"),
    ),
    "a tight psoas pulls on the lower back": ("facts", ("pulls on the lower spine",)),
    "deep and hard to stretch, hence ball and bell": (
        "facts",
        ("deep", "hard to stretch", "open and lengthen"),
    ),
    "as simple as that": ("facts", ("simple as that", "nothing more")),
    "what you do after a workout matters": ("facts", ("after a workout counts", "recover", "gain")),
    "ball and bell need not move": ("settle", ("No need to move ball or kettlebell",)),
    "moving the leg moves the psoas, deeper": ("straighten", ("shifts the psoas", "deeper")),
    "adhesions, attributed": ("knee-out", ("The article", "adhesions", "Others doubt")),
    "step 1: within reach, beside the working hip": (
        "equipment",
        ("in reach", "beside your left hip"),
    ),
    "step 1: 4 kg, 8 kg is plenty, hands only": ("equipment", ("4 kg", "8 kg", "hands only")),
    "step 2: on the back, knees bent, feet flat": (
        "lie-down",
        ("on your back", "knees bent", "feet flat", "floor"),
    ),
    "step 3: hand, just above the hip bone": (
        "find-spot",
        ("Press your hand", "just above the hip bone"),
    ),
    "step 3: where the abdominals begin, outside": (
        "find-spot",
        ("where the abdominals begin", "slightly outside"),
    ),
    "step 3: lift that foot and feel it": ("test-spot", ("Lift that foot a little", "tighten")),
    "step 4: may be uncomfortable": ("find-spot", ("may be slightly uncomfortable",)),
    "step 5: ball in the nook, press and feel": (
        "place-ball",
        ("nook", "above the psoas", "Press down", "again"),
    ),
    "step 6: hold the ball, bell straight down": (
        "add-bell",
        ("hold of the ball", "on top", "straight down"),
    ),
    "step 7: handle, steady, breathe slowly": ("settle", ("handle", "steady", "Breathe slowly")),
    "step 8: straighten and back": ("straighten", ("Straighten", "long, then back")),
    "step 9: bend the knee, up and out": ("knee-out", ("Bend the left knee", "up and out")),
    "step 10: squeeze and relax, five seconds": (
        "squeeze",
        ("Squeeze", "five seconds", "relax for five"),
    ),
    "step 11: bell off first, then the ball": (
        "switch",
        ("Kettlebell down to the floor first, then the ball", "left side"),
    ),
    "step 12: a couple of minutes, then the other": (
        "switch",
        ("A couple of minutes on one side", "the other"),
    ),
    "step 13: slowly, walk, notice": (
        "stand-up",
        ("Get up slowly", "Walk around", "how different your hip flexors feel"),
    ),
    "before standing: bell off first": ("unload", ("Kettlebell off", "floor first", "the ball")),
}

SKIP_IF = (
    "pregnant",
    "hernia",
    "recent belly, pelvic or hip surgery",
    "aneurysm",
    "blood thinners, clots or a bleeding problem",
    "bowel flare or unexplained belly pain",
    "fragile bones",
)
STOP_IF = ("sharp pain", "a pulse under the ball", "numbness or tingling", "dizzy or sick")


@pytest.fixture(scope="module")
def text(rules: Rules) -> RoutineText:
    """The words of the psoas release."""
    return rules.routines["psoas-release"].texts["en"]


@pytest.mark.parametrize("fact", FACTS)
def test_the_fact_is_told(text: RoutineText, fact: str) -> None:
    where, words = FACTS[fact]
    if where == "facts":
        place = " ".join(text.facts)
    else:
        step = text.steps[where].left
        place = f"{step.headline} {step.detail} {step.why}"
    for word in words:
        assert word in place


def test_the_gate_names_everyone_who_should_skip_it(text: RoutineText) -> None:
    assert tuple(item.lower() for item in text.skip_if) == SKIP_IF
    assert text.skip_advice == "Not sure? Ask a doctor first."


def test_the_stop_signs_are_all_there(text: RoutineText) -> None:
    assert tuple(item.lower() for item in text.stop_if) == STOP_IF
    assert "Lift the kettlebell off" in text.weight_off.detail
    assert "Call staff" in text.emergency
    assert "emergency help" in text.emergency


def test_what_always_holds_is_said(text: RoutineText) -> None:
    for words in ("hold of the handle", "Off the bone", "off the midline", "Breathe"):
        assert words in text.always


def test_every_routine_has_a_place_of_its_own(rules: Rules) -> None:
    places = [routine.place for routine in rules.routines.values()]
    assert None not in places
    assert len(set(places)) == len(places)


def test_every_routine_says_where_its_doses_and_exclusions_are_from() -> None:
    for path in ROUTINE_FILES:
        sources = tomllib.loads(path.read_text(encoding="utf-8"))["sources"]
        assert sources, path.name
        for source in sources:
            where, _, what = source.partition(": ")
            assert where, path.name
            assert what, path.name


def test_no_screen_shows_a_source(rules: Rules) -> None:
    for path in ROUTINE_FILES:
        words = str(rules.routines[path.stem].texts)
        for source in tomllib.loads(path.read_text(encoding="utf-8"))["sources"]:
            assert source.partition(":")[0] not in words


def test_nothing_claims_to_treat_or_cure(rules: Rules) -> None:
    for routine in rules.routines.values():
        whole = str(routine.texts).lower()
        for claim in ("cure", "heal", "treat ", "treats", "fixes", "guarantee"):
            assert claim not in whole


def test_headlines_are_at_most_six_words(rules: Rules) -> None:
    for routine in rules.routines.values():
        for text in routine.texts.values():
            for step in (each.left for each in text.steps.values()):
                assert len(step.headline.split()) <= 6


def test_the_holds_of_a_side_are_the_couple_of_minutes_of_the_article(rules: Rules) -> None:
    routine = rules.routines["psoas-release"]
    assert [step.seconds for step in routine.each_side if step.seconds] == [30, 30, 30, 30]
    assert routine.side_seconds == (60, 90, 120, 180)
