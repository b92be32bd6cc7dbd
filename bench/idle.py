"""How often a station wakes up that has nothing to do."""

import time

from bench.proc import wakeups
from bench.stations import Station, running
from bench.table import Row
from bench.wire import Stream

#: Seconds before the count, so that what start and connection still have to do is not in it.
CALM = 2.0

#: Seconds of the count. A heartbeat comes every 5 s, so it has a whole number of them.
COUNTED = 20.0


def measure() -> list[Row]:
    """How often a second its threads wake up at the attract screen, without and with a stream.

    Linux counts this as voluntary context switches.
    """
    with running() as station:
        alone = _count(station)
        with Stream(station):
            watched = _count(station)
    return [
        Row("idle, nobody connected: wake-ups", alone, "/s", most=0),
        # Each heartbeat, every 5 s, wakes the thread of the stream and the loop of the server.
        Row("idle, one stream: wake-ups", watched, "/s", most=1),
    ]


def _count(station: Station) -> float:
    time.sleep(CALM)
    before = wakeups(station.pid)
    time.sleep(COUNTED)
    return (wakeups(station.pid) - before) / COUNTED
