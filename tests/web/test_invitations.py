"""The invitations in other languages, which a page fetches for the attract screen in turn."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.session import ButtonDown, Choose, Rules
from kiosk.main.setup import Setup
from kiosk.main.station import Station, build
from kiosk.settings.shapes import PanelSection, Settings, StationSection
from tests.drivers.clocks import FakeClock


@pytest.fixture
def several(tmp_path: Path, rules: Rules, clock: FakeClock) -> Iterator[Station]:
    """A station that speaks English and offers German and Arabic too."""
    settings = Settings(
        station=StationSection(data=str(tmp_path)), panel=PanelSection(hardware="mock")
    )
    with contextlib.ExitStack() as stack:
        offering = replace(rules, languages=("en", "de", "ar"))
        yield build(Setup(settings, offering), stack, clock)


def test_an_invitation_has_the_words_and_what_to_touch(several: Station) -> None:
    client = several.app.test_client()
    page = client.get("/").text
    assert 'data-invitations="de ar"' in page
    assert "Psoas lösen" not in page
    answer = client.get("/invitation/de")
    assert answer.mimetype == "text/html"
    assert '<p class="title">Psoas lösen</p>' in answer.text
    assert 'class="here" lang="de" dir="ltr"' in answer.text
    assert 'lang="ar" dir="rtl"' in client.get("/invitation/ar").text


@pytest.mark.parametrize("language", ["en", "fr", "xx"])
def test_there_is_none_in_the_language_of_the_screen_or_one_that_is_not_offered(
    several: Station, language: str
) -> None:
    answer = several.app.test_client().get(f"/invitation/{language}")
    assert answer.status_code == 404
    assert answer.json == {"error": "The screen does not invite in that language now."}


def test_there_is_none_once_somebody_has_chosen_a_language_or_begun(several: Station) -> None:
    client = several.app.test_client()
    several.runner.post(Choose(language="de"))
    assert client.get("/invitation/ar").status_code == 404
    several.runner.post(ButtonDown())
    assert client.get("/invitation/ar").status_code == 404
