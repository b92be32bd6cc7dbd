"""The time from a press of the mock's button until another process has the bytes of its event."""

import time

from bench.stations import Station, running
from bench.table import BenchError, Row, percentile
from bench.wire import Client, Stream, event_of

PRESSES = 1000


def measure() -> list[Row]:
    """The times with the glitch filter as it is set by default, and without it.

    A time begins just before the request that moves the mock's pin is sent, so it includes that
    request. Most presses come so soon after the last that they do not advance a step; but each of
    them makes an event.
    """
    rows = []
    for name, settings in (("", ""), (", no glitch filter", "[panel]\nfilter_ms = 0\n")):
        with running(settings=settings) as station:
            times = press_times(station, PRESSES)
        rows += [
            Row(f"press → event bytes, p50{name}", percentile(times, 0.5), "ms"),
            Row(f"press → event bytes, p99{name}", percentile(times, 0.99), "ms"),
        ]
    return rows


def press_times(station: Station, presses: int) -> list[float]:
    """The times of so many `presses`, in milliseconds."""
    times = []
    with Client(station) as client, Stream(station) as stream:
        stream.message()
        for _ in range(presses):
            sent = time.perf_counter()
            client.post("/api/mock/button", level="down")
            message, at = stream.message()
            client.answer()
            _check(message, down=True)
            times.append((at - sent) * 1000)
            client.post("/api/mock/button", level="up")
            client.answer()
            # This event comes when the line has been quiet for long enough for the next press.
            _check(stream.message()[0], down=False)
    return times


def _check(message: bytes, *, down: bool) -> None:
    """Make sure that `message` is the event of this edge; each edge makes one, in order.

    Raises:
        BenchError: It is another one.
    """
    if (event_of(message)["clock"]["pressed"] is not None) is not down:
        raise BenchError(f"an event too many or too few: {message[:80]!r}")
