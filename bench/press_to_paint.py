"""From a key press in the page to the frame with the next screen, against a page that polls."""

import random
from dataclasses import dataclass
from pathlib import Path

import msgspec
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


@dataclass(frozen=True, slots=True)
class Painted:
    """One press that led to another screen, in milliseconds after the key's own time stamp.

    Attributes:
        swapped: The new screen was in the page.
        frame: The frame that shows it began; until then the page waits for the display's clock.
        rendered: That frame was rendered.
        next: The frame after it began: the latest that it can have been handed to the display.
    """

    swapped: float
    frame: float
    rendered: float
    next: float


def measure() -> list[Row]:
    """Milliseconds by the page's own clock, at the browser's full speed and at a quarter of it."""
    rows = []
    with chromium() as browser:
        for name, slowdown in (("", 1), (", CPU÷4", 4)):
            pushed = _times(browser, slowdown, PUSHED, polling=False)
            polled = [one.rendered for one in _times(browser, slowdown, POLLED, polling=True)]
            rows += _rows(name, pushed, polled, aimed_at=slowdown == 1)
    return rows


def _rows(name: str, pushed: list[Painted], polled: list[float], *, aimed_at: bool) -> list[Row]:
    painted = [one.rendered for one in pushed]
    stages = {
        "press → painted": painted,
        "press → new screen in the page": [one.swapped for one in pushed],
        "wait for the display's next frame": [one.frame - one.swapped for one in pushed],
        "style, layout and paint of that frame": [one.rendered - one.frame for one in pushed],
        "press → start of the frame after it": [one.next for one in pushed],
        "press → painted by polling at 250 ms": polled,
    }
    rows = []
    for what, times in stages.items():
        most = 17 if aimed_at and times is painted else None
        rows += [
            Row(f"{what}, p50{name}", percentile(times, 0.5), "ms"),
            Row(f"{what}, p99{name}", percentile(times, 0.99), "ms", most=most),
        ]
    gain = percentile(polled, 0.5) / percentile(painted, 0.5)
    least = 20 if aimed_at else None
    return [*rows, Row(f"faster than polling at the median{name}", gain, "times", least=least)]


def _times(browser: Browser, slowdown: int, presses: int, *, polling: bool) -> list[Painted]:
    """What `presses` presses led to."""
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
        found = msgspec.convert(page.evaluate("painted"), list[Painted])
        with Client(station) as client:
            ignored = client.session()["ignored_presses"]
    # On a busy machine two presses can reach the station too soon one after the other, and a page
    # that polls can miss a screen altogether: leaving that out is kind to polling.
    if len(found) < presses * LEAST_SEEN or (not polling and len(found) + ignored != presses):
        raise BenchError(f"{presses} presses, {ignored} ignored, but {len(found)} new screens")
    return found
