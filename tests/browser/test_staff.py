"""The way into the staff area at the panel and out of it, by finger, in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import FrameLocator, Page, expect

from kiosk.core.session import Status
from kiosk.settings.shapes import ScreenSection
from kiosk.staff.pin_file import PinFile
from tests.drivers.chromium import OpenPage
from tests.drivers.screens import until, wait_for_version
from tests.drivers.staff import PIN, WRONG, keep_pin
from tests.drivers.staff_frame import CORNER, PANEL, open_area, sign_in, stop_time, tap, type_pin
from tests.drivers.stage import MOCK, Stage, open_stage

#: The middle of the panel.
MIDDLE = (400, 240)


@pytest.fixture
def page(stage: Stage, open_page: OpenPage, tmp_path: Path) -> Page:
    """The panel of a station that has a PIN."""
    keep_pin(tmp_path)
    return open_page(f"{stage.url}/?kiosk&panel=off", **PANEL)


def eventually(page: Page, stage: Stage, status: Status) -> None:
    for _ in range(200):
        if stage.state.status is status:
            break
        page.wait_for_timeout(20)
    assert stage.state.status is status
    wait_for_version(page, stage.state.version)


def test_five_taps_in_the_corner_and_the_pin_lead_in_and_close_leads_out(
    stage: Stage, page: Page
) -> None:
    area = sign_in(page)
    expect(area.locator("[aria-current]")).to_have_text("Station")
    area.locator("[data-leave]").tap()
    expect(page.locator("#staff-area")).to_have_count(0)
    assert stage.state.status is Status.ATTRACT
    page.touchscreen.tap(*MIDDLE)
    eventually(page, stage, Status.RUNNING)


def test_fewer_taps_in_the_corner_are_one_press(stage: Stage, page: Page) -> None:
    tap(page, CORNER, 4)
    eventually(page, stage, Status.RUNNING)
    assert stage.step == "check"
    assert stage.state.ignored == 0
    page.wait_for_timeout(800)
    assert page.locator("#staff-area").count() == 0
    assert stage.step == "check"


def test_a_session_that_begins_after_a_tap_in_the_corner_gets_no_second_press(
    stage: Stage, page: Page
) -> None:
    tap(page, CORNER)
    stage.press()
    stage.wait(5)
    page.wait_for_timeout(900)
    assert stage.step == "check"


def test_neither_the_button_nor_taps_elsewhere_nor_in_a_session_open_it(
    stage: Stage, page: Page
) -> None:
    for _ in range(5):
        page.keyboard.press("Space")
    eventually(page, stage, Status.RUNNING)
    tap(page, CORNER, 10)
    page.wait_for_timeout(900)
    assert page.locator("#staff-area").count() == 0


@pytest.mark.parametrize("enter", [open_area, sign_in])
def test_a_press_begins_a_session_and_the_area_is_gone(
    stage: Stage, page: Page, enter: Callable[[Page], FrameLocator]
) -> None:
    enter(page)
    stage.press()
    expect(page.locator("#staff-area")).to_have_count(0)
    expect(page.locator("#screen h1")).to_have_text("Is any of this you?")
    assert page.evaluate("() => document.querySelector('main').inert") is False
    while stage.state.status is not Status.ATTRACT:
        stage.hold()
    eventually(page, stage, Status.ATTRACT)
    open_area(page)


def test_a_presenter_remote_is_the_button_in_the_area_too(stage: Stage, page: Page) -> None:
    sign_in(page)
    page.keyboard.press("PageDown")
    eventually(page, stage, Status.RUNNING)
    # The release comes to the station by a request of its own, after that of the press.
    for _ in range(200):
        if stage.state.press is None:
            break
        page.wait_for_timeout(20)
    assert stage.state.press is None
    expect(page.locator("#staff-area")).to_have_count(0)


def test_a_session_that_another_page_begins_closes_it_too(stage: Stage, page: Page) -> None:
    open_area(page)
    page.request.post(
        f"{stage.url}/api/button", data={"action": "press"}, headers={"Origin": stage.url}
    )
    eventually(page, stage, Status.RUNNING)
    expect(page.locator("#staff-area")).to_have_count(0)


@pytest.fixture
def still_page(stage: Stage, page: Page) -> Page:
    """The same panel, whose time goes on only when the test says so."""
    stop_time(page, stage)
    return page


def test_five_real_touches_are_the_gesture(still_page: Page) -> None:
    still_page.clock.pause_at("2030-01-01")
    for _ in range(5):
        still_page.touchscreen.tap(*CORNER)
    expect(still_page.frame_locator("#staff-area").locator("#keypad")).to_be_visible()


def test_taps_that_are_too_slow_are_not_the_gesture(stage: Stage, still_page: Page) -> None:
    still_page.clock.pause_at("2030-01-01")
    for _ in range(4):
        tap(still_page, CORNER)
        still_page.clock.run_for(690)
    assert stage.state.status is Status.ATTRACT
    still_page.clock.run_for(20)
    eventually(still_page, stage, Status.RUNNING)
    tap(still_page, CORNER)
    assert still_page.locator("#staff-area").count() == 0


def test_a_minute_without_a_touch_leads_out_and_a_touch_begins_it_anew(still_page: Page) -> None:
    area = sign_in(still_page)
    still_page.clock.run_for(55_000)
    area.locator("h1").tap()
    still_page.clock.run_for(55_000)
    assert still_page.locator("#staff-area").count() == 1
    still_page.clock.run_for(6_000)
    expect(still_page.locator("#staff-area")).to_have_count(0)
    area = open_area(still_page)
    expect(area.locator("#asked")).to_have_text("Staff PIN")


def test_nobody_is_trapped_where_the_area_cannot_be_loaded(still_page: Page) -> None:
    still_page.route("**/staff/enter", lambda route: route.abort())
    tap(still_page, CORNER, 5)
    expect(still_page.locator("#staff-area")).to_be_attached()
    still_page.clock.run_for(61_000)
    expect(still_page.locator("#staff-area")).to_have_count(0)


def test_a_press_leads_out_where_the_area_cannot_be_loaded(stage: Stage, page: Page) -> None:
    page.route("**/staff/enter", lambda route: route.abort())
    tap(page, CORNER, 5)
    expect(page.locator("#staff-area")).to_be_attached()
    stage.press()
    expect(page.locator("#staff-area")).to_have_count(0)


def test_the_first_visit_chooses_the_pin_typed_twice(
    stage: Stage, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(f"{stage.url}/?kiosk&panel=off", **PANEL)
    area = open_area(page)
    asked, said = area.locator("#asked"), area.locator("#said")
    expect(asked).to_have_text("Choose a staff PIN")
    for first, second, says in (
        (PIN, WRONG, "The two were not the same"),
        ("123456", "123456", "soon guessed"),
    ):
        type_pin(area, first)
        expect(asked).to_have_text("Type it once more")
        type_pin(area, second)
        expect(said).to_contain_text(says)
        expect(asked).to_have_text("Choose a staff PIN")
    type_pin(area, "4809")
    expect(said).to_have_text("A PIN has 6 to 12 digits.")
    type_pin(area, PIN)
    expect(asked).to_have_text("Type it once more")
    type_pin(area, PIN)
    expect(area.locator(".bar nav")).to_be_visible()
    kept = PinFile(tmp_path).read()
    assert kept is not None
    assert kept.is_made_of(PIN)


def test_the_keypad_says_how_long_to_wait_and_takes_nothing_meanwhile(
    stage: Stage, page: Page
) -> None:
    area = open_area(page)
    for wait in (0, 0, 10):
        expect(area.locator("[data-digit='1']")).to_be_enabled()
        with page.expect_response("**/staff/sign-in") as answer:
            type_pin(area, WRONG)
        assert answer.value.json().get("wait", 0) == wait
        expect(area.locator("#said")).to_have_text("That is not the PIN.")
    expect(area.locator("#wait")).to_have_text(re.compile(r"^Next try in 0:(10|0\d)$"))
    expect(area.locator("[data-digit='1']")).to_be_disabled()
    page.keyboard.type(PIN)
    assert area.locator("#typed i").count() == 0
    stage.wait(10)
    expect(area.locator("[data-digit='1']")).to_be_enabled(timeout=12_000)
    type_pin(area, PIN)
    expect(area.locator(".bar nav")).to_be_visible()


def test_digits_of_a_keyboard_count_too_and_none_is_shown(page: Page) -> None:
    area = open_area(page)
    page.keyboard.type(WRONG)
    page.keyboard.press("Backspace")
    assert area.locator("#typed i").count() == 5
    page.keyboard.type("7")
    assert WRONG not in (area.locator("body").text_content() or "")
    page.keyboard.press("Enter")
    expect(area.locator(".bar nav")).to_be_visible(timeout=15_000)


def test_the_members_page_loads_nothing_of_the_area_before_it_is_opened(
    stage: Stage, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(stage.url)))
    page.reload()
    until(page, "() => document.body.dataset.version !== undefined")
    assert [path for path in asked if "staff" in path] == []
    open_area(page)
    assert "/static/staff/area.js" in asked


def test_nothing_of_the_area_breaks_the_content_policy(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))"
    )
    page.reload()
    until(page, "() => document.body.dataset.version !== undefined")
    sign_in(page).locator("[data-leave]").tap()
    expect(page.locator("#staff-area")).to_have_count(0)
    assert complaints == []


def test_the_area_turns_with_a_turned_panel(tmp_path: Path, open_page: OpenPage) -> None:

    keep_pin(tmp_path)
    turned = msgspec.structs.replace(MOCK, screen=ScreenSection(rotation=90))
    with open_stage(tmp_path, turned) as stage:
        page = open_page(
            f"{stage.url}/?kiosk&panel=off",
            viewport={"width": 480, "height": 800},
            has_touch=True,
        )
        area = open_area(page, (460, 780))
        type_pin(area, PIN)
        expect(area.locator(".bar nav")).to_be_visible()
