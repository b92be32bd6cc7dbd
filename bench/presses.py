"""Presses of the panel's pin and of a key, and what the page then says about its new screens."""

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

#: The share of presses that must have led to a screen that was painted.
LEAST_SEEN = 0.9

#: Seconds between presses, drawn at random so that they keep no step with frames or polls.
APART = (0.35, 0.6)

#: Seconds that the button stays down at each press.
DOWN = 0.05

#: Milliseconds that the two ways to read the page's clock may differ by.
CLOCKS_AGREE = 3.0

_HERE = Path(__file__).parent
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Painted:
    """One press that led to another screen, in milliseconds after the press.

    Attributes:
        heard: The station's event was in the page; the press's own time when the page polls.
        swapped: The new screen was in the page.
        frame: The frame that shows it began; until then the page waits for the display's clock.
        rendered: That frame was rendered.
        next: The frame after it began: the latest that it can have been handed to the display.
    """

    heard: float
    swapped: float
    frame: float
    rendered: float
    next: float


@dataclass(frozen=True, slots=True)
class Bench:
    """A station, and its page in a browser that may seem slower than it is.

    Attributes:
        station: The station.
        page: Its page.
        origin: Milliseconds of the machine's monotonic clock at which the page's own clock began.
    """

    station: Station
    page: Page
    origin: float


@contextmanager
def opened(browser: Browser, slowdown: int, *scripts: str) -> Iterator[Bench]:
    """A station and its page at 800x480, with `scripts` of this folder in it.

    Args:
        browser: The browser.
        slowdown: How many times slower the processor seems to the page.
        scripts: Names of files that run before the page's own scripts.
    """
    with (
        running() as station,
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
    """What `presses` presses of the mock panel's button led to.

    The request that moves the contact comes from this process, and is not in the times: they
    count from the moment at which the station itself moved it, on the clock of the machine.
    """
    with Client(bench.station) as client:

        def press() -> float:
            at = client.move_button("down")
            time.sleep(DOWN)
            client.move_button("up")
            return at * 1000 - bench.origin

        return _led_to(_press(press, presses), bench)


def press_key(bench: Bench, presses: int) -> list[Painted]:
    """What `presses` presses of a key in the page led to, counted from the key's own time stamp."""
    _press(lambda: bench.page.keyboard.press("Space", delay=DOWN * 1000), presses)
    keys = msgspec.convert(bench.page.evaluate("keys"), list[float])
    return _led_to(keys, bench)


def _press(press: Callable[[], _T], presses: int) -> list[_T]:
    """What `press` said each time."""
    apart = random.Random(presses)  # noqa: S311 - the same pauses in every run
    said = []
    for _ in range(presses):
        said.append(press())
        time.sleep(apart.uniform(*APART))
    time.sleep(APART[1])
    return said


def _led_to(presses: Sequence[float], bench: Bench) -> list[Painted]:
    """The screens that `presses`, in milliseconds of the page's clock, led to."""
    screens = msgspec.convert(bench.page.evaluate("screens"), list[Painted])
    found = []
    for at, until in zip(presses, [*presses[1:], float("inf")], strict=True):
        screen = next((one for one in screens if at < one.swapped < until), None)
        if screen is not None:
            found.append(_after(at, screen))
    # On a busy machine two presses can reach the station too soon one after the other, and a page
    # that polls can miss a screen altogether.
    if len(found) < len(presses) * LEAST_SEEN:
        raise BenchError(f"{len(presses)} presses, but only {len(found)} new screens")
    return found


def _after(at: float, screen: Painted) -> Painted:
    return Painted(
        heard=max(screen.heard - at, 0.0),
        swapped=screen.swapped - at,
        frame=screen.frame - at,
        rendered=screen.rendered - at,
        next=screen.next - at,
    )


def _origin(page: Page) -> float:
    """Milliseconds of the machine's monotonic clock at which the page's clock was at 0.

    Chromium on Linux takes both from CLOCK_MONOTONIC and says so in its metrics; that this holds
    here is tested by asking the page for its time.

    Raises:
        BenchError: The two ways do not agree.
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
