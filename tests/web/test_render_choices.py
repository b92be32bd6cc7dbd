"""What the screens say where a routine is chosen: by touch, or by the button alone."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment

from kiosk.core.session import Rules
from kiosk.library.words import load_languages
from kiosk.main.station import Station
from tests.drivers.mat import Mat
from tests.drivers.plain import plain_rules, plain_text
from web.render import Renderer


@pytest.fixture
def templates(station: Station) -> Environment:
    return station.app.jinja_env


def shown(mat: Mat, templates: Environment) -> str:
    """The HTML of the screen, without its drawings."""
    rendered = Renderer(templates, mat.rules, load_languages()).screen(mat.state, None)
    return re.sub(r"<svg.*?</svg>", "", rendered.html, flags=re.DOTALL)


@pytest.fixture
def without_gate(tmp_path: Path, rules: Rules) -> Rules:
    """The rules of a station whose own routine has no gate, and that offers another one."""
    plain = plain_rules(tmp_path, plain_text("side_seconds = [30, 60]\ndefault_seconds = 30"))
    routines = {**plain.routines, "foot-ball": rules.routines["foot-ball"]}
    return replace(plain, routines=routines, offered=tuple(routines))


def test_a_first_step_that_is_no_gate_leads_to_the_other_routines_too(
    without_gate: Rules, templates: Environment
) -> None:
    mat = Mat(without_gate)
    mat.press()
    first = shown(mat, templates)
    assert 'data-page="0">Another routine<' in first
    assert 'data-choose="seconds"' in first
    mat.press()
    assert "Another routine" not in shown(mat, templates)


def test_alone_it_leads_nowhere_else(without_gate: Rules, templates: Environment) -> None:
    mat = Mat(replace(without_gate, offered=("plain",)))
    mat.press()
    assert "Another routine" not in shown(mat, templates)


def test_the_list_shows_one_routine_with_all_that_one_chooses_by(
    rules: Rules, templates: Environment
) -> None:
    mat = Mat(replace(rules, choose_by_button=True))
    mat.press()
    mat.press()
    html = shown(mat, templates)
    for text in ("Gentle psoas", "2 of 10", "About 3 min", "A mat, and nothing else"):
        assert text in html
    assert 'data-choose="routine" data-value="no-pressure-psoas"' in html
    assert "Press for the next" in html
    assert "Wait for this one" in html
    assert "data-bar" in html
