"""Routines other than the psoas release on the real page: each shows what is its own."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Locator, Page, expect

from kiosk.core.session import Choose, Status
from kiosk.settings.shapes import StationSection
from tests.drivers.chromium import OpenPage
from tests.drivers.made_up import made_up_settings
from tests.drivers.screens import wait_for_version
from tests.drivers.stage import MOCK, Stage, open_stage
from web.figures import figure_html

#: Whether a place on the page has the figure that some HTML makes.
SHOWS = """(place, html) => {
    const figure = document.createElement("div");
    figure.innerHTML = html;
    return place.querySelector(".figure").isEqualNode(figure.firstChild);
}"""


@pytest.fixture
def made_up(tmp_path: Path) -> Iterator[Stage]:
    with open_stage(tmp_path / "data", made_up_settings(tmp_path)) as opened:
        yield opened


def shows(page: Page, pose: str, *, mirrored: bool = False) -> bool:
    """Whether the large figure on `page` is that of `pose`."""
    shown: bool = page.locator("#screen .picture").evaluate(
        SHOWS, str(figure_html(pose, mirrored=mirrored))
    )
    return shown


def press_to(stage: Stage, page: Page, step: str) -> None:
    stage.press_until(step)
    wait_for_version(page, stage.state.version)


def choices(page: Page, what: str) -> Locator:
    return page.locator(f'[data-choose="{what}"]')


def test_a_made_up_routine_goes_from_its_invitation_to_its_end(
    made_up: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{made_up.url}/?panel=off")
    expect(page.locator("#screen h1")).to_have_text("Sandbag hips")
    expect(page.locator("#screen .need")).to_contain_text("About 8 min")
    assert shows(page, "knee-hug")
    press_to(made_up, page, "how-long")
    assert choices(page, "side").count() == 0
    choices(page, "seconds").first.click()
    expect(choices(page, "seconds").first).to_have_attribute("aria-pressed", "true")
    press_to(made_up, page, "long-leg")
    expect(page.locator("#screen [data-remaining]")).to_have_text("0:10")
    made_up.hold()
    wait_for_version(page, made_up.state.version)
    expect(page.locator("#screen h1")).to_have_text("Bag down")
    expect(page.locator("#screen p.detail")).to_have_text("Roll the bag off your thigh.")
    expect(page.locator("#screen p.press")).to_have_text("Bag back on the thigh? Press")
    assert shows(page, "both-knees", mirrored=True)
    made_up.press()
    press_to(made_up, page, "rest")
    made_up.press()
    wait_for_version(page, made_up.state.version)
    expect(page.locator("#screen .summary h1")).to_have_text("Well done")


def test_the_gentle_routine_offers_its_sides_and_lengths(stage: Stage, open_page: OpenPage) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    stage.press()
    stage.station.runner.post(Choose(routine="no-pressure-psoas"))
    press_to(stage, page, "lie-down")
    assert choices(page, "side").all_inner_texts() == ["Left", "Right"]
    assert choices(page, "seconds").all_inner_texts() == ["30", "45", "60", "90"]
    choices(page, "seconds").last.click()
    choices(page, "side").first.click()
    expect(choices(page, "side").first).to_have_attribute("aria-pressed", "true")
    press_to(stage, page, "leg-long")
    expect(page.locator("#screen [data-remaining]")).to_have_text("1:30")
    expect(page.locator("#screen [data-side]")).to_have_attribute("data-side", "left")


def test_the_gentle_routine_invites_with_its_own_figure(
    tmp_path: Path, open_page: OpenPage
) -> None:
    gentle = StationSection(routine="no-pressure-psoas")
    with open_stage(tmp_path, msgspec.structs.replace(MOCK, station=gentle)) as stage:
        page = open_page(f"{stage.url}/?panel=off")
        assert stage.state.status is Status.ATTRACT
        assert shows(page, "leg-long")
        expect(page.locator("#screen .need")).to_contain_text("A mat, and nothing else")
