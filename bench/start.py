"""The time that the station takes to start, up to its first answer."""

import time

from bench.stations import running
from bench.table import Row, percentile
from bench.wire import Client

STARTS = 7


def measure() -> list[Row]:
    """Seconds until it says that it is ready, and until it has answered the first ``GET /``.

    A first start is not counted: in it Python compiles, and the disk is read.
    """
    ready, answered = [], []
    for _ in range(STARTS + 1):
        with running() as station, Client(station) as client:
            client.get("/")
            answered.append(time.perf_counter() - station.spawned)
            ready.append(station.ready - station.spawned)
    return [
        Row("start → ready, median", percentile(ready[1:], 0.5), "s", most=0.6),
        Row("start → ready, slowest", max(ready[1:]), "s"),
        Row("start → first page answered, median", percentile(answered[1:], 0.5), "s"),
    ]
