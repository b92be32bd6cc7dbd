"""The staff area at the panel: the frame that five taps in the corner open, in a real browser."""

from playwright.sync_api import FrameLocator, Page, expect

from tests.drivers.screens import until
from tests.drivers.staff import PIN
from tests.drivers.stage import Stage

#: The panel of 7 inches, touched by finger.
PANEL = {"viewport": {"width": 800, "height": 480}, "has_touch": True}

#: Taps so many times at a point, as quickly as a finger or quicker. Real touches of this browser
#: come one by one, and on a busy machine too slowly to be the gesture.
TAP = """([x, y, times]) => {
    for (let tap = 0; tap < times; tap++) {
        const options = { bubbles: true, pointerId: 50 + tap, pointerType: "touch" };
        document.elementFromPoint(x, y).dispatchEvent(new PointerEvent("pointerdown", options));
        document.elementFromPoint(x, y).dispatchEvent(new PointerEvent("pointerup", options));
    }
}"""

#: A point in the corner.
CORNER = (780, 20)


def tap(page: Page, place: tuple[int, int], times: int = 1) -> None:
    page.evaluate(TAP, [*place, times])


def open_area(page: Page, corner: tuple[int, int] = CORNER) -> FrameLocator:
    """Tap five times in the corner."""
    tap(page, corner, 5)
    area = page.frame_locator("#staff-area")
    expect(area.locator("#keypad")).to_be_visible()
    # Once all of it is loaded, what is typed goes to it.
    expect(page.locator("#staff-area")).to_be_focused(timeout=15_000)
    return area


def stop_time(page: Page, stage: Stage) -> None:
    """Open the panel anew, with a clock of the page that goes on only when a test says so."""
    page.clock.install()
    page.goto(f"{stage.url}/?kiosk&panel=off")
    until(page, "() => document.body.dataset.version !== undefined")


def type_pin(area: FrameLocator, pin: str) -> None:
    for digit in pin:
        area.locator(f"[data-digit='{digit}']").tap()
    area.locator("[data-key='done']").tap()


def sign_in(page: Page, corner: tuple[int, int] = CORNER) -> FrameLocator:
    """Tap in the corner, and type the PIN."""
    area = open_area(page, corner)
    type_pin(area, PIN)
    expect(area.locator(".bar nav")).to_be_visible()
    page.frames[-1].wait_for_load_state()  # only then keys are listened for
    return area
