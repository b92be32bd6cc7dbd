"""``make fleet-bench``: a day of many stations at one broker, at speed, and the broker restarts.

Each station has the real session, store, outbox and link; nobody draws its screen. Many share a
process. Waits of the link are those of a gym: only the day is short.
"""

import argparse
import json
import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from bench.proc import megabytes, status
from bench.table import BenchError, Row, percentile, print_row, write
from kiosk.fleet import sender
from kiosk.records.outbox import Outbox
from kiosk.records.store import FILE
from kiosk.settings.shapes import FleetSection
from tests.drivers.broker import Broker, Ear, until
from tests.drivers.killed_link import RULES
from tests.drivers.linked import Linked

#: How many stations, unless somebody says.
SIZES = (50, 100, 200)
#: Seconds that the day lasts, and how often each station is used in it.
DAY, SESSIONS = 60.0, 15
#: Stations in one process.
TOGETHER = 50
#: Seconds that the broker is away in the middle of the day.
AWAY = 5.0
#: Seconds that a station keeps what the broker has acknowledged; the day is short.
HELD = 10.0
#: Seconds that it may take until all is there in the end.
PATIENCE = 300.0
#: Seconds in which what the broker has acknowledged must have come to the archive.
ARRIVES_WITHIN = 60.0


def live(names: list[str], port: int, folder: Path, pipe: Connection) -> None:
    """Run stations through their day; in a process of its own. Tells when they are up, and done."""
    sender.HELD = HELD
    stations = [
        Linked(
            folder / name,
            RULES,
            FleetSection(broker="127.0.0.1", port=port, tls=False, station=name),
        )
        for name in names
    ]
    until(
        lambda: all(station.link.health().connected for station in stations),
        "all are linked",
        within=PATIENCE,
    )
    pipe.send("up")
    pipe.recv()
    dice, began = random.Random(names[0]), time.monotonic()
    day = sorted(
        (dice.uniform(0, DAY), number) for number in range(len(stations)) for _ in range(SESSIONS)
    )
    for moment, number in day:
        time.sleep(max(0.0, began + moment - time.monotonic()))
        stations[number].session()
    pipe.send("evening")
    outboxes = [Outbox(folder / name / FILE) for name in names]
    until(lambda: not any(outbox.count() for outbox in outboxes), "all is sent", within=PATIENCE)
    pipe.send("night")
    pipe.recv()


def measure(size: int) -> list[Row]:
    """The rows of a day of `size` stations."""
    with tempfile.TemporaryDirectory(prefix="matside-fleet-") as name:
        folder = Path(name)
        there = f"persistence_location {folder}/broker/"
        broker = Broker(folder / "broker", "persistence true", there, "max_queued_messages 0")
        archive = Ear(broker.port, "matside/#", client_id="archive", keep=True)
        try:
            with _stations(size, broker.port, folder) as pipes:
                return _day(size, broker, archive, pipes)
        finally:
            archive.close()
            broker.kill()


def _day(size: int, broker: Broker, archive: Ear, pipes: list[Connection]) -> list[Row]:
    _wait(pipes, "up")
    at_start = _memory(broker)
    _tell(pipes, "go")
    time.sleep(DAY / 2)
    before = _memory(broker)
    broker.stop()
    time.sleep(AWAY)
    heard, back = len(archive.heard), time.monotonic()
    broker.start()
    _wait(pipes, "evening")
    evening = time.monotonic()
    _wait(pipes, "night")
    night = time.monotonic()
    sessions = size * SESSIONS
    with suppress(AssertionError):  # what has not come by then is lost
        until(lambda: len(set(_ids(archive))) >= sessions, within=ARRIVES_WITHIN)
    ids = _ids(archive)
    returns = _returns(archive, heard, back)
    if len(returns) < size:
        raise BenchError(f"only {len(returns)} of {size} stations are back")
    bytes_heard = sum(len(topic) + len(payload) for topic, payload in archive.heard)
    said = f", {size} stations"
    return [
        Row(f"sessions{said}", sessions, ""),
        Row(f"sessions lost{said}", sessions - len(set(ids)), "", most=0),
        Row(f"sessions sent again{said}", len(ids) - len(set(ids)), ""),
        Row(f"messages{said}", len(archive.heard), ""),
        Row(f"bytes of all messages{said}", bytes_heard / 1e6, "MB"),
        Row(f"broker's memory at the start{said}", at_start, "MB"),
        Row(f"broker's memory at noon{said}", before, "MB"),
        Row(f"broker back → first station back{said}", returns[0], "s"),
        Row(f"broker back → half of them back{said}", percentile(returns, 0.5), "s"),
        Row(f"broker back → all back{said}", returns[size - 1], "s"),
        Row(f"last session → all sent, and held for {HELD:.0f} s{said}", night - evening, "s"),
    ]


def _ids(archive: Ear) -> list[str]:
    return [json.loads(each)["id"] for each in archive.on("/session")]


def _returns(archive: Ear, heard: int, since: float) -> list[float]:
    """How many seconds after `since` each station was online again, in order."""
    first: dict[str, float] = {}
    times = archive.times[heard:]
    for (topic, payload), at in zip(archive.heard[heard:], times, strict=False):
        if topic.endswith("/availability") and payload == b"online" and at >= since:
            first.setdefault(topic, at - since)
    return sorted(first.values())


def _memory(broker: Broker) -> float:
    return megabytes(status(Path(f"/proc/{broker.pid}/status"))["VmRSS"])


@contextmanager
def _stations(size: int, port: int, folder: Path) -> Iterator[list[Connection]]:
    """Processes with `size` stations, and a pipe to each process."""
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    names = [f"mat-{number}" for number in range(size)]
    for first in range(0, size, TOGETHER):
        here, there = context.Pipe()
        some = names[first : first + TOGETHER]
        process = context.Process(target=live, args=(some, port, folder, there), daemon=True)
        process.start()
        pipes.append(here)
        processes.append(process)
    try:
        yield pipes
    finally:
        for process in processes:
            process.kill()
            process.join()


def _wait(pipes: list[Connection], word: str) -> None:
    for pipe in pipes:
        if not pipe.poll(PATIENCE + DAY):
            raise BenchError(f"the stations are too slow for this machine: no {word!r}")
        said = pipe.recv()
        if said != word:
            raise BenchError(f"{said!r} instead of {word!r}")


def _tell(pipes: list[Connection], word: str) -> None:
    for pipe in pipes:
        pipe.send(word)


def main() -> None:
    """Measure a day of each size, print the table and write it as JSON."""
    parser = argparse.ArgumentParser(prog="bench.fleet_day", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help=f"how many stations; else {SIZES}")
    rows = []
    for size in parser.parse_args().sizes or SIZES:
        for row in measure(size):
            print_row(row)
            rows.append(row)
    print(f"written to {write(rows)}")


if __name__ == "__main__":
    main()
