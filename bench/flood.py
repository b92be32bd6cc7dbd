"""How late a press is while somebody sends 10,000 requests at once."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.stations import ROOT, Station, running
from bench.table import Row, percentile
from bench.wire import Client, Stream, event_of
from kiosk.settings.address import EVERYWHERE
from kiosk.staff.pin import stored_pin
from kiosk.staff.pin_file import PinFile
from tests.drivers.flood import own_address

REQUESTS, CONNECTIONS = 10_000, 90

#: Edges of the button without a flood, to compare with.
QUIET = 30

#: Seconds from an event to the next edge.
APART = 0.05


def measure() -> list[Row]:
    """The time from the pin to the event in another process, while wrong PINs are tried.

    Each try that need not wait is hashed, at the cost of a real PIN.
    """
    with tempfile.TemporaryDirectory(prefix="matside-bench-") as data:
        PinFile(Path(data)).write(stored_pin("480917"))
        with running("--data", data, "--host", EVERYWHERE[0]) as station:
            left = iter(range(QUIET))
            quiet = _times(station, lambda: next(left, None) is not None)
            command = [sys.executable, "-m", "tests.drivers.flood", own_address()]
            command += [str(station.port), str(REQUESTS), str(CONNECTIONS)]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as flood:
                times = _times(station, lambda: flood.poll() is None)
                said = flood.stdout.read() if flood.stdout else ""
    print(f"    the answers by their status: {said.strip()}")
    return [
        Row("press → event without a flood, p50", percentile(quiet, 0.5), "ms"),
        Row("press → event in a flood, p50", percentile(times, 0.5), "ms"),
        Row("press → event in a flood, worst", max(times), "ms", most=50),
    ]


def _times(station: Station, goes_on: Callable[[], bool]) -> list[float]:
    """The times of edges of the button as long as `goes_on` says yes, in milliseconds.

    The station says when the contact moved, so the request that moves it is not in the times: it
    has to wait in the flood like any other.
    """
    times = []
    with Client(station) as client, Stream(station) as stream:
        stream.message()
        down = False
        while goes_on() or down:
            down = not down
            client.post("/api/mock/button", level="down" if down else "up")
            message, at = stream.message()
            while (event_of(message)["clock"]["pressed"] is not None) is not down:
                message, at = stream.message()  # of something else, such as a hold
            moved = client.moved_at()
            if down:
                times.append((at - moved) * 1000)
            time.sleep(APART)
    return times
