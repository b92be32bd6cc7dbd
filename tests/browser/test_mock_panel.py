"""The mock panel beside the screen: what it does, and that all of it is at hand in every window."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.drivers.chromium import OpenPage
from tests.drivers.processes import live_station
from tests.drivers.screens import wait_for_version
from tests.drivers.scripts import SETTLED, WRONG_BOXES
from tests.drivers.stage import Stage

#: Windows of small and large laptops, of a phone, and windows that stand upright.
WINDOWS = [(800, 480), (1024, 600), (1366, 768), (390, 844), (600, 900), (800, 1280)]

#: The least width and height in px of what a finger has to hit (WCAG 2.2, 2.5.5).
TARGET = 44

#: What of the panel is not wholly in the window, is covered, or has to be scrolled to.
CUT = """() => {
    const panel = document.getElementById("mock-panel");
    const room = panel.getBoundingClientRect();
    const cut = panel.scrollHeight > panel.clientHeight || panel.scrollWidth > panel.clientWidth
        ? ["the panel scrolls"] : [];
    const all = "summary, button, #mock-sounder, dt, dd, label, p, legend";
    const parts = panel.querySelectorAll(all);
    for (const part of parts) {
        const { left, top, right, bottom } = part.getBoundingClientRect();
        const name = part.id || part.textContent.trim() || part.tagName;
        const out = Math.max(
            Math.max(0, room.left) - left, right - Math.min(innerWidth, room.right),
            Math.max(0, room.top) - top, bottom - Math.min(innerHeight, room.bottom));
        if (out > 0) cut.push(`${name} is cut by ${out}`);
        const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        if (seen !== part && !part.contains(seen) && !seen?.contains(part))
            cut.push(`${name} is covered by ${seen?.id || seen?.tagName}`);
    }
    return cut;
}"""

#: Width and height of each thing that a finger hits.
TARGETS = """() => [
    ...document.querySelectorAll("#mock-panel :is(summary, button, label)")
].map(target => {
    const { width, height } = target.getBoundingClientRect();
    return [target.textContent.trim() || target.id, width, height];
})"""


@pytest.fixture
def page(stage: Stage, open_page: OpenPage) -> Page:
    """The page of a station with its mock panel."""
    return open_page(stage.url, reduced_motion="reduce")


def each_window(page: Page) -> list[str]:
    """Set `page` to each window in turn, and give what is cut of the panel there."""
    found: list[str] = []
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(SETTLED)
        found += [f"{width} x {height}: {what}" for what in page.evaluate(CUT)]
    return found


def test_the_round_button_of_the_mock_panel_drives_the_pin(
    tmp_path: Path, open_page: OpenPage
) -> None:
    with live_station(tmp_path) as station:
        page = open_page(station.url)
        page.hover("#mock-button")
        page.mouse.down()
        expect(page.locator("#screen h1")).to_have_text("Is any of this you?")
        assert station.get("/api/mock")["button"]["down"]
        expect(page.locator("#mock-contact")).to_have_text("down")
        with page.expect_response("**/api/mock/button"):
            page.mouse.up()
        assert not station.get("/api/mock")["button"]["down"]
        expect(page.locator("#mock-contact")).to_have_text("up")
        assert station.get("/healthz")["button"]["presses"] == 1


def test_a_dead_button_of_the_mock_panel_does_nothing(tmp_path: Path, open_page: OpenPage) -> None:
    with live_station(tmp_path) as station:
        page = open_page(station.url)
        with page.expect_response("**/api/mock/fault"):
            page.get_by_text("dead").click()
        page.click("#mock-button", delay=50)
        page.wait_for_timeout(150)
        assert station.get("/api/session")["status"] == "attract"


def test_the_mock_panel_says_what_light_and_buzzer_do(stage: Stage, open_page: OpenPage) -> None:
    page = open_page(stage.url)
    light, buzzer = page.locator("#mock-light"), page.locator("#mock-buzzer")
    expect(light).to_have_text("on")  # it waits for a press
    expect(buzzer).to_have_text("off")
    stage.press_until("settle")
    expect(light).to_have_text("off")
    stage.hold()
    expect(buzzer).to_have_text("on")
    expect(buzzer).to_have_text("off")
    expect(light).to_have_text("on")


def test_nothing_of_the_panel_is_cut_in_any_window(tmp_path: Path, open_page: OpenPage) -> None:
    with live_station(tmp_path, "--speed", "2.5") as station:  # what the panel says of it is longer
        page = open_page(station.url)
        expect(page.get_by_text("2.5 times faster")).to_be_visible()
        assert each_window(page) == []


def test_everything_on_the_panel_is_large_enough_for_a_finger_in_any_window(page: Page) -> None:
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        small = [each for each in page.evaluate(TARGETS) if min(each[1:]) < TARGET]
        assert small == [], (width, height)


def test_the_words_beside_the_checkbox_are_part_of_its_target(page: Page) -> None:
    box = page.locator("#mock-sound")
    expect(box).to_be_checked()
    page.get_by_text("Hear the buzzer").click()
    expect(box).not_to_be_checked()


def test_the_screen_beside_the_panel_is_whole_in_any_window(stage: Stage, page: Page) -> None:
    for step in (None, "check", "equipment", "find-spot", "settle", "switch"):
        if step is not None:
            stage.press_until(step)
        wait_for_version(page, stage.state.version)
        for width, height in WINDOWS:
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(SETTLED)
            assert page.evaluate(WRONG_BOXES) == [], (step, width, height)


def test_the_panel_can_be_folded_away_to_a_strip_in_any_window(stage: Stage, page: Page) -> None:
    stage.press_until("settle")
    wait_for_version(page, stage.state.version)
    button, panel = page.locator("#mock-button"), page.locator("#mock-panel")
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        page.get_by_text("Mock panel").click()
        expect(button).to_be_hidden()
        strip = panel.bounding_box()
        assert strip is not None
        assert TARGET <= min(strip["width"], strip["height"]) <= 1.1 * TARGET
        page.evaluate(SETTLED)
        assert page.evaluate(WRONG_BOXES) == [], (width, height)
        page.get_by_text("Mock panel").click()
        expect(button).to_be_visible()


def test_a_tab_remembers_whether_the_panel_is_folded_away(page: Page) -> None:
    button = page.locator("#mock-button")
    page.get_by_text("Mock panel").click()
    page.reload()
    expect(button).to_be_hidden()
    page.get_by_text("Mock panel").click()
    page.reload()
    expect(button).to_be_visible()


def test_a_key_that_folds_the_panel_is_no_press(stage: Stage, page: Page) -> None:
    page.locator("#mock-panel summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#mock-button")).to_be_hidden()
    assert stage.state.version == 0
