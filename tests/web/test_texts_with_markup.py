"""Whatever an author writes is shown as text, on every screen, and never becomes markup."""

import re
from pathlib import Path

import pytest

from kiosk.core.session import Rules, Status
from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.library.words import load_languages
from kiosk.main.station import Station
from tests.drivers.mat import Mat
from tests.drivers.plain import plain_rules
from web.render import Renderer

MARKUP = """<script>x</script>' onload=y>"""


@pytest.fixture
def hostile(tmp_path: Path) -> Rules:
    """A routine with markup in every text that it has."""
    text = (SHIPPED_ROUTINES / "psoas-release.toml").read_text(encoding="utf-8")
    text = text.replace('alternative = "no-pressure-psoas"', "")
    text = text.replace('id = "psoas-release"', 'id = "plain"')
    texts = r'((?:headline|detail|why|press|title|invitation|always|emergency|skip_advice) = )".*"'
    text = re.sub(texts, rf'\1"{MARKUP}"', text)
    text = re.sub(r'^    "[^"]*",$', f'    "{MARKUP}",', text, flags=re.MULTILINE)
    text = re.sub(r"^(stop_if|equipment) = .*$", rf'\1 = ["{MARKUP}"]', text, flags=re.MULTILINE)
    text = re.sub(r"^(beat = ).*$", rf'\1["{MARKUP}", "b"]', text, flags=re.MULTILINE)
    text = re.sub(r"^(psoas|spot|ribs) = .*$", r'\1 = "<b>x</b>"', text, flags=re.MULTILINE)
    return plain_rules(tmp_path, text)


def test_markup_in_texts_is_shown_as_it_stands(station: Station, hostile: Rules) -> None:
    renderer = Renderer(station.app.jinja_env, hostile, load_languages())
    mat = Mat(hostile)
    seen = set()
    while True:
        html = renderer.screen(mat.state, None).html
        assert "<script" not in html
        assert "<b>x" not in html
        for tag in re.findall(r"<[^>]*>", html):
            assert "onload" not in re.sub(r'"[^"]*"', '""', tag)
        assert "&lt;script&gt;" in html
        seen.add(mat.status)
        if mat.status is Status.SUMMARY:
            break
        if mat.step_id == "settle" and Status.PAUSED not in seen:
            mat.hold()
        else:
            mat.press()
    assert {Status.ATTRACT, Status.RUNNING, Status.PAUSED, Status.READY, Status.SUMMARY} <= seen
