"""Every page of the staff area on a panel, a phone and a desktop: to be read, and to be touched."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.main.station import Observers
from tests.drivers.staff import WRONG, in_the_network, keep_pin
from tests.drivers.staff_pages import SIZES, fits, sign_in, wrong
from tests.drivers.stage import MOCK, Stage, open_stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A station that systemd runs, so that it can be restarted."""
    with open_stage(tmp_path, MOCK, Observers(restart=lambda _what: None)) as opened:
        yield opened


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, height = SIZES[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    yield page
    context.close()


def test_the_keypad_can_be_read_and_touched_and_needs_no_scrolling(
    stage: Stage, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{stage.url}/staff/enter")
    assert wrong(page) == []
    assert fits(page)
    keep_pin(tmp_path)
    page.reload()
    page.keyboard.type("123456789012")
    assert wrong(page) == []
    assert fits(page)
    for _ in range(3):
        page.request.post(
            f"{stage.url}/staff/sign-in", data={"pin": WRONG}, headers={"Origin": stage.url}
        )
    page.reload()
    expect(page.locator("main")).to_have_attribute("data-wait", "10")
    expect(page.locator("#wait")).to_have_text(re.compile(r"^Next try in 0:(10|0\d)$"))
    assert wrong(page) == []
    assert fits(page)


def test_every_page_can_be_read_and_touched(stage: Stage, page: Page, tmp_path: Path) -> None:
    keep_pin(tmp_path)
    sign_in(page, stage.url)
    links = page.locator(".bar nav a")
    found: list[str] = []
    for number in range(links.count()):
        links.nth(number).tap()
        expect(links.nth(number)).to_have_attribute("aria-current", "page")
        page.wait_for_load_state("networkidle")
        found += wrong(page)
    assert found == []


def test_the_station_page_tells_and_restarts(stage: Stage, page: Page, tmp_path: Path) -> None:
    keep_pin(tmp_path)
    sign_in(page, stage.url)
    expect(page.locator("#state .facts").first).to_be_visible(timeout=15_000)
    page.locator("summary").tap()
    assert wrong(page) == []
    page.get_by_role("link", name="Machine").tap()
    expect(page.locator("h1")).to_have_text("Restart the machine?")
    page.wait_for_load_state()
    assert wrong(page) == []
    page.locator("#restart").tap()
    expect(page.locator("#said")).to_have_text("It restarts now.")
    assert wrong(page) == []


def test_the_pages_of_the_panel_test_can_be_read_and_touched(
    stage: Stage, page: Page, tmp_path: Path
) -> None:
    keep_pin(tmp_path)
    sign_in(page, stage.url)
    found: list[str] = []

    def open_test(what: str) -> None:
        page.goto(f"{stage.url}/staff/test/{what}")
        page.wait_for_load_state("networkidle")
        found.extend(wrong(page))

    for what in ("light", "buzzer", "loudness"):
        open_test(what)
        page.locator("#run").tap()
        expect(page.locator("#answer")).to_be_visible(timeout=15_000)
        found += wrong(page)
        page.locator("[data-passed='no']").tap()
        expect(page.locator(".tests .failed").first).to_be_visible(timeout=15_000)
        page.wait_for_load_state("networkidle")  # only then it has its sheet
        found += wrong(page)
        open_test(what)  # says now that it did not work, and where to look
    open_test("button")
    page.locator("#run").tap()
    expect(page.locator("#live")).to_be_visible(timeout=15_000)
    found += wrong(page)
    assert fits(page)
    page.locator("#done").tap()
    expect(page.locator(".tests")).to_be_visible(timeout=15_000)
    open_test("screen")
    page.locator("#run").tap()
    expect(page.locator("#colours")).to_be_visible()
    found += wrong(page)
    open_test("touch")
    page.locator("#run").tap()
    expect(page.locator("#fields")).to_be_visible()
    expect(page.locator("#give-up")).to_be_visible(timeout=15_000)
    found += wrong(page)
    assert found == []


def test_what_the_network_gets_before_there_is_a_pin_can_be_read(stage: Stage, page: Page) -> None:
    text = in_the_network(stage.station).get("/", headers={"Host": "127.0.0.1"}).text
    page.route("**/off", lambda route: route.fulfill(content_type="text/html", body=text))
    page.goto(f"{stage.url}/off")
    expect(page.locator("h1")).to_have_text("This station's network access is off")
    assert wrong(page) == []


def test_the_way_out_leads_back_to_where_members_are(
    stage: Stage, page: Page, tmp_path: Path
) -> None:
    keep_pin(tmp_path)
    sign_in(page, stage.url)
    page.locator("[data-leave]").tap()
    expect(page.locator("#screen h1")).to_have_text("Psoas release")
    page.goto(f"{stage.url}/staff")
    expect(page.locator("#keypad")).to_be_visible()
