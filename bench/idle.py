"""How often an idle station wakes up."""

import time

from bench.proc import wakeups
from bench.stations import Station, running
from bench.table import Row
from bench.wire import Stream

#: Seconds before the count, for what the start and the connection leave behind.
CALM = 2.0

#: Seconds of the count: a whole number of heartbeats.
COUNTED = 20.0


def measure() -> list[Row]:
    """Voluntary context switches a second at the attract screen, without and with a stream."""
    with running() as station:
        alone = _count(station)
        with Stream(station):
            watched = _count(station)
    return [
        Row("idle, nobody connected: wake-ups", alone, "/s", most=0),
        # A heartbeat every 5 s wakes the stream's thread and the server's loop.
        Row("idle, one stream: wake-ups", watched, "/s", most=1),
    ]


def _count(station: Station) -> float:
    time.sleep(CALM)
    before = wakeups(station.pid)
    time.sleep(COUNTED)
    return (wakeups(station.pid) - before) / COUNTED
