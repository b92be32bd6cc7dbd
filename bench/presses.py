"""Presses the panel's pin or a key, and asks the page when it showed the screens that followed."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
from playwright.sync_api import Browser, Page

from bench.stations import Station, running
from bench.table import BenchError
from bench.wire import Client

#: The share of presses that must have led to a new screen; with fewer the times are worth nothing.
LEAST_SEEN = 0.9

#: Seconds between presses, at least and at most. They are random, so that presses come at any
#: moment between two frames or two polls.
APART = (0.35, 0.6)

#: Seconds that the button stays down at each press.
DOWN = 0.05

#: The page's clock is read in two ways, which may differ by this many milliseconds.
CLOCKS_AGREE = 3.0

_HERE = Path(__file__).parent
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Painted:
    """When things happened that a press led to, in milliseconds after the press.

    Attributes:
        heard: The event of the station had come into the page. 0 if the page polls.
        swapped: The new screen had taken the place of the old one in the page.
        frame: The frame that shows it began. Until then the page waits for the display.
        rendered: That frame was rendered.
        next: The next frame began. The display had the frame with the screen by then.
    """

    heard: float
    swapped: float
    frame: float
    rendered: float
    next: float


@dataclass(frozen=True, slots=True)
class Bench:
    """A station, and its page in a browser that may have been slowed down.

    Attributes:
        station: The station.
        page: Its page.
        origin: What the machine's monotonic clock said when the clock of the page was at 0, in
            milliseconds.
    """

    station: Station
    page: Page
    origin: float


@contextmanager
def opened(browser: Browser, slowdown: int, *scripts: str, settings: str = "") -> Iterator[Bench]:
    """Start a station, and open its page at 800x480 with `scripts` in it.

    Args:
        browser: The browser.
        slowdown: How many times slower the processor is made to seem to the page.
        scripts: Names of files in this folder; they run before the page's own scripts.
        settings: The text of the station's settings file.
    """
    with (
        running(settings=settings) as station,
        browser.new_context(viewport={"width": 800, "height": 480}) as context,
    ):
        page = context.new_page()
        for script in ("watch.js", *scripts):
            page.add_init_script(path=_HERE / script)
        page.goto(station.address + "/?panel=off")
        origin = _origin(page)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        page.wait_for_timeout(1000)
        yield Bench(station, page, origin)


def press_pin(bench: Bench, presses: int) -> list[Painted]:
    """Press the mock panel's button so many times; return what that led to.

    This process asks the station to move the contact. The request is not in the times: they begin
    when the station moves the contact, which it says in its answer.
    """
    with Client(bench.station) as client:

        def press() -> float:
            at = client.move_button("down")
            time.sleep(DOWN)
            client.move_button("up")
            return at * 1000 - bench.origin

        return _led_to(_press(press, presses), bench)


def press_key(bench: Bench, presses: int) -> list[Painted]:
    """Press a key in the page so many times; return what that led to.

    The times begin at the time stamp that the browser gives the key.
    """
    _press(lambda: bench.page.keyboard.press("Space", delay=DOWN * 1000), presses)
    keys = msgspec.convert(bench.page.evaluate("keys"), list[float])
    return _led_to(keys, bench)


def _press(press: Callable[[], _T], presses: int) -> list[_T]:
    """Call `press` so many times with pauses between; return what it returned."""
    apart = random.Random(presses)
    said = []
    for _ in range(presses):
        said.append(press())
        time.sleep(apart.uniform(*APART))
    time.sleep(APART[1])
    return said


def _led_to(presses: Sequence[float], bench: Bench) -> list[Painted]:
    """For each of `presses`, the next screen that the page showed.

    The presses are in milliseconds of the page's clock.

    Raises:
        BenchError: Too many of them led to no new screen.
    """
    screens = msgspec.convert(bench.page.evaluate("screens"), list[Painted])
    found = []
    for at, until in zip(presses, [*presses[1:], float("inf")], strict=True):
        screen = next((one for one in screens if at < one.swapped < until), None)
        if screen is not None:
            found.append(_after(at, screen))
    # Some presses may lead to none. On a busy machine two can reach the station so soon one after
    # the other that it ignores the second, and a page that polls can miss a screen.
    if len(found) < len(presses) * LEAST_SEEN:
        raise BenchError(f"{len(presses)} presses, but only {len(found)} new screens")
    return found


def _after(at: float, screen: Painted) -> Painted:
    """`screen` with its times counted from the press at `at`, not on the page's clock."""
    return Painted(
        heard=max(screen.heard - at, 0.0),
        swapped=screen.swapped - at,
        frame=screen.frame - at,
        rendered=screen.rendered - at,
        next=screen.next - at,
    )


def _origin(page: Page) -> float:
    """What the machine's monotonic clock said when the page's clock was at 0, in milliseconds.

    Chromium on Linux takes the page's clock from the machine's CLOCK_MONOTONIC, and tells this
    moment in its metrics. To be sure, the page is also asked for its time, and the quickest answer
    is compared with it.

    Raises:
        BenchError: The two do not agree.
    """
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable")
    said = metrics.send("Performance.getMetrics")["metrics"]
    origin = 1000 * next(one["value"] for one in said if one["name"] == "NavigationStart")
    before, soonest = 0.0, float("inf")
    for _ in range(20):
        asked = time.monotonic() * 1000
        answer = page.evaluate("performance.now()")
        took = time.monotonic() * 1000 - asked
        if took < soonest:
            soonest, before = took, asked - answer
    if not before - CLOCKS_AGREE < origin < before + soonest + CLOCKS_AGREE:
        raise BenchError(f"the page's clock began at {origin:.1f} or {before:.1f} ms, not both")
    return float(origin)
