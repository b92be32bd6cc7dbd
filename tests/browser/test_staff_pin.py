"""Staff change the PIN by finger, at the panel and from a phone, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from kiosk.staff.pin_file import PinFile
from tests.drivers.chromium import OpenPage
from tests.drivers.staff import OTHER, PIN, WRONG, keep_pin
from tests.drivers.staff_pages import SIZES, fits, sign_in, wrong
from tests.drivers.stage import Stage

#: Opens the staff area over the station's own page, as five taps in the corner do.
OPEN_AREA = """() => import("/static/staff/area.js").then(
    ({ openArea }) => openArea(document.querySelector("main"), () => {}))"""


@pytest.fixture(params=SIZES)
def page(
    request: pytest.FixtureRequest, browser: Browser, stage: Stage, tmp_path: Path
) -> Iterator[Page]:
    """The page that changes the PIN, at each size, for somebody who has come there by finger."""
    keep_pin(tmp_path)
    width, height = SIZES[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    sign_in(page, stage.url)
    page.get_by_role("link", name="Settings").tap()
    page.get_by_role("link", name="Change the PIN").tap()
    expect(page.locator("#asked")).to_have_text("Old PIN")
    page.wait_for_load_state()  # only then its script listens
    yield page
    context.close()


def type_pin(page: Page | FrameLocator, pin: str) -> None:
    for digit in pin:
        page.locator(f"[data-digit='{digit}']").tap()
    page.locator("[data-key='done']").tap()


def opens(directory: Path, pin: str) -> bool:
    kept = PinFile(directory).read()
    assert kept is not None
    return kept.is_made_of(pin)


def test_the_pin_is_changed_by_finger_and_each_step_can_be_read(page: Page, tmp_path: Path) -> None:
    asked, said = page.locator("#asked"), page.locator("#said")
    found: list[str] = []

    def look() -> None:
        found.extend(wrong(page))
        if not fits(page):
            found.append(f"{asked.text_content()}: it has to be scrolled")

    look()
    type_pin(page, WRONG)
    expect(said).to_have_text("That is not the PIN.")
    expect(asked).to_have_text("Old PIN")
    look()
    type_pin(page, PIN)
    expect(asked).to_have_text("New PIN")
    expect(said).to_have_text("")
    look()
    for first, second, says in (
        ("123456", "123456", "soon guessed"),
        (PIN, PIN, "That is the old PIN."),
        (OTHER, WRONG, "The two were not the same."),
    ):
        type_pin(page, first)
        expect(asked).to_have_text("Type it once more")
        type_pin(page, second)
        expect(said).to_contain_text(says)
        expect(asked).to_have_text("New PIN")
    look()
    type_pin(page, OTHER)
    expect(asked).to_have_text("Type it once more")
    look()
    type_pin(page, OTHER)
    expect(asked).to_have_text("The PIN is changed", timeout=20_000)
    expect(said).to_have_text("")
    look()
    assert opens(tmp_path, OTHER)
    assert PIN not in page.url
    page.get_by_role("link", name="Back to the settings").tap()
    expect(page.locator("h1")).to_have_text("Settings")
    assert found == []


@pytest.mark.parametrize("page", ["7in"], indirect=True)
def test_wrong_old_pins_make_the_keypad_wait(stage: Stage, page: Page, tmp_path: Path) -> None:
    for wait in (0, 0, 10):
        with page.expect_response("**/staff/sign-in") as answer:
            type_pin(page, WRONG)
        assert answer.value.json()["wait"] == wait
        expect(page.locator("#said")).to_have_text("That is not the PIN.")
    expect(page.locator("#wait")).to_have_text(re.compile(r"^Next try in 0:(10|0\d)$"))
    expect(page.locator("[data-digit='1']")).to_be_disabled()
    page.reload()
    expect(page.locator("#said")).to_have_text("Too many wrong PINs.")
    stage.wait(10)
    page.reload()
    type_pin(page, PIN)
    expect(page.locator("#asked")).to_have_text("New PIN")
    assert opens(tmp_path, PIN)


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_whoever_cancels_keeps_the_old_pin(page: Page, tmp_path: Path) -> None:
    type_pin(page, PIN)
    expect(page.locator("#asked")).to_have_text("New PIN")
    page.get_by_role("link", name="Cancel").tap()
    expect(page.locator("h1")).to_have_text("Settings")
    assert opens(tmp_path, PIN)


def test_it_is_changed_in_the_frame_at_the_panel_too(
    stage: Stage, open_page: OpenPage, tmp_path: Path
) -> None:
    keep_pin(tmp_path)
    page = open_page(
        f"{stage.url}/?kiosk&panel=off", viewport={"width": 800, "height": 480}, has_touch=True
    )
    page.evaluate(OPEN_AREA)
    # Once all of it is loaded, the frame is focused.
    expect(page.locator("#staff-area")).to_be_focused(timeout=15_000)
    area = page.frame_locator("#staff-area")
    type_pin(area, PIN)
    area.get_by_role("link", name="Settings").tap()
    area.get_by_role("link", name="Change the PIN").tap()
    expect(area.locator("#asked")).to_have_text("Old PIN")
    page.frames[-1].wait_for_load_state()
    for pin, asks in (
        (PIN, "New PIN"),
        (OTHER, "Type it once more"),
        (OTHER, "The PIN is changed"),
    ):
        type_pin(area, pin)
        expect(area.locator("#asked")).to_have_text(asks, timeout=20_000)
    area.get_by_role("link", name="Back to the settings").tap()
    expect(area.locator("h1")).to_have_text("Settings")
    assert opens(tmp_path, OTHER)
