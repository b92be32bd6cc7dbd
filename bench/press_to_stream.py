"""From a press of the mock's button to the event's bytes in another process."""

import time

from bench.stations import Station, running
from bench.table import BenchError, Row, percentile
from bench.wire import Client, Stream, event_of

PRESSES = 1000


def measure() -> list[Row]:
    """Press to bytes with the glitch filter as shipped, and without it.

    Starts before the request that drives the mock's pin is sent, so that request is in it.
    Presses follow one another too soon to advance a step, mostly; each still makes an event.
    """
    rows = []
    for name, settings in (("", ""), (", no glitch filter", "[panel]\nfilter_ms = 0\n")):
        with running(settings=settings) as station:
            times = _times(station)
        rows += [
            Row(f"press → event bytes, p50{name}", percentile(times, 0.5), "ms"),
            Row(f"press → event bytes, p99{name}", percentile(times, 0.99), "ms"),
        ]
    return rows


def _times(station: Station) -> list[float]:
    """Milliseconds of `PRESSES` presses."""
    times = []
    with Client(station) as client, Stream(station) as stream:
        stream.message()
        for _ in range(PRESSES):
            sent = time.perf_counter()
            client.post("/api/mock/button", level="down")
            message, at = stream.message()
            client.answer()
            _check(message, down=True)
            times.append((at - sent) * 1000)
            client.post("/api/mock/button", level="up")
            client.answer()
            # Comes once the line has been quiet: from then on the next press counts.
            _check(stream.message()[0], down=False)
    return times


def _check(message: bytes, *, down: bool) -> None:
    """Each edge makes exactly one event, and in order."""
    if (event_of(message)["clock"]["pressed"] is not None) is not down:
        raise BenchError(f"an event too many or too few: {message[:80]!r}")
