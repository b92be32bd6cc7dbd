"""Archives in processes of their own, and sessions for them; `bench/` uses it too."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kiosk.fleet.messages import SessionMessage
from tests.drivers.broker import Broker, Ear, until

#: A broker that keeps what it has for an archive that is away, also if it is restarted.
KEEPS = ("persistence true", "max_queued_messages 0", "autosave_interval 2", "set_tcp_nodelay true")


def session(number: int = 1, station: str = "mat-1", **more: Any) -> SessionMessage:
    """A session that has ended."""
    told = {
        "id": str(uuid.uuid4()),
        "name": "Mat 1",
        "started": "2026-03-04T17:05:06+00:00",
        "routine": "psoas-release",
        "side_seconds": 120,
        "left": 120.0,
        "right": 118.5,
        "ended": "finished",
    }
    return SessionMessage(**{**told, "number": number, "station": station, **more})


def tell(ear: Ear, told: SessionMessage) -> None:
    """Send a session, as its station does, again if it must; then the broker has it."""

    def acknowledged() -> bool:
        try:
            ear.say(f"matside/{told.station}/session", msgspec.json.encode(told))
        except RuntimeError:
            return False  # the broker is away
        return True

    until(acknowledged, "the broker takes a session")


class ArchiveProcess:
    """An archive.

    Args:
        folder: Where its settings are written.
        broker: The broker that it takes from.
        url: The database that it puts into.
        name: Its name for the broker.
        more: Further options.
    """

    def __init__(
        self, folder: Path, broker: Broker, url: str, name: str = "archive", *more: str
    ) -> None:
        self._settings = folder / f"{name}.toml"
        self._settings.write_text(
            f'[fleet]\nbroker = "127.0.0.1"\nport = {broker.port}\ntls = false\n'
        )
        self._command = ["archive", "--database", url, "--name", name, *more, "--config"]
        self._process: subprocess.Popen[str] | None = None
        self.log: list[str] = []
        self.start()

    def start(self) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.main.cli", *self._command, self._settings],
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()

    def kill(self) -> None:
        """Kill it, as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end, and give its exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid, how)
        status = self._process.wait(30)
        self._reader.join(30)
        return status

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stderr is not None
        with process.stderr:
            self.log.extend(process.stderr)


@contextlib.contextmanager
def archiving(
    folder: Path, broker: Broker, url: str, name: str = "archive", *more: str
) -> Iterator[ArchiveProcess]:
    """An archive that runs meanwhile."""
    archive = ArchiveProcess(folder, broker, url, name, *more)
    try:
        yield archive
    finally:
        archive.kill()


def restart(broker: Broker) -> None:
    """Restart a broker as systemd does: it writes down what it has."""
    os.kill(broker.pid, signal.SIGTERM)
    assert broker._process is not None
    broker._process.wait(30)
    broker.start()
