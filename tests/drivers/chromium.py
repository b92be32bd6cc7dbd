"""Where the browser of the tests comes from, and a station to point it at."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Browser, Error, Playwright

#: The panels of the design, and a desktop.
SIZES = {
    "7in": (800, 480),
    "10in": (1280, 800),
    "portrait": (720, 1280),
    "desktop": (1920, 1080),
}

HOW_TO_GET_ONE = (
    "no Chromium here: apt-get install chromium, or .venv/bin/playwright install chromium"
)

#: Keeps a browser that has no network from looking for one.
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


def launch(playwright: Playwright) -> Browser | None:
    """The system's Chromium, else Playwright's own, else None."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with contextlib.suppress(Error):
        return playwright.chromium.launch(executable_path=path, args=_QUIET)
    return None


@dataclass(frozen=True, slots=True)
class LiveStation:
    """A station in a process of its own, on mock hardware.

    Attributes:
        url: Its address, without a slash at the end.
        process: The process.
    """

    url: str
    process: subprocess.Popen[str]

    def get(self, path: str) -> Any:
        """The JSON at `path`."""
        with urllib.request.urlopen(self.url + path, timeout=5) as answer:
            return msgspec.json.decode(answer.read())

    def post(self, path: str, **body: object) -> Any:
        """Post `body` as JSON to `path`, as the station's own page would."""
        request = urllib.request.Request(
            self.url + path,
            data=msgspec.json.encode(body),
            headers={"Origin": self.url, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=5) as answer:
            return msgspec.json.decode(answer.read())

    def press(self) -> None:
        """Press the mock's button once, for longer than a glitch."""
        self.post("/api/mock/button", level="down")
        time.sleep(0.03)
        self.post("/api/mock/button", level="up")


@contextlib.contextmanager
def live_station(data: Path, *options: str) -> Iterator[LiveStation]:
    """Start ``matside run`` on a free port with `options`; stop it at the end."""
    command = [sys.executable, "-m", "kiosk.main.cli", "run", "--hardware", "mock"]
    command += ["--port", "0", "--data", str(data), *options]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    try:
        yield LiveStation(_address(process), process)
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _address(process: subprocess.Popen[str]) -> str:
    """The address that the station says when it is ready."""
    said = ""
    for line in process.stderr or ():
        said += line
        if found := re.search(r"ready: (http://\S+)/", line):
            return found[1]
    raise AssertionError(f"the station did not start: {said}")
