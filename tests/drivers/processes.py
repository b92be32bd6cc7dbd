"""Matside in a process of its own: a command that ends by itself, or a station that runs.

A test module that uses this is marked `process`, since each process takes a good part of a second.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from tests.drivers.sessions import Standing, standing_told
from tests.drivers.threads import until

#: The command line, as installed.
MATSIDE = [sys.executable, "-m", "kiosk.main.cli"]


def matside(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; it must never show a traceback."""
    done = subprocess.run(
        [*MATSIDE, *arguments], capture_output=True, text=True, timeout=30, check=False
    )
    assert "Traceback" not in done.stderr
    return done


#: Seconds for which a test waits until a station logs something: far more than it takes.
LONGEST_SILENCE = 60.0

#: Has a station listen on any free port, unless its other options or a test say which.
ANY_PORT = ("--port", "0")


@dataclass(frozen=True, slots=True)
class LiveStation:
    """A station that runs, on mock hardware.

    Attributes:
        url: Its address, without a slash at the end.
        process: The process; what it logs comes from its standard error.
        said: What it logged until it was ready, and that it is.
    """

    url: str
    process: subprocess.Popen[str]
    said: str

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.url.rpartition(":")[2])

    def get(self, path: str) -> Any:
        """The JSON at `path`."""
        with urllib.request.urlopen(self.url + path, timeout=5) as answer:
            return msgspec.json.decode(answer.read())

    def text(self, path: str) -> str:
        """The text at `path`."""
        with urllib.request.urlopen(self.url + path, timeout=5) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **body: object) -> Any:
        """Post `body` as JSON to `path`, as the station's own page would."""
        request = urllib.request.Request(
            self.url + path,
            data=msgspec.json.encode(body),
            headers={"Origin": self.url, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=5) as answer:
            return msgspec.json.decode(answer.read())

    def standing(self) -> Standing:
        """Where the session stands."""
        return standing_told(self.get("/api/session"))

    def press(self) -> None:
        """Press the mock's button once, and hold it until the press counts."""
        before = self._presses()
        self.post("/api/mock/button", level="down")
        assert until(lambda: self._presses() > before), "the press did not count"
        self.post("/api/mock/button", level="up")

    def _presses(self) -> int:
        """How many presses the panel has counted."""
        return int(self.get("/healthz")["button"]["presses"])

    def reload(self) -> None:
        """Have it take its settings anew, as ``systemctl reload`` does."""
        self.process.send_signal(signal.SIGHUP)

    def wait_for_log(self, text: str) -> None:
        """Wait until it logs `text`, and kill it if it does not for `LONGEST_SILENCE` seconds."""
        silence = threading.Timer(LONGEST_SILENCE, self.process.kill)
        silence.start()
        try:
            found = any(text in line for line in self.process.stderr or ())
        finally:
            silence.cancel()
        assert found, f"the station had no word of {text!r}"

    def button(self, action: str) -> None:
        """Do `action` with the button by the API, which answers when it has been done.

        Args:
            action: ``press``, ``hold``, ``down`` or ``up``.
        """
        self.post("/api/button", action=action)


def free_port() -> int:
    """A port that nothing listens on, for a station that comes up at the same one again."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def live_station(
    data: Path | None, *options: str, inside: Sequence[str] = ()
) -> Iterator[LiveStation]:
    """Start ``matside run`` on a free port; kill it at the end, if it still runs.

    Args:
        data: The data directory; None if the options name it, in a settings file.
        options: Further options of the command.
        inside: A command that becomes the one after it, for example to take rights away first.
    """
    command = [*inside, *MATSIDE, "run", "--hardware", "mock", *ANY_PORT]
    if data is not None:
        command += ["--data", str(data)]
    no_display = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    process = subprocess.Popen(
        [*command, *options], stderr=subprocess.PIPE, text=True, env=no_display
    )
    try:
        url, said = _address(process)
        yield LiveStation(url, process, said)
    finally:
        process.kill()
        process.wait(10)
        if process.stderr is not None:
            process.stderr.close()


def _address(process: subprocess.Popen[str]) -> tuple[str, str]:
    """The address that the station says when it is ready, and all that it said until then."""
    said = ""
    for line in process.stderr or ():
        said += line
        if found := re.search(r"ready: (http://\S+)/", line):
            return found[1], said
    raise AssertionError(f"the station did not start: {said}")
