"""Statistics of a made-up year on a panel, a phone and a desktop, and on paper."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.drivers.made_up_past import ZONE, MadeUpPast
from tests.drivers.readable import findings
from tests.drivers.staff import PIN, keep_pin
from tests.drivers.stage import Stage, open_stage

#: The panel of 7 inches, a phone, and a desktop.
SIZES = {"7in": (800, 480), "phone": (390, 844), "desktop": (1366, 768)}

#: The least size of letters in px, as they are on the screen.
LEAST = 17.5

#: Letters of pictures that are smaller than that, or that lie outside of their picture, or on
#: another word; and whether the page is wider than its window.
WRONG_LETTERS = """least => {
    const wrong = [];
    const width = document.documentElement.scrollWidth;
    if (width > innerWidth) wrong.push(`the page is ${width} px wide`);
    for (const svg of document.querySelectorAll("svg.chart")) {
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll("text")];
        const boxes = texts.map(text => text.getBoundingClientRect());
        texts.forEach((text, number) => {
            const box = boxes[number];
            const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
            if (size < least) wrong.push(`${text.textContent}: ${size} px`);
            if (box.left < frame.left - 1 || box.right > frame.right + 1)
                wrong.push(`${text.textContent}: out of the picture`);
            boxes.slice(0, number).forEach((other, before) => {
                const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
                const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
                if (across > 0 && down > 6)
                    wrong.push(`${text.textContent} on ${texts[before].textContent}`);
            });
        });
    }
    return wrong;
}"""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A station with a year of sessions until today."""
    today = dt.datetime.now(ZONE).date()
    MadeUpPast(tmp_path, today - dt.timedelta(days=364), 365, 3000).make()
    keep_pin(tmp_path)
    with open_stage(tmp_path) as opened:
        yield opened


def open_statistics(browser: Browser, stage: Stage, size: tuple[int, int], asked: str) -> Page:
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, has_touch=True)
    page.goto(f"{stage.url}/staff")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page.locator(".bar nav")).to_be_visible(timeout=15_000)
    page.goto(f"{stage.url}/staff/statistics?period={asked}")
    page.evaluate("() => document.fonts.ready")
    return page


@pytest.mark.parametrize("size", SIZES)
def test_statistics_can_be_read_and_touched(browser: Browser, stage: Stage, size: str) -> None:
    found: list[str] = []
    today = dt.datetime.now(ZONE).date()
    for asked in ("weeks", f"{today.year}"):
        page = open_statistics(browser, stage, SIZES[size], asked)
        assert page.locator("svg.chart").count() == 10
        for summary in page.locator("summary").all():
            summary.tap()
        expect(page.locator("table").last).to_be_visible()
        found += page.evaluate(WRONG_LETTERS, LEAST)
        found += findings(page)
        page.close()
    assert found == []


def test_a_table_is_behind_its_picture(browser: Browser, stage: Stage) -> None:
    page = open_statistics(browser, stage, SIZES["phone"], "weeks")
    table = page.locator("#hours table")
    expect(table).to_be_hidden()
    page.locator("#hours summary").tap()
    expect(table).to_be_visible()
    expect(table.locator("tbody tr")).to_have_count(24)
    page.close()


def test_where_people_stop_is_told_of_another_routine(browser: Browser, stage: Stage) -> None:
    page = open_statistics(browser, stage, SIZES["7in"], "weeks")
    page.get_by_role("link", name="Couch stretch").tap()
    expect(page.locator("#funnel p")).to_contain_text("Couch stretch:")
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_month_is_one_page_of_paper(
    browser: Browser, stage: Stage, tmp_path: Path, paper: str
) -> None:
    month = dt.datetime.now(ZONE).date().replace(day=1) - dt.timedelta(days=1)
    page = open_statistics(browser, stage, SIZES["desktop"], f"{month:%Y-%m}")
    file = tmp_path / "month.pdf"
    page.pdf(path=file, format=paper, print_background=False)
    page.close()
    assert file.read_bytes().count(b"/MediaBox") == 1
