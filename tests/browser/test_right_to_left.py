"""A language that is written from right to left: what mirrors, and what keeps its place."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, expect

from kiosk.library.words import load_languages
from kiosk.settings.shapes import StationSection
from tests.drivers.chromium import OpenPage
from tests.drivers.screens import wait_for_version
from tests.drivers.scripts import SETTLED
from tests.drivers.stage import MOCK, Stage, open_stage

#: The boxes of what keeps its place, and those of texts; each has left and right in px.
BOXES = """() => {
    const range = document.createRange();
    const box = selector => [...document.querySelectorAll("#screen " + selector)].map(element => {
        range.selectNodeContents(element);
        const lines = element.childElementCount ? [] : [...range.getClientRects()];
        const { left, right } = element.getBoundingClientRect();
        if (lines.length === 0) return [left, right];
        return [Math.min(...lines.map(l => l.left)), Math.max(...lines.map(l => l.right))];
    });
    return {
        shape: box(".shape"), strip: box(".strip li"), bar: box(".bar"), fill: box(".fill"),
        choice: box('[data-choose="side"]'), side: box(".band .side b"),
        ledger: box(".ledger > div"), totals: box(".totals > div"),
        headline: box("h1"), detail: box(".detail"), timer: box(".timer"), picture: box(".picture"),
    };
}"""


@pytest.fixture
def arabic(tmp_path: Path) -> Iterator[Stage]:
    """A station that speaks Arabic."""
    settings = msgspec.structs.replace(MOCK, station=StationSection(language="ar"))
    with open_stage(tmp_path / "arabic", settings) as opened:
        yield opened


def boxes(stage: Stage, page: Page, step: str | None) -> dict[str, list[list[float]]]:
    """The boxes on `page` at `step`, or at the summary if that is None."""
    if step is None:
        stage.press_until("stand-up")
        stage.press()
    else:
        stage.press_until(step)
    wait_for_version(page, stage.state.version)
    page.evaluate(SETTLED)
    found: dict[str, list[list[float]]] = page.evaluate(BOXES)
    return found


@pytest.mark.parametrize(("width", "height"), [(800, 480), (720, 1280)])
def test_body_sides_and_time_are_where_they_are_in_english(
    stage: Stage, arabic: Stage, open_page: OpenPage, width: int, height: int
) -> None:
    viewport = {"width": width, "height": height}
    english_page, arabic_page = (
        open_page(f"{each.url}/?panel=off", viewport=viewport) for each in (stage, arabic)
    )
    for step in ("equipment", "settle", "switch", None):
        english, from_right = (
            boxes(each, page, step) for each, page in ((stage, english_page), (arabic, arabic_page))
        )
        for exact in ("strip", "bar"):
            for one, other in zip(english[exact], from_right[exact], strict=True):
                assert other == pytest.approx(one, abs=1), (step, exact)
        for name in ("shape", "side", "choice", "ledger", "totals"):
            at, mirrored = english[name], from_right[name]
            assert len(at) == len(mirrored), (step, name)
            for one, other in zip(at, mirrored, strict=True):
                if name == "side" and step is None:
                    continue  # the summary has no side: its band names the routine, which mirrors
                if name != "choice":  # these two stand close to each other, at the start of a row
                    assert (sum(one) < width) == (sum(other) < width), (step, name)
            assert [box[0] for box in mirrored] == sorted(box[0] for box in mirrored), (step, name)


def test_texts_stand_at_the_right_and_the_timer_at_the_left(
    arabic: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{arabic.url}/?panel=off", viewport={"width": 800, "height": 480})
    found = boxes(arabic, page, "settle")
    edge = found["bar"][0][1]  # it goes from edge to edge
    assert found["headline"][0][1] == pytest.approx(edge, abs=6)
    assert found["detail"][0][1] == pytest.approx(edge, abs=3)
    assert found["timer"][0][1] < found["picture"][0][0]


def test_the_root_follows_the_language_and_the_mock_panel_stays_english(
    stage: Stage, arabic: Stage, open_page: OpenPage
) -> None:
    page = open_page(arabic.url)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    panel = page.locator("#mock-panel")
    assert panel.evaluate("panel => getComputedStyle(panel).direction") == "ltr"
    place = panel.bounding_box()
    expect(panel).to_have_attribute("lang", "en")
    assert place == open_page(stage.url).locator("#mock-panel").bounding_box()


def test_the_page_changes_its_language_with_the_screen(stage: Stage, open_page: OpenPage) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    page.evaluate("""() => {
        document.documentElement.lang = "ar";
        document.documentElement.dir = "rtl";
        document.getElementById("offline").textContent = "";
    }""")
    stage.press()
    wait_for_version(page, stage.state.version)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator("#offline")).to_have_text("Connecting to the station")


def test_arabic_letters_join_and_their_font_loads_only_when_they_are_shown(
    stage: Stage, arabic: Stage, open_page: OpenPage
) -> None:
    loaded = "() => [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    english_page, arabic_page = (open_page(f"{each.url}/?panel=off") for each in (stage, arabic))
    for page in (english_page, arabic_page):
        page.evaluate(SETTLED)
    assert english_page.evaluate(loaded) == ["Barlow Semi Condensed"]
    assert sorted(arabic_page.evaluate(loaded)) == [
        "Barlow Semi Condensed",
        "IBM Plex Sans Arabic",
    ]
    width = """text => {
        const context = document.createElement("canvas").getContext("2d");
        context.font = '600 100px "IBM Plex Sans Arabic"';
        return context.measureText(text).width;
    }"""
    alone = arabic_page.evaluate(width, "\u0628")
    joined = arabic_page.evaluate(width, "\u0628" * 3)
    assert joined < alone * 2.5


def test_the_close_up_in_a_figure_stays_where_the_texts_leave_little_room(
    tmp_path: Path, open_page: OpenPage
) -> None:
    station = StationSection(
        language="ar", routine="foot-ball", offered_languages=tuple(load_languages())
    )
    with open_stage(tmp_path / "all", msgspec.structs.replace(MOCK, station=station)) as stage:
        page = open_page(f"{stage.url}/?panel=off", viewport={"width": 800, "height": 480})
        expect(page.locator("#screen .attract.fit-2")).to_have_count(1)
        expect(page.locator("#screen .figure .inset .frame")).to_be_visible()
