"""What the link to a broker costs: press to event beside good and bad brokers, and memory."""

import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from bench.press_to_stream import press_times
from bench.proc import megabytes, status
from bench.stations import running
from bench.table import Row, percentile
from bench.wire import Client, Stream
from kiosk.fleet.messages import LARGEST
from tests.drivers.bad_broker import bad_broker, deaf, publish, sends, silent
from tests.drivers.broker import Broker, free_port
from tests.drivers.killed_link import torment

PRESSES = 500
#: How often the station is killed.
KILLS = 200
#: Seconds after which a station is at rest.
REST = 6.0

#: Messages that a broker had kept under the station's own topics: large ones, and commands.
KEPT = publish(b"matside/mat-1/versions", bytes(LARGEST // 2)) + publish(
    b"matside/mat-1/do/restart_browser", b"PRESS"
)

BAD = {
    "is silent": silent,
    "takes nothing": deaf,
    "floods": sends(KEPT),
    "sends garbage": sends(b"\xff\x00garbage" * 100),
}


def measure() -> list[Row]:
    """Press to event and memory, without a link and with each kind of broker."""
    off = _station("no link", "")
    rows = [*off]
    with _good() as port:
        rows += _station("a good broker", _settings(port), most=off[-1].value + 8)
    rows += _station("no broker", _settings(free_port()))
    for name in BAD:
        with _bad(name) as port:
            rows += _station(f"a broker that {name}", _settings(port))
    return rows


def measure_killed() -> list[Row]:
    """Sessions that are missing or double after many kills and restarts of the broker."""
    with tempfile.TemporaryDirectory(prefix="matside-killed-") as folder:
        count = torment(Path(folder), KILLS, seed=1)
    said = {"sessions": float(count.sessions), "messages": float(count.messages)}
    said |= {"kills": float(count.kills), "broker restarts": float(count.restarts)}
    return [
        Row("sessions lost", count.missing, "", most=0, detail=said),
        Row("sessions double after their ids", count.doubles, "", most=0),
    ]


def _settings(port: int) -> str:
    return f'[fleet]\nbroker = "127.0.0.1"\nport = {port}\ntls = false\nstation = "mat-1"\n'


def _station(name: str, settings: str, most: float | None = None) -> list[Row]:
    """The rows of a station with `settings`; `most` is the aim of its memory."""
    with running(settings=settings) as station:
        with Client(station) as client, Stream(station):
            client.get("/")
            time.sleep(REST)
            memory = megabytes(status(Path(f"/proc/{station.pid}/status"))["VmRSS"])
        times = press_times(station, PRESSES)
    return [
        Row(f"press → event bytes, p50, {name}", percentile(times, 0.5), "ms"),
        Row(f"press → event bytes, p99, {name}", percentile(times, 0.99), "ms"),
        Row(f"start → ready, {name}", station.ready - station.spawned, "s"),
        Row(f"memory at rest, {name}", memory, "MB", most=most),
    ]


@contextmanager
def _good() -> Iterator[int]:
    """The port of a broker that is as it should be."""
    with tempfile.TemporaryDirectory(prefix="matside-broker-") as folder:
        broker = Broker(Path(folder))
        try:
            yield broker.port
        finally:
            broker.kill()


@contextmanager
def _bad(name: str) -> Iterator[int]:
    """The port of a bad broker, which has a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(name, there), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.kill()
        process.join()


def _serve(name: str, pipe: Connection) -> None:
    with bad_broker(BAD[name]) as broker:
        pipe.send(broker.port)
        while True:
            time.sleep(60)
