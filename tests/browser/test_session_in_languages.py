"""A whole session by the button alone, in Arabic and in German: every screen is in the language."""

from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, expect

from kiosk.core.session import Status
from kiosk.library.words import load_languages
from kiosk.settings.shapes import StationSection
from tests.drivers.chromium import OpenPage
from tests.drivers.screens import wait_for_version
from tests.drivers.scripts import SETTLED, WRONG_BOXES
from tests.drivers.stage import MOCK, Stage, open_stage

#: The texts that are shown, without numbers and what is drawn.
TEXTS = """() => [...document.querySelectorAll("#screen .view *")]
    .filter(each => each.checkVisibility() && !each.closest("svg"))
    .flatMap(each => [...each.childNodes].filter(node => node.nodeType === Node.TEXT_NODE))
    .map(node => node.textContent.trim()).filter(text => /\\p{L}/u.test(text))"""


def look(stage: Stage, page: Page, language: str, direction: str) -> list[str]:
    """The texts of the screen that is shown, which fits and says its language."""
    wait_for_version(page, stage.state.version)
    page.evaluate(SETTLED)
    view = page.locator("#screen .view")
    expect(view).to_have_attribute("lang", language)
    expect(view).to_have_attribute("dir", direction)
    assert page.evaluate(WRONG_BOXES) == []
    texts: list[str] = page.evaluate(TEXTS)
    return texts


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("de", "ltr")])
def test_a_session_by_the_button_alone_is_all_in_its_language(
    tmp_path: Path, open_page: OpenPage, language: str, direction: str
) -> None:
    settings = msgspec.structs.replace(MOCK, station=StationSection(language=language))
    words = load_languages()[language]
    with open_stage(tmp_path, settings) as stage:
        page = open_page(
            f"{stage.url}/?panel=off",
            viewport={"width": 800, "height": 480},
            reduced_motion="reduce",
        )
        routine = stage.station.runner.rules.routines["psoas-release"]
        own = routine.texts[language]
        seen = {stage.state.status: look(stage, page, language, direction)}
        stage.press()
        steps = []
        while stage.state.status is Status.RUNNING and stage.state.step is not None:
            step = stage.state.step
            texts = look(stage, page, language, direction)
            assert own.steps[step.id].of(step.side).headline in texts
            if step.side is not None:
                assert words.side_name(step.side) in texts
            steps.append((step.id, step.side))
            if stage.state.holding and Status.PAUSED not in seen:
                stage.hold()
                seen[Status.PAUSED] = look(stage, page, language, direction)
                stage.press()
                seen[Status.READY] = look(stage, page, language, direction)
                stage.press()
                wait_for_version(page, stage.state.version)
            stage.press()
        seen[Status.SUMMARY] = look(stage, page, language, direction)
        assert len(steps) == len(set(steps)) == 22
        assert words.press_to_start in seen[Status.ATTRACT]
        assert own.weight_off.headline in seen[Status.PAUSED]
        assert words.get_ready in seen[Status.READY]
        assert words.well_done in seen[Status.SUMMARY]
        stage.hold()
        look(stage, page, language, direction)
