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
    const name = target => target.textContent.trim() || target.ariaLabel || target.className;
    const targets = [
        ...document.querySelectorAll("a, button, summary, label.button, input:not(.unseen)"),
    ].filter(target => target.checkVisibility());
    // What stays where it is while the page scrolls, or covers it all, is meant to lie over it.
    const stays = target => target.closest(".bar, .save, .keyboard, .over");
    targets.forEach((target, number) => {
        const box = target.getBoundingClientRect();
        if (box.width < touch || box.height < touch)
            wrong.push(`${name(target)}: ${box.width} x ${box.height}`);
        if (!target.matches("input") && target.scrollWidth > target.clientWidth + 1)
            wrong.push(`${name(target)} is cut`);
        for (const before of targets.slice(0, number)) {
            const other = before.getBoundingClientRect();
            const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
            const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
            if (across > 0 && down > 0 && stays(target) === stays(before))
                wrong.push(`${name(target)} lies on ${name(before)}`);
        }
    });
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


#: What a keyboard operates on the page; they are noted in the order of the page.
NOTE_CONTROLS = """() => {
    window.controls = [
        ...document.querySelectorAll("a[href], button:enabled, summary, input:enabled"),
    ].filter(control => control.checkVisibility());
    window.reached = new Set();
    return window.controls.length;
}"""

#: What is wrong with what has the focus, a sentence each; it is noted as reached.
LOOK_AT_FOCUS = """() => {
    const control = document.activeElement;
    if (!window.controls.includes(control)) return [];
    window.reached.add(control);
    // What is picked by its label shows the focus there.
    const shown = control.matches(".unseen") ? control.labels[0] : control;
    const name = shown.textContent.trim() || shown.getAttribute("aria-labelledby");
    const wrong = [];
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2)
        wrong.push(`${name}: nobody sees that it has the focus`);
    const { left, top, width, height } = shown.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    // The keys on the screen tell themselves what is typed into the field that they cover.
    const isSeen = shown.contains(there) || there?.closest(".keyboard");
    if (!isSeen) wrong.push(`${name}: has the focus and is not seen`);
    return wrong;
}"""

#: The names of those that no Tab has reached.
NOT_REACHED = """() => window.controls.filter(control => !window.reached.has(control))
    .map(control => `${control.textContent.trim() || control.ariaLabel}: Tab does not reach it`)"""


def wrong_by_keyboard(page: Page, key: str = "Tab") -> list[str]:
    """What is wrong for whoever goes through the page with Tab, or back with Shift and Tab."""
    found: list[str] = []
    for _ in range(page.evaluate(NOTE_CONTROLS) + 1):
        page.keyboard.press(key)
        found += page.evaluate(LOOK_AT_FOCUS)
    found += page.evaluate(NOT_REACHED)
    return [f"{page.url}: {each}" for each in found]


def sign_in(page: Page, url: str) -> None:
    """Go to the staff area of the station at `url`, and come in by a keyboard."""
    page.goto(f"{url}/staff")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page.locator(".bar nav")).to_be_visible(timeout=15_000)
    page.wait_for_load_state()  # only then its scripts listen
