"""What a browser fetches to show the page for the first time."""

from playwright.sync_api import Browser, Response

from bench.browser import chromium
from bench.stations import Station, running
from bench.table import Row
from bench.wire import Stream

#: Milliseconds for what is fetched after the page has loaded (fonts, the mock's pins).
AFTER = 1000


def measure() -> list[Row]:
    """Bytes of all bodies, uncompressed, with the first snapshot of the event stream."""
    with running() as station, chromium() as browser:
        plain = _bodies(browser, station, "/?bench=off")
        mock = _bodies(browser, station, "/")
    return [
        Row("first load", _kilobytes(plain), "kB", most=60, detail=plain),
        Row("first load with the mock panel", _kilobytes(mock), "kB", detail=mock),
    ]


def _kilobytes(bodies: dict[str, float]) -> float:
    return sum(bodies.values()) / 1000


def _bodies(browser: Browser, station: Station, path: str) -> dict[str, float]:
    """Bytes of each body by its path."""
    responses: list[Response] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - Playwright marks its handlers, a builtin cannot be
        page.goto(station.address + path, wait_until="load")
        page.wait_for_timeout(AFTER)
        bodies = {
            response.url.removeprefix(station.address): float(len(response.body()))
            for response in responses
            if not response.url.endswith("/events")
        }
    with Stream(station) as stream:
        return bodies | {"/events": float(len(stream.message()[0]))}
