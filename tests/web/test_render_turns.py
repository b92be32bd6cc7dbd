"""The screens of routines with sets, with breaths, and with both sides at once."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from kiosk.core.moves import attract
from kiosk.core.saved import offer, save
from kiosk.core.session import Status
from kiosk.library.words import load_languages
from kiosk.main.station import Station
from tests.drivers.mat import Mat
from tests.drivers.plain import plain_rules, plain_text
from web.render import Renderer

AT_ONCE = plain_text(
    'sides = "both-at-once"\nside_seconds = [40, 60]\ndefault_seconds = 40', switch=False
)
ALTERNATING = plain_text('sides = "alternating"\nsets = 2')
IN_BREATHS = plain_text("side_breaths = [5, 8]\ndefault_breaths = 5", "breaths = 5")


@pytest.fixture
def templates(station: Station) -> Environment:
    return station.app.jinja_env


def shown(mat: Mat, templates: Environment) -> str:
    """The HTML of the screen, without its drawings."""
    rendered = Renderer(templates, mat.rules, load_languages()).screen(mat.state, None)
    return re.sub(r"<svg.*?</svg>", "", rendered.html, flags=re.DOTALL)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def to_summary(mat: Mat) -> None:
    while mat.status is not Status.SUMMARY:
        if not mat.standing().goes_on:
            mat.press()
        mat.wait(0.6)


def test_both_at_once_show_one_total_everywhere(tmp_path: Path, templates: Environment) -> None:
    mat = Mat(plain_rules(tmp_path, AT_ONCE))
    mat.press()
    choosing = shown(mat, templates)
    assert "Seconds in all" in choosing
    assert 'data-choose="side"' not in choosing
    mat.press_until("hold-1")
    hold = shown(mat, templates)
    assert "data-side" not in hold
    assert re.findall(r'data-ledger="(\w+)"', hold) == ["left"]
    assert "Held" in text_of(hold)
    to_summary(mat)
    summary = shown(mat, templates)
    said = text_of(summary)
    assert "You held the whole time." in said
    assert said.count("0:40") == 1
    assert "Left" not in said
    assert "Right" not in said


def test_both_at_once_that_are_short_make_up_one_time(
    tmp_path: Path, templates: Environment
) -> None:
    mat = Mat(plain_rules(tmp_path, AT_ONCE))
    mat.press_until("hold-1")
    mat.press(after=9.9)
    mat.press()
    said = text_of(shown(mat, templates))
    assert "You are 0:30 short." in said
    assert "Press to make up 0:30" in said


def test_an_offer_without_a_side_says_only_how_long(tmp_path: Path, templates: Environment) -> None:
    mat = Mat(plain_rules(tmp_path, AT_ONCE))
    mat.press_until("hold-1")
    mat.wait(9.9)
    saved = save(mat.state, mat.now, mat.rules)
    assert saved is not None
    again = Mat(mat.rules)
    again.state = offer(saved, again.now, mat.rules, 1) or attract(again.now, mat.rules)
    said = text_of(shown(again, templates))
    assert "The power was gone. 0:30 left." in said


def test_the_set_is_told_beside_the_side(tmp_path: Path, templates: Environment) -> None:
    mat = Mat(plain_rules(tmp_path, ALTERNATING))
    mat.press()
    assert "Set" not in text_of(shown(mat, templates))
    mat.press_until("hold-1")
    html = shown(mat, templates)
    assert "Right Set 1 of 2" in text_of(html)
    announced = re.search(r'data-announce="([^"]*)"', html)
    assert announced is not None
    assert " ".join(announced[1].split()).startswith("Right. Set 1 of 2. Hold.")
    to_summary(mat)
    assert "Both sides had their time." in text_of(shown(mat, templates))


def test_breaths_are_counted_down_and_chosen(tmp_path: Path, templates: Environment) -> None:
    mat = Mat(plain_rules(tmp_path, IN_BREATHS))
    mat.press()
    choosing = shown(mat, templates)
    assert "Breaths a side" in choosing
    assert re.findall(r'data-value="(\d+)"\s+aria-pressed="\w+">(\d+)<', choosing) == [
        ("30", "5"),
        ("48", "8"),
    ]
    mat.press_until("hold-1")
    hold = shown(mat, templates)
    assert '<span data-remaining data-breath="6">5</span>' in hold
    assert "5 breaths" in text_of(hold)
    mat.hold()
    mat.press()
    assert mat.status is Status.READY
    assert "data-breath" not in shown(mat, templates)


def test_words_of_a_rhythm_that_no_figure_keeps_are_both_shown(
    tmp_path: Path, templates: Environment
) -> None:
    text = plain_text("", 'seconds = 30\nbeat = ["In", "Out"]')
    for pose, still in (("lie-down", True), ("leg-long", False)):
        mat = Mat(plain_rules(tmp_path, text.replace("both-knees", pose)))
        mat.press_until("hold-1")
        html = shown(mat, templates)
        assert ('class="beat still"' in html) == still
        assert "In Out" in text_of(html)
