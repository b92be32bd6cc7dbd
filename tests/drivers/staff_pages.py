"""Pages of the staff area in a browser: at which sizes to look at them, and what is wrong."""

from playwright.sync_api import Page, expect

from tests.drivers.readable import findings
from tests.drivers.staff import PIN

#: The panel of 7 inches, a phone, and a desktop.
SIZES = {"7in": (800, 480), "phone": (390, 844), "desktop": (1366, 768)}

#: The least height and width of what a finger touches, in px.
TOUCH = 64

#: The least size of letters, in px.
LEAST = 18

#: What is wrong with the boxes of a page, a sentence each.
WRONG_BOXES = """([touch, least]) => {
    const wrong = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) wrong.push(`it is ${root.scrollWidth} px wide`);
    for (const target of document.querySelectorAll("a, button, summary")) {
        if (!target.checkVisibility()) continue;
        const { width, height } = target.getBoundingClientRect();
        if (width < touch || height < touch)
            wrong.push(`${target.textContent.trim()}: ${width} x ${height}`);
    }
    for (const element of document.body.querySelectorAll("*")) {
        const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        const size = parseFloat(getComputedStyle(element).fontSize);
        if (own && element.checkVisibility() && size < least)
            wrong.push(`small letters: ${element.textContent.trim().slice(0, 40)}`);
    }
    return wrong;
}"""


def wrong(page: Page) -> list[str]:
    """What is wrong with the page that is shown."""
    boxes: list[str] = page.evaluate(WRONG_BOXES, [TOUCH, LEAST])
    return [f"{page.url}: {each}" for each in boxes + findings(page)]


def fits(page: Page) -> bool:
    """Whether all of the page is seen at once."""
    return bool(page.evaluate("() => document.documentElement.scrollHeight <= innerHeight"))


def sign_in(page: Page, url: str) -> None:
    """Go to the staff area of the station at `url`, and come in by a keyboard."""
    page.goto(f"{url}/staff")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page.locator(".bar nav")).to_be_visible(timeout=15_000)
    page.wait_for_load_state()  # only then its scripts listen
