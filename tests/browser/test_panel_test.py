"""The panel test in a real browser: by finger at the panel, with the hands at its mock pins."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from kiosk.core.session import Status
from kiosk.ports.panel import Edge, MockPanel
from tests.drivers.chromium import OpenPage
from tests.drivers.staff import keep_pin
from tests.drivers.staff_frame import PANEL, sign_in, stop_time
from tests.drivers.stage import Stage

#: The fields of the touch test.
COLUMNS, ROWS = 8, 5

#: Milliseconds in which a busy machine has done what it was asked for.
SOON = 15_000


@pytest.fixture
def page(stage: Stage, open_page: OpenPage, tmp_path: Path) -> Page:
    """The panel of a station that has a PIN."""
    keep_pin(tmp_path)
    page = open_page(f"{stage.url}/?kiosk&panel=off", **PANEL)
    page.set_default_timeout(SOON)
    return page


@pytest.fixture
def still_page(stage: Stage, page: Page) -> Page:
    """The same panel, whose time goes on only when the test says so."""
    stop_time(page, stage)
    return page


def hands(stage: Stage) -> MockPanel:
    assert stage.station.panel.mock is not None
    return stage.station.panel.mock


def eventually(page: Page, true: Callable[[], object]) -> None:
    """Wait until `true()` is true, while the browser goes on."""
    for _ in range(SOON // 20):
        if true():
            return
        page.wait_for_timeout(20)
    assert true()


def open_test(page: Page, area: FrameLocator, name: str) -> None:
    """Go to the test `name` from wherever in the area."""
    area.locator(".bar nav a", has_text="Test").tap()
    tile(area, name).tap()
    expect(area.locator("h1").first).to_have_text(name, timeout=SOON)
    page.frames[-1].wait_for_load_state()  # only then its script listens


def tile(area: FrameLocator, name: str) -> Locator:
    return area.locator(".tests a", has_text=name)


def run(area: FrameLocator) -> None:
    area.locator("#run").tap()


def says(area: FrameLocator, name: str, what: str) -> None:
    """The overview says `what` of a test."""
    expect(tile(area, name)).to_contain_text(what, timeout=SOON)


def begin_button_test(page: Page, area: FrameLocator) -> None:
    open_test(page, area, "Button")
    run(area)
    # It is shown once the station has answered that the test has begun.
    expect(area.locator("#live")).to_be_visible(timeout=SOON)
    expect(area.locator("#wish")).to_have_text("Press the button now")


def press(stage: Stage, area: FrameLocator, number: int, seconds: float = 0.1) -> None:
    """Press the button of the mock panel for `seconds`, as the press `number` of its test."""
    stage.clock.time += 1
    hands(stage).drive(Edge.DOWN)
    expect(area.locator("#presses")).to_have_text(str(number), timeout=SOON)
    stage.clock.time += seconds
    expect(area.locator("#longest")).not_to_have_text("0.0", timeout=SOON)
    hands(stage).drive(Edge.UP)
    expect(area.locator("#wish")).not_to_have_text("It is down", timeout=SOON)
    expect(area.locator("#wish")).not_to_have_text("Held: now let it go", timeout=SOON)


def begins_a_session(page: Page, stage: Stage) -> None:
    """A press of the button is a member's."""
    hands(stage).drive(Edge.DOWN)
    eventually(page, lambda: stage.state.status is Status.RUNNING)
    hands(stage).drive(Edge.UP)


def test_all_parts_are_tested_by_finger(stage: Stage, page: Page) -> None:
    area = sign_in(page)
    open_test(page, area, "Light")
    run(area)
    expect(area.locator("#asks")).to_have_text("Does it blink?", timeout=SOON)
    area.locator("[data-passed='yes']").tap()
    says(area, "Light", "✓ Works")

    open_test(page, area, "Buzzer")
    run(area)
    eventually(page, lambda: hands(stage).pins().buzzer_on)
    area.locator("[data-passed='yes']").tap()
    says(area, "Buzzer", "✓ Works")

    open_test(page, area, "Loudness")
    run(area)
    area.locator("[data-passed='no']").tap()
    says(area, "Loudness", "✗ Does not work")

    begin_button_test(page, area)
    for number in (1, 2, 3):
        press(stage, area, number)
    expect(area.locator("#wish")).to_have_text("Now hold it down", timeout=SOON)
    press(stage, area, 4, 1.3)
    expect(area.locator("#wish")).to_have_text("It works: touch Done", timeout=SOON)
    expect(area.locator("#held")).to_have_text("yes")
    assert stage.state.status is Status.ATTRACT
    area.locator("#done").tap()
    says(area, "Button", "✓ Works")

    open_test(page, area, "Screen")
    run(area)
    for colour in ("red", "green", "blue", "white", "black"):
        expect(area.locator(f"#colours.{colour}")).to_be_visible(timeout=SOON)
        page.touchscreen.tap(400, 240)
    area.locator("[data-passed='yes']").tap()
    says(area, "Screen", "✓ Works")

    open_test(page, area, "Touch")
    run(area)
    expect(area.locator("#fields")).to_be_visible()
    for field in range(COLUMNS * ROWS):
        touch(page, field)
    says(area, "Touch", "✓ Works")

    area.locator(".bar nav a", has_text="Station").tap()
    told = area.locator(".wrong li", has_text="Panel test")
    expect(told).to_contain_text("loudness did not work", timeout=SOON)


