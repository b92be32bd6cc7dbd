"""The printed cards, measured as a printer gets them: letters, edges, and what lies on what."""

import pytest
from playwright.sync_api import Browser

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

#: The width of what is printed, in px: that of the paper without its margins of 9 mm.
WIDTHS = {"a5": 491, "a4": 726, "letter": 748}


@pytest.mark.parametrize("size", WIDTHS)
def test_no_letter_of_a_card_is_below_9_pt_and_nothing_sticks_out(
    stage: Stage, browser: Browser, size: str
) -> None:
    context = browser.new_context(viewport={"width": WIDTHS[size], "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    for name in stage.station.runner.rules.routines:
        page.goto(f"{stage.url}/card/{name}?size={size}")
        assert page.evaluate(LOADED) == 1, name
        assert page.evaluate(SMALL_LETTERS) == [], name
        assert page.evaluate(OUTSIDE) == [], name
    context.close()
