"""Walk through the staff area by finger and put what is seen on sheets: ``make staff-pictures``."""

import datetime as dt
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Browser, Frame, Page, expect, sync_playwright

from kiosk.staff.doorway import Doorway
from kiosk.staff.panel_test.results import PanelTest
from tests.browser.sheets import Shot, write_sheet
from tests.drivers.chromium import HOW_TO_GET_ONE, launch
from tests.drivers.made_up_past import ZONE, MadeUpPast
from tests.drivers.staff import PIN, WRONG
from tests.drivers.stage import Stage, open_stage
from web.routes.staff import area

#: The panel of 7 inches, and a phone: how large, how wide (px) on a sheet, and how many in a row.
PANEL, PHONE = (800, 480), (390, 844)
WIDTHS = {PANEL: 400, PHONE: 260}
ROW = {PANEL: 3, PHONE: 6}

#: The corner of the panel that is tapped five times.
CORNER = (780, 20)


class Walk:
    """Takes pictures of a page.

    Attributes:
        page: The page.
        shots: The pictures so far.
    """

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.shots: list[Shot] = []
        self._folder = folder

    def look(self, name: str, *, whole: bool = False) -> None:
        """Take a picture of what is seen now, or of the whole page."""
        self.page.wait_for_timeout(800)  # what fades in has come
        path = self._folder / f"{len(self.shots)}.png"
        self.page.screenshot(path=path, full_page=whole)
        self.shots.append(Shot(f"{len(self.shots) + 1}. {name}", path))


def at_the_panel(walk: Walk, stage: Stage) -> None:
    """In by the five taps, through all pages, and out again."""
    walk.page.goto(f"{stage.url}/?kiosk&panel=off")
    walk.look("Five taps in the top right corner")
    frame = _open_area(walk.page)
    walk.look("The first visit chooses the PIN")
    _type(frame, PIN)
    walk.look("… and types it again")
    _type(frame, PIN)
    expect(frame.locator(".bar nav")).to_be_visible(timeout=15_000)
    for name in _pages(frame):
        walk.look(name)
    frame.get_by_role("link", name="Settings").tap()
    frame.get_by_role("link", name="Change the PIN").tap()
    expect(frame.locator("#asked")).to_be_visible()
    walk.look("Another PIN, from the settings")
    frame.locator("#back").tap()
    frame.locator("[data-leave]").tap()
    walk.look("Closed: members are invited again")


def panel_test(walk: Walk, stage: Stage) -> None:
    """Each test of the panel, as it is once it has begun."""
    walk.page.goto(f"{stage.url}/staff")
    _type(walk.page.main_frame, PIN)
    expect(walk.page.locator(".bar nav")).to_be_visible(timeout=15_000)
    for test in PanelTest:
        walk.page.goto(f"{stage.url}/staff/test/{test.value}")
        walk.page.wait_for_load_state("networkidle")
        walk.page.locator("#run").tap()
        walk.look(test.value)


def from_a_phone(walk: Walk, stage: Stage) -> None:
    """In by the PIN, through all pages and out again, with the pages as the network gets them."""
    with patch.object(area, "doorway_of", lambda _request: Doorway.NETWORK):
        walk.page.goto(f"{stage.url}/staff")
        walk.look("The PIN")
        frame = walk.page.main_frame
        _type(frame, PIN)
        expect(frame.locator(".bar nav")).to_be_visible(timeout=15_000)
        for name in _pages(frame):
            walk.look(name)
        frame.locator("[data-leave]").tap()
        walk.page.wait_for_url(f"{stage.url}/")
        walk.page.goto(f"{stage.url}/staff")
        for _ in range(3):
            _type(frame, WRONG)
            walk.page.wait_for_timeout(1000)
        walk.look("After three wrong PINs")


def statistics_of_a_year(walk: Walk, stage: Stage) -> None:
    """All of the page of statistics, of 8 weeks and of a year."""
    walk.page.goto(f"{stage.url}/staff")
    _type(walk.page.main_frame, PIN)
    expect(walk.page.locator(".bar nav")).to_be_visible(timeout=15_000)
    year = dt.datetime.now(ZONE).year
    for asked, name in (("weeks", "8 weeks"), (f"{year}", f"{year}")):
        walk.page.goto(f"{stage.url}/staff/statistics?period={asked}")
        walk.page.evaluate("() => document.fonts.ready")
        walk.look(f"Made-up sessions of a made-up gym: {name}", whole=True)


def main(folder: Path) -> int:
    """Write the sheets into `folder`."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as data:
        browser = launch(playwright)
        if browser is None:
            print(HOW_TO_GET_ONE, file=sys.stderr)
            return 1
        today = dt.datetime.now(ZONE).date()
        MadeUpPast(Path(data), today - dt.timedelta(days=364), 365, 3000).make()
        with open_stage(Path(data)) as stage:
            sheet = browser.new_page()
            for name, size, through, row in (
                ("staff-panel", PANEL, at_the_panel, ROW[PANEL]),
                ("statistics", PANEL, statistics_of_a_year, 2),
                ("panel-test", PANEL, panel_test, ROW[PANEL]),
                ("staff-phone", PHONE, from_a_phone, ROW[PHONE]),
            ):
                for walk in _walk(browser, size, Path(data)):
                    through(walk, stage)
                    width = size[0] if row == len(walk.shots) else WIDTHS[size]
                    write_sheet(sheet, folder / f"{name}.png", walk.shots, row, width)
                    print(folder / f"{name}.png")
    return 0


def _walk(browser: Browser, size: tuple[int, int], folder: Path) -> Iterator[Walk]:
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    yield Walk(context.new_page(), folder)
    context.close()


def _open_area(page: Page) -> Frame:
    """Tap five times in the corner, again if this machine was too slow for the gesture."""
    shown = page.locator("#staff-area")
    for _ in range(10):
        for _ in range(5):
            page.touchscreen.tap(*CORNER)
        page.wait_for_timeout(500)
        if shown.count():
            break
    expect(shown).to_be_focused(timeout=15_000)
    frame = page.frame(url=re.compile("/staff"))
    assert frame is not None
    frame.wait_for_load_state()
    return frame


def _type(frame: Frame, pin: str) -> None:
    for digit in pin:
        frame.locator(f"[data-digit='{digit}']").tap()
    frame.locator("[data-key='done']").tap()


def _pages(frame: Frame) -> Iterator[str]:
    """Touch each link of the area, and give its name once its page is there."""
    links = frame.locator(".bar nav a")
    for number in range(links.count()):
        links.nth(number).tap()
        expect(links.nth(number)).to_have_attribute("aria-current", "page")
        frame.wait_for_load_state("networkidle")
        yield links.nth(number).inner_text()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