def touch(page: Page, field: int) -> None:
    """Touch the middle of a field."""
    across, down = field % COLUMNS + 0.5, field // COLUMNS + 0.5
    page.touchscreen.tap(800 / COLUMNS * across, 480 / ROWS * down)


def test_a_field_that_does_not_react_fails_by_a_key_that_lies_where_touches_are_felt(
    still_page: Page,
) -> None:
    area = sign_in(still_page)
    open_test(still_page, area, "Touch")
    run(area)
    felt = [field for field in range(COLUMNS * ROWS) if field not in {0, 17, 20}]
    for field in felt:
        touch(still_page, field)
    expect(area.locator("#fields .felt")).to_have_count(len(felt), timeout=SOON)
    still_page.clock.run_for(5_100)
    key = area.locator("#give-up")
    expect(key).to_be_visible()
    place, dead = key.bounding_box(), area.locator("#fields i").nth(20).bounding_box()
    assert place is not None
    assert dead is not None
    assert place["y"] > dead["y"] + dead["height"]
    key.tap()
    says(area, "Touch", "✗ Does not work")
    tile(area, "Touch").tap()
    expect(area.locator("#last")).to_contain_text("3 of 40 fields felt no touch.", timeout=SOON)


def test_whoever_closes_the_area_in_the_buttons_test_gives_members_their_button_back(
    stage: Stage, page: Page
) -> None:
    area = sign_in(page)
    begin_button_test(page, area)
    press(stage, area, 1)
    area.locator("[data-leave]").tap()
    expect(page.locator("#staff-area")).to_have_count(0)
    eventually(page, lambda: not running(stage))
    begins_a_session(page, stage)


def running(stage: Stage) -> bool:
    """Whether the button's test goes on, or has ended by itself."""
    return stage.station.button_test.look() is not None


@pytest.mark.parametrize("name", ["Cancel", "Settings"])
def test_another_page_of_the_area_gives_members_their_button_back(
    stage: Stage, page: Page, name: str
) -> None:
    area = sign_in(page)
    begin_button_test(page, area)
    area.get_by_role("link", name=name).tap()
    expect(area.locator("#live")).to_have_count(0, timeout=SOON)
    eventually(page, lambda: not running(stage))
    begins_a_session(page, stage)
    expect(page.locator("#staff-area")).to_have_count(0)


def test_a_session_that_begins_by_touch_ends_the_buttons_test(stage: Stage, page: Page) -> None:
    area = sign_in(page)
    begin_button_test(page, area)
    page.keyboard.press("PageDown")
    eventually(page, lambda: stage.state.status is Status.RUNNING)
    expect(page.locator("#staff-area")).to_have_count(0)
    assert not running(stage)


def test_after_a_minute_the_button_is_a_members_again(stage: Stage, page: Page) -> None:
    area = sign_in(page)
    begin_button_test(page, area)
    stage.clock.time += 60
    expect(area.locator("#said")).to_contain_text("No press was seen", timeout=SOON)
    expect(area.locator("#live")).to_be_hidden()
    begins_a_session(page, stage)


def test_a_test_with_presses_is_kept_when_its_minute_is_over(stage: Stage, page: Page) -> None:
    area = sign_in(page)
    begin_button_test(page, area)
    press(stage, area, 1)
    stage.clock.time += 60
    says(area, "Button", "✗ Does not work")


def test_a_press_in_the_buttons_test_keeps_the_area_open(stage: Stage, still_page: Page) -> None:
    area = sign_in(still_page)
    begin_button_test(still_page, area)
    # The page's clock also goes on by itself, so there is room for a slow machine.
    still_page.clock.run_for(25_000)
    hands(stage).drive(Edge.DOWN)
    for text in ("It is down", "Press it again"):
        for _ in range(400):
            still_page.clock.run_for(20)
            if area.locator("#wish").text_content() == text:
                break
            still_page.wait_for_timeout(20)
        hands(stage).drive(Edge.UP)
    expect(area.locator("#presses")).to_have_text("1")
    still_page.clock.run_for(36_000)
    assert still_page.locator("#staff-area").count() == 1
    still_page.clock.run_for(61_000)
    expect(still_page.locator("#staff-area")).to_have_count(0)


def test_the_mock_panel_shows_what_is_tried(
    stage: Stage, open_page: OpenPage, tmp_path: Path
) -> None:
    keep_pin(tmp_path)
    page = open_page(f"{stage.url}/?kiosk", has_touch=True)
    corner = page.locator("[data-corner]").bounding_box()
    assert corner is not None
    area = sign_in(page, (int(corner["x"]) + 5, int(corner["y"]) + 5))
    open_test(page, area, "Buzzer")
    run(area)
    expect(page.locator("#mock-buzzer")).to_have_text("on", timeout=SOON)
    expect(page.locator("#mock-buzzer")).to_have_text("off", timeout=SOON)
    open_test(page, area, "Light")
    run(area)
    expect(page.locator("#mock-light")).to_have_text("off", timeout=SOON)
    expect(page.locator("#mock-light")).to_have_text("on", timeout=SOON)
