"""A station on mock hardware in a process of its own, to be measured."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.table import BenchError

#: The folder that has the packages of this working copy.
ROOT = Path(__file__).parent.parent

#: Seconds that a station may take to start or to stop.
PATIENCE = 20.0

#: The environment that its systemd unit gives it: systemd/matside.service.
AS_A_SERVICE = {"PYTHONUNBUFFERED": "1", "MALLOC_ARENA_MAX": "1"}


@dataclass(frozen=True, slots=True)
class Station:
    """A running station.

    Attributes:
        address: Its URL, without a slash at the end.
        pid: The number of its process.
        spawned: What `time.perf_counter` said just before the process was started.
        ready: What `time.perf_counter` said when the station had said that it is ready.
    """

    address: str
    pid: int
    spawned: float
    ready: float

    @property
    def port(self) -> int:
        """The port of 127.0.0.1 that it listens on."""
        port = urlsplit(self.address).port
        if port is None:
            raise BenchError(f"no port in {self.address}")
        return port


@contextlib.contextmanager
def running(*options: str, settings: str = "", root: Path = ROOT) -> Iterator[Station]:
    """Start ``matside run`` on mock hardware with a fresh data directory; stop it at the end.

    Args:
        options: More options of the command.
        settings: The text of its settings file.
        root: The folder that has its Python packages.

    Raises:
        BenchError: It did not start.
    """
    with tempfile.TemporaryDirectory(prefix="matside-bench-") as directory:
        config = Path(directory, "config.toml")
        config.write_text(settings, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "kiosk.main.cli",
            "run",
            "--hardware",
            "mock",
            "--port",
            "0",
        ]
        command += ["--data", directory, "--config", str(config), *options]
        spawned = time.perf_counter()
        process = subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            text=True,
            cwd=root,
            env={**os.environ, **AS_A_SERVICE},
        )
        try:
            address = _address(process)
            yield Station(address, process.pid, spawned, time.perf_counter())
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def _address(process: subprocess.Popen[str]) -> str:
    said = ""
    for line in process.stderr or ():
        said += line
        before, found, address = line.partition("ready: ")
        if found and before:
            return address.strip().rstrip("/")
    raise BenchError(f"the station did not start: {said}")
