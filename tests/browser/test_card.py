"""The printed cards, measured as a printer gets them: letters, edges, and what lies on what."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.drivers.stage import Stage

#: Letters of less than 9 pt, which are 12 px, by their text. A drawing's letters shrink with it.
SMALL_LETTERS = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim(), holder = walker.currentNode.parentElement;
        if (!text) continue;
        const drawing = holder.closest("svg.figure");
        const scale = drawing ? drawing.getScreenCTM().a : 1;
        const size = parseFloat(getComputedStyle(holder).fontSize) * scale;
        if (size < 11.99) found.push(`${text}: ${size}`);
    }
    return found;
}"""

#: Elements that stick out at a side of the page, by their class.
OUTSIDE = """() => [...document.querySelectorAll("body *:not(svg *)")]
    .filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5);
    })
    .map((one) => `${one.tagName} ${one.className}`)"""

#: How many fonts were loaded: a card in English needs that of Latin letters alone.
LOADED = """() => document.fonts.ready.then(
    () => [...document.fonts].filter((font) => font.status === "loaded").length)"""

#: Lays the card out in columns as large as its pages, since a browser breaks columns by the same
#: rules, and tells where each piece lies. The argument is the size of a page.
IN_COLUMNS = """([width, height]) => {
    for (const one of document.querySelectorAll(".turn")) one.style.breakBefore = "column";
    const body = document.body;
    Object.assign(body.style, {
        width: `${width}px`, height: `${height}px`,
        columnWidth: `${width}px`, columnGap: "100px", columnFill: "auto",
    });
    const left = body.getBoundingClientRect().left;
    const pieces = document.querySelectorAll("header, .safety section, .part h2, .step, .where");
    // Arabic columns go on to the left.
    const pageOf = (box) => Math.abs(Math.floor((box.left - left + 1) / (width + 100)));
    return [...pieces].map((piece) => {
        const boxes = [...piece.getClientRects()];
        return {
            name: `${piece.className} ${piece.textContent.trim().slice(0, 20)}`,
            pages: [...new Set(boxes.map(pageOf))],
            bottom: Math.max(...boxes.map((box) => box.bottom)),
        };
    });
}"""

#: What is printed of each paper, in px: the paper without its margins of 9 mm.
PRINTED = {"a5": (491, 725), "a4": (726, 1054), "letter": (748, 988)}

#: The languages whose letters and lengths are least like English.
LANGUAGES = ("en", "de", "pl", "ar")


@pytest.fixture(params=PRINTED)
def size(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def page(browser: Browser, size: str) -> Iterator[Page]:
    """A page as wide as what is printed."""
    context = browser.new_context(viewport={"width": PRINTED[size][0], "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


def test_no_letter_of_a_card_is_below_9_pt_and_nothing_sticks_out(
    stage: Stage, page: Page, size: str
) -> None:
    for name in stage.station.runner.rules.routines:
        for language in LANGUAGES:
            page.goto(f"{stage.url}/card/{name}?size={size}&language={language}")
            loaded = page.evaluate(LOADED)
            assert language != "en" or loaded == 1, name
            assert page.evaluate(SMALL_LETTERS) == [], (name, language)
            assert page.evaluate(OUTSIDE) == [], (name, language)


def test_a_card_has_two_pages_at_most_and_splits_no_step(
    stage: Stage, page: Page, size: str
) -> None:
    for name in stage.station.runner.rules.routines:
        for language in LANGUAGES:
            page.goto(f"{stage.url}/card/{name}?size={size}&language={language}")
            page.evaluate(LOADED)
            pieces = page.evaluate(IN_COLUMNS, PRINTED[size])
            assert len(pieces) > 5
            split = [piece["name"] for piece in pieces if len(piece["pages"]) != 1]
            assert split == [], (name, language)
            assert {0} <= {piece["pages"][0] for piece in pieces} <= {0, 1}, (name, language)
            low = [piece["name"] for piece in pieces if piece["bottom"] > PRINTED[size][1] + 1]
            assert low == [], (name, language)
