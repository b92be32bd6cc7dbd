"""How many bytes a browser fetches to show the page for the first time."""

from playwright.sync_api import Browser, Response

from bench.browser import chromium
from bench.stations import Station, running
from bench.table import Row
from bench.wire import Stream

#: Milliseconds after the page has loaded, in which it fetches more: fonts and the mock's pins.
AFTER = 1000


def measure() -> list[Row]:
    """Kilobytes of all answers, with the first event of the stream: as sent, and unpacked.

    Headers are not counted.
    """
    with running() as station, chromium() as browser:
        plain = bodies(browser, station, "/?panel=off")
        mock = bodies(browser, station, "/")
    return [
        Row("first load, as sent", kilobytes(plain, 0), "kB", most=60, detail=_detail(plain)),
        Row("first load, unpacked", kilobytes(plain, 1), "kB"),
        Row("first load with the mock panel, as sent", kilobytes(mock, 0), "kB"),
    ]


def kilobytes(bodies: dict[str, tuple[float, float]], which: int) -> float:
    """The sum of `bodies` in kB: 0 for `which` as sent, 1 unpacked."""
    return sum(body[which] for body in bodies.values()) / 1000


def _detail(bodies: dict[str, tuple[float, float]]) -> dict[str, float]:
    return {path: sent for path, (sent, _) in bodies.items()}


def bodies(browser: Browser, station: Station, path: str) -> dict[str, tuple[float, float]]:
    """The bytes of each answer to a first load of `path`, by its path: as sent, and unpacked."""
    responses: list[Response] = []

    def note(response: Response) -> None:
        responses.append(response)

    with browser.new_context() as context:
        page = context.new_page()
        page.on("response", note)
        page.goto(station.address + path, wait_until="load")
        page.wait_for_timeout(AFTER)
        answers = {
            response.url.removeprefix(station.address): (
                float(response.request.sizes()["responseBodySize"]),
                float(len(response.body())),
            )
            for response in responses
            if not response.url.endswith("/events")
        }
    with Stream(station) as stream:
        snapshot = float(len(stream.message()[0]))
    return answers | {"/events": (snapshot, snapshot)}
