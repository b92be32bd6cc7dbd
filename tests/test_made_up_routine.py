"""A routine that has nothing in common with those that come with Matside, from file to screen."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.core.cues import Cue
from kiosk.core.routine import Choosable, Kind, Side
from kiosk.core.screen import screen_of
from kiosk.core.session import ButtonDown, ButtonHeld, ButtonUp, End, Refusal, Rules, Status
from kiosk.main.setup import set_up
from kiosk.main.station import Station, build
from kiosk.settings.fallback import FoundSettings, Origin
from tests.drivers.clocks import FakeClock
from tests.drivers.languages import TWO_LANGUAGES
from tests.drivers.made_up import OF_OTHER_ROUTINES, made_up_rules, made_up_settings
from tests.drivers.mat import Mat
from web.figures import POSES, figure_html
from web.render import Renderer


@pytest.fixture(scope="module")
def rules() -> Rules:
    return made_up_rules()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def station(tmp_path: Path, clock: FakeClock) -> Iterator[Station]:
    settings = made_up_settings(tmp_path)
    with contextlib.ExitStack() as stack:
        yield build(set_up(FoundSettings(settings, Origin.FILE)), stack, clock)


def page(station: Station) -> str:
    return station.app.test_client().get("/").get_data(as_text=True)


def press(station: Station, clock: FakeClock, times: int = 1) -> None:
    for _ in range(times):
        clock.time += 1
        station.runner.post(ButtonDown())
        station.runner.post(ButtonUp())


def drawing(pose: str, *, mirrored: bool = False) -> str:
    """What is inside of a figure, as it is found on a page."""
    return str(figure_html(pose, mirrored=mirrored))


def test_its_file_says_all_that_the_screens_need(rules: Rules) -> None:
    routine = rules.routines["sandbag-hips"]
    sections = (routine.prepare, routine.each_side, routine.switch, routine.finish)
    assert [len(section) for section in sections] == [4, 3, 2, 1]
    assert (routine.poster, routine.weight_off_pose) == ("knee-hug", "both-knees")
    assert [step.id for step in routine.steps if step.chooses] == ["how-long"]
    assert list(routine.texts) == ["en", "de"]
    assert routine.texts["de"].weight_off.headline == "Sack weg"
    assert routine.texts["de"].labels == {}


def test_a_whole_session_holds_what_was_chosen_on_each_side(rules: Rules) -> None:
    mat = Mat(rules)
    mat.press_until("how-long")
    assert mat.choose(seconds=40).refusal is None
    for side in (Side.LEFT, Side.RIGHT):
        mat.press_until("bag-on")
        assert mat.state.step is not None
        assert mat.state.step.side is side
        mat.press()
        mat.wait(40)
        if side is Side.LEFT:
            assert mat.step_id == "bag-off"
    mat.wait(25)
    assert mat.held == (40, 40)
    assert [ending.end for ending in mat.endings] == [End.FINISHED]
    assert mat.heard().count(Cue.FINISHED) == 1


def test_only_what_a_step_chooses_can_be_touched_and_only_there(rules: Rules) -> None:
    mat = Mat(rules)
    offered = {}
    for _ in range(8):
        mat.press()
        screen = screen_of(mat.state, rules)
        assert screen.choosable_sides == ()
        offered[mat.step_id] = screen.choosable_seconds
    assert {step for step, seconds in offered.items() if seconds} == {"how-long"}
    assert offered["how-long"] == (40, 200)
    assert {step.chooses for step in mat.state.steps} == {
        frozenset(),
        frozenset({Choosable.SECONDS}),
    }


def test_with_the_sandbag_on_nothing_can_be_chosen_any_more(rules: Rules) -> None:
    mat = Mat(rules)
    mat.press_until("lie-flat")
    assert mat.choose(side=Side.RIGHT).refusal is None
    mat.press_until("bag-on")
    assert mat.choose(side=Side.LEFT).refusal is Refusal.TOO_LATE


def test_weight_off_and_a_make_up_need_nothing_of_another_routine(rules: Rules) -> None:
    mat = Mat(rules)
    mat.press_until("long-leg")
    mat.hold()
    assert mat.status is Status.PAUSED
    mat.press()
    mat.press_until("rest")
    mat.press()
    assert mat.status is Status.SUMMARY
    mat.press()
    assert mat.step_id == "bag-on"


def test_the_attract_screen_shows_its_own_figure_and_minutes(station: Station) -> None:
    html = page(station)
    assert drawing("knee-hug") in html
    assert "About 8 min" in html
    assert "A bag of sand" in html


def test_the_lengths_are_offered_on_its_own_step_and_the_sides_are_not(
    station: Station, clock: FakeClock
) -> None:
    press(station, clock, 3)
    html = page(station)
    assert "How long today?" in html
    assert re.findall(r'data-choose="(\w+)" data-value="(\w+)"', html) == [
        ("seconds", "40"),
        ("seconds", "200"),
    ]


def test_weight_off_says_and_shows_what_its_file_does(station: Station, clock: FakeClock) -> None:
    press(station, clock, 6)
    clock.time += 1
    station.runner.post(ButtonHeld())
    html = page(station)
    for words in ("Bag down", "Roll the bag off your thigh.", "Bag back on the thigh? Press"):
        assert words in html
    assert drawing("both-knees", mirrored=True) in html
    assert "A tingling toe" in html


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_screen_of_a_session_says_a_word_of_another_routine(
    station: Station, language: str
) -> None:
    rules = made_up_rules(language)
    renderer = Renderer(station.app.jinja_env, rules, TWO_LANGUAGES)
    mat = Mat(rules)
    seen = set()
    while True:
        screen = screen_of(mat.state, rules)
        html = renderer.screen(mat.state, None).html
        said = re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
        said += " ".join(re.findall(r'data-announce="([^"]*)"', html))
        for word in OF_OTHER_ROUTINES:
            assert not re.search(rf"\b{word}", said, re.IGNORECASE), (screen.view, word)
        assert "{" not in said
        seen.add(screen.view.value)
        if mat.status is Status.SUMMARY:
            break
        if mat.step_id == "hug" and "paused" not in seen:
            mat.hold()
        else:
            mat.press()
    assert {kind.value for kind in Kind} | {"attract", "paused", "ready", "summary"} <= seen


def test_a_refused_choice_speaks_of_no_other_routine(station: Station, clock: FakeClock) -> None:
    press(station, clock, 6)
    client = station.app.test_client()
    client.environ_base["HTTP_ORIGIN"] = "http://localhost"
    answer = client.post("/api/choose", json={"side": "left"})
    assert answer.status_code == 409
    why = msgspec.json.decode(answer.get_data())["error"]
    assert why == "Side, seconds and routine can only be chosen before the first hold or load."


def test_its_poses_are_among_those_that_can_be_drawn(rules: Rules) -> None:
    routine = rules.routines["sandbag-hips"]
    assert {step.pose for step in routine.steps} <= set(POSES)
