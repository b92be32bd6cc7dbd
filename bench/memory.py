"""How much memory the station needs, at rest and after a whole session with a page open."""

import subprocess
import sys
import time
from pathlib import Path

import msgspec

from bench.proc import megabytes, status
from bench.stations import running
from bench.table import Row
from bench.wire import Client, Stream
from tests.drivers.sessions import go_through

#: Seconds between presses, so that none is taken for a repetition of the last.
APART = 0.3

#: These are imported one after the other in a fresh interpreter. What each adds to its memory is in
#: the result, without what earlier ones had already imported for it.
_CHARGED = ("msgspec", "sqlite3", "gpiozero", "waitress", "flask", "kiosk.main.station")

_CHARGE = """
import importlib, json, sys
def rss():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
charges, before = {"python": rss()}, rss()
for name in sys.argv[1:]:
    importlib.import_module(name)
    charges[name], before = rss() - before, rss()
print(json.dumps(charges))
"""


def measure() -> list[Row]:
    """Resident memory with one stream open, and how much of it the imports take."""
    with running("--speed", "60") as station, Client(station) as client, Stream(station):
        client.get("/")
        idle = status(Path(f"/proc/{station.pid}/status"))
        go_through(client, lambda: time.sleep(APART))
        client.get("/")
        used = status(Path(f"/proc/{station.pid}/status"))
        shares = status(Path(f"/proc/{station.pid}/smaps_rollup"))
    detail = {name: megabytes(used[name]) for name in ("RssAnon", "RssFile", "VmHWM")}
    detail["Pss"] = megabytes(shares["Pss"])
    charges = {f"import {name}": value for name, value in _charges().items()}
    return [
        Row("memory at the attract screen", megabytes(idle["VmRSS"]), "MB"),
        Row(
            "memory after a whole session",
            megabytes(used["VmRSS"]),
            "MB",
            most=45,
            detail=detail | charges,
        ),
    ]


def _charges() -> dict[str, float]:
    """How many MB each import adds."""
    said = subprocess.run(
        [sys.executable, "-c", _CHARGE, *_CHARGED], capture_output=True, check=True
    ).stdout
    kilobytes = msgspec.json.decode(said, type=dict[str, int])
    return {name: megabytes(str(value)) for name, value in kilobytes.items()}
