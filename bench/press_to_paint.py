"""From a key press in the page to the frame with the next screen, against a page that polls."""

import random
from pathlib import Path

from playwright.sync_api import Browser

from bench.browser import chromium
from bench.stations import running
from bench.table import BenchError, Row, percentile
from bench.wire import Client

#: Presses by pushing and by polling; polling is far less sharp, and slow to measure.
PUSHED, POLLED = 150, 60

#: The share of presses that must have led to a screen that was painted.
LEAST_SEEN = 0.9

#: Milliseconds between presses, drawn at random so that they keep no step with frames or polls.
APART = (350, 600)

_HERE = Path(__file__).parent


def measure() -> list[Row]:
    """Milliseconds by the page's own clock, at the browser's full speed and at a quarter of it.

    Starts at the key event's own time stamp. Ends after the rendering of the frame that the new
    screen is in (`painted`), and at the start of the frame after it (`next frame`), which is the
    latest that it can have been handed to the display.
    """
    rows = []
    with chromium() as browser:
        for name, slowdown in (("", 1), (", CPU÷4", 4)):
            painted, following = _times(browser, slowdown, PUSHED, polling=False)
            polled, _ = _times(browser, slowdown, POLLED, polling=True)
            gain = percentile(polled, 0.5) / percentile(painted, 0.5)
            here = slowdown == 1
            rows += [
                Row(f"press → painted, p50{name}", percentile(painted, 0.5), "ms"),
                Row(
                    f"press → painted, p99{name}",
                    percentile(painted, 0.99),
                    "ms",
                    most=17 if here else None,
                ),
                Row(
                    f"press → start of the next frame, p99{name}", percentile(following, 0.99), "ms"
                ),
                Row(
                    f"press → painted by polling at 250 ms, p50{name}",
                    percentile(polled, 0.5),
                    "ms",
                ),
                Row(
                    f"press → painted by polling at 250 ms, p99{name}",
                    percentile(polled, 0.99),
                    "ms",
                ),
                Row(
                    f"faster than polling at the median{name}",
                    gain,
                    "times",
                    least=20 if here else None,
                ),
            ]
    return rows


def _times(
    browser: Browser, slowdown: int, presses: int, *, polling: bool
) -> tuple[list[float], list[float]]:
    """Milliseconds to painted, and to the start of the frame after it, of `presses` presses."""
    apart = random.Random(presses)  # noqa: S311 - the same pauses in every run
    with (
        running() as station,
        browser.new_context(viewport={"width": 800, "height": 480}) as opened,
    ):
        page = opened.new_page()
        page.add_init_script(path=_HERE / "watch.js")
        if polling:
            page.add_init_script(path=_HERE / "poll.js")
        opened.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        page.goto(station.address + "/?bench=off")
        page.wait_for_timeout(1000)
        for _ in range(presses):
            page.keyboard.press("Space", delay=50)
            page.wait_for_timeout(apart.uniform(*APART))
        page.wait_for_timeout(APART[1])
        found: list[list[float]] = page.evaluate("painted")
        with Client(station) as client:
            ignored = client.session()["ignored_presses"]
    # On a busy machine two presses can reach the station too soon one after the other, and a page
    # that polls can miss a screen altogether: leaving that out is kind to polling.
    if len(found) < presses * LEAST_SEEN or (not polling and len(found) + ignored != presses):
        raise BenchError(f"{presses} presses, {ignored} ignored, but {len(found)} new screens")
    return [painted for painted, _ in found], [following for _, following in found]
