"""How soon the pages of the staff area are first painted, on a processor as slow as a Pi's."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.browser import chromium
from bench.stations import Station, running
from bench.table import Row, percentile
from kiosk.staff.pin import stored_pin
from kiosk.staff.pin_file import PinFile

#: How many times slower the processor is made to seem to the page.
SLOWDOWN = 4

#: How often each page is loaded, each time with an empty cache.
LOADS = 10

PIN = "480917"

#: Milliseconds from the start of the navigation to the first letters that are painted.
_FIRST_PAINT = """() => new Promise(resolve => {
    new PerformanceObserver(list => {
        for (const entry of list.getEntriesByName("first-contentful-paint"))
            resolve(entry.startTime);
    }).observe({ type: "paint", buffered: true });
})"""


def measure() -> list[Row]:
    """The first paint of the keypad and of the station page, the latest of `LOADS` loads."""
    with tempfile.TemporaryDirectory(prefix="matside-bench-") as data:
        PinFile(Path(data)).write(stored_pin(PIN))
        with running("--data", data) as station, chromium() as browser:
            keypad = _paints(browser, station, "/staff/enter")
            page = _paints(browser, station, "/staff/")
    return [
        Row("staff keypad, first paint at CPU÷4, p50", percentile(keypad, 0.5), "ms"),
        Row("staff keypad, first paint at CPU÷4, worst", max(keypad), "ms", most=300),
        Row("staff page, first paint at CPU÷4, p50", percentile(page, 0.5), "ms"),
        Row("staff page, first paint at CPU÷4, worst", max(page), "ms", most=300),
    ]


def _paints(browser: Browser, station: Station, path: str) -> list[float]:
    times = []
    for _ in range(LOADS):
        with browser.new_context(viewport={"width": 800, "height": 480}) as context:
            page = context.new_page()
            _sign_in(page, station)
            devtools = context.new_cdp_session(page)
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
            devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
            page.goto(station.address + path)
            times.append(float(page.evaluate(_FIRST_PAINT)))
    return times


def _sign_in(page: Page, station: Station) -> None:
    headers = {"Origin": station.address}
    page.request.post(f"{station.address}/staff/sign-in", data={"pin": PIN}, headers=headers)
