"""The first press waits for no drawing and no template."""

import pytest

from kiosk.core.screen import View
from kiosk.main.station import Station
from web.render import template_name
from web.warm_up import warm_up


def test_after_the_warm_up_no_screen_is_left_to_compile(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm_up(station.app)

    def compile_now(*_args: object, **_options: object) -> None:
        raise AssertionError("a template was compiled after the warm-up")

    templates = station.app.jinja_env
    monkeypatch.setattr(templates, "compile", compile_now)
    for view in View:
        templates.get_template(template_name(view))
