"""The first press waits for no drawing and no template."""

import pytest

from kiosk.core.screen import View
from kiosk.core.session import Rules
from kiosk.main.station import Station
from web import figures
from web.render import template_name
from web.warm_up import warm_up


def test_the_warm_up_draws_the_figures_of_the_offered_routines_and_no_others(
    station: Station, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(figures, "warm_up", drawn.extend)
    routine = rules.routines["no-pressure-psoas"]
    warm_up(station.app, [routine])
    assert set(drawn) == routine.poses
    assert "straighten" not in drawn


def test_after_the_warm_up_no_screen_is_left_to_compile(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm_up(station.app, ())

    def compile_now(*_args: object, **_options: object) -> None:
        raise AssertionError("a template was compiled after the warm-up")

    templates = station.app.jinja_env
    monkeypatch.setattr(templates, "compile", compile_now)
    for view in View:
        templates.get_template(template_name(view))
