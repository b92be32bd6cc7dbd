"""The installed station as a service: start it, ask it over HTTP, listen to it, end it."""

import http.client
import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple, Self

#: Where the wheel is installed, and who runs it: a plain user of the group gpio, as on a Pi.
MATSIDE = "/opt/matside/bin/matside"
USER = "station"
PORT = 8080
UNIT = "matside-hil"
DATA = "/var/lib/matside-hil"

#: Python starts slowly on an emulated CPU.
START_SECONDS = 120


class Event(NamedTuple):
    """One event of the stream: when its first bytes came, and what it says."""

    at: float
    data: dict[str, Any]


def start_station(hardware: str) -> "Station":
    """Start ``matside run`` as a service of the test's own, and wait until it answers."""
    Path(DATA).mkdir(exist_ok=True)
    subprocess.run(["chown", "-R", USER, DATA], check=True)
    subprocess.run(["systemctl", "reset-failed", UNIT], check=False, capture_output=True)
    service = ["systemd-run", f"--unit={UNIT}", f"--uid={USER}", "--quiet", "--collect"]
    service += ["--property=SupplementaryGroups=gpio", f"--property=WorkingDirectory={DATA}"]
    service += [f"--property=ExecStopPost={MATSIDE} silence --hardware {hardware}"]
    command = [MATSIDE, "run", "--hardware", hardware, "--port", str(PORT), "--data", DATA]
    subprocess.run([*service, *command], check=True)
    station = Station(UNIT)
    station.wait()
    return station


class Station:
    """The station that a unit of systemd runs."""

    def __init__(self, unit: str) -> None:
        self._unit = unit

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            TimeoutError: It does not; the text has its log.
        """
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline:
                raise TimeoutError(f"the station did not start:\n{self.log()}")
            time.sleep(0.3)

    def pid(self) -> int:
        """Give its process."""
        return int(self._shown("MainPID"))

    def session(self) -> dict[str, Any]:
        """``GET /api/session``."""
        return self._request("GET", "/api/session")

    def health(self) -> dict[str, Any]:
        """``GET /healthz``."""
        return self._request("GET", "/healthz")

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """POST as the page does."""
        return self._request("POST", path, json.dumps(body))

    def end(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Send a signal, wait for the end and the stop step; give the seconds that they took."""
        pid = self.pid()
        start = time.monotonic()
        os.kill(pid, how)
        while Path(f"/proc/{pid}").exists() or self._shown("ActiveState") not in {
            "inactive",
            "failed",
        }:
            if time.monotonic() - start > START_SECONDS:
                raise TimeoutError(f"the station did not end on {how.name}:\n{self.log()}")
            time.sleep(0.01)
        return time.monotonic() - start

    def log(self) -> str:
        """Give the last lines of what it said."""
        shown = subprocess.run(
            ["journalctl", "-u", self._unit, "-n", "40", "-o", "cat", "--no-pager"],
            check=False,
            capture_output=True,
            text=True,
        )
        return shown.stdout

    def _shown(self, name: str) -> str:
        shown = subprocess.run(
            ["systemctl", "show", "-P", name, self._unit],
            check=True,
            capture_output=True,
            text=True,
        )
        return shown.stdout.strip()

    def _answers(self) -> bool:
        try:
            self.health()
        except OSError:
            return False
        return True

    def _request(self, method: str, path: str, body: str | None = None) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        headers = {"Origin": f"http://127.0.0.1:{PORT}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, body, headers if body else {})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status != http.HTTPStatus.OK:
            raise OSError(f"{method} {path}: {answer.status} {text.decode()}")
        found: dict[str, Any] = json.loads(text)
        return found


class Stream:
    """Listens to ``/events`` as the kiosk's page does, in a thread; a context manager."""

    def __init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self._connection.request("GET", "/events")
        self._answer = self._connection.getresponse()
        self._events: list[Event] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._connection.sock:
            self._connection.sock.close()
        self._answer.close()

    def events(self) -> list[Event]:
        """Give the events so far."""
        return list(self._events)

    def _listen(self) -> None:
        pending = b""
        first = 0.0
        try:
            while piece := self._answer.read1():
                if not pending:
                    first = time.monotonic()
                pending += piece
                *whole, pending = pending.split(b"\n\n")
                for message in whole:
                    self._take(first, message)
        except (OSError, ValueError, AttributeError):
            return  # the test or the station has ended the stream

    def _take(self, at: float, message: bytes) -> None:
        lines = message.split(b"\n")
        if any(line.startswith(b"event:") for line in lines):
            return  # a heartbeat
        for line in lines:
            if line.startswith(b"data: "):
                self._events.append(Event(at, json.loads(line[6:])))
