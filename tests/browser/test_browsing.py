"""The list for those who choose a routine by the button, on the real page."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import expect

from kiosk.core.session import Status
from kiosk.settings.shapes import StationSection
from tests.drivers.chromium import SIZES, OpenPage
from tests.drivers.plain import plain_text
from tests.drivers.screens import until, wait_for_version
from tests.drivers.scripts import SETTLED, WRONG_BOXES
from tests.drivers.stage import MOCK, Stage, open_stage

#: How much of the bar is left, in percent.
BAR = """() => {
    const [bar, box] = ["[data-bar]", ".bar"].map((name) =>
        document.querySelector(`#screen ${name}`).getBoundingClientRect().width);
    return Math.round(100 * bar / box);
}"""


@pytest.fixture
def listing(tmp_path: Path) -> Iterator[Stage]:
    """A station whose members choose by the button."""
    station = msgspec.structs.replace(MOCK.station, choose_by_button=True)
    with open_stage(tmp_path, msgspec.structs.replace(MOCK, station=station)) as opened:
        yield opened


def test_presses_go_from_routine_to_routine_and_waiting_takes_one(
    listing: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{listing.url}/?panel=off")
    for title in ("Psoas release", "Gentle psoas", "Kneeling hip stretch"):
        listing.press()
        expect(page.locator("#screen .browse h1")).to_have_text(title)
    listing.wait(6)
    expect(page.locator("#screen .gate .band .side")).to_have_text("Kneeling hip stretch")


def test_the_bar_runs_down_by_itself(listing: Stage, open_page: OpenPage) -> None:
    listing.press()
    listing.wait(3)
    page = open_page(f"{listing.url}/?panel=off")
    rests_at = page.locator("#screen [data-bar]").evaluate("bar => bar.style.transform")
    assert rests_at == "scaleX(0.5)"
    until(page, f"() => ({BAR})() < 50")


def test_a_screen_reader_hears_the_routine_and_what_to_do(
    listing: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{listing.url}/?panel=off")
    listing.press()
    listing.press()
    told = "Gentle psoas. 2 of 10. Press for the next. Wait for this one."
    expect(page.locator("#announce")).to_have_text(told)


def test_a_touch_on_the_picture_takes_it_and_one_elsewhere_is_a_press(
    listing: Stage, open_page: OpenPage
) -> None:
    listing.press()
    page = open_page(f"{listing.url}/?panel=off", has_touch=True)
    listing.wait(1)
    page.tap("#screen .press")
    expect(page.locator("#screen .browse h1")).to_have_text("Gentle psoas")
    page.tap("#screen .browse .picture")
    expect(page.locator("#screen .gate .band .side")).to_have_text("Gentle psoas")
    assert listing.state.status is Status.RUNNING


def test_the_first_step_of_a_routine_without_a_gate_has_room_for_another_routine(
    tmp_path: Path, open_page: OpenPage
) -> None:
    text = plain_text("side_seconds = [30, 60]\ndefault_seconds = 30")
    (tmp_path / "plain.toml").write_text(text, encoding="utf-8")
    station = StationSection(routine="plain", routines=str(tmp_path), side="left")
    settings = msgspec.structs.replace(MOCK, station=station)
    with open_stage(tmp_path / "data", settings) as stage:
        page = open_page(f"{stage.url}/?panel=off")
        stage.press()
        wait_for_version(page, stage.state.version)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(SETTLED)
            assert page.locator("#screen .setup .another").is_visible(), size
            assert page.evaluate(WRONG_BOXES) == [], size
