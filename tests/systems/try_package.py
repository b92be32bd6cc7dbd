"""Installs a package of Matside, goes through a session, and looks at what is stored.

Runs as root in a system that is thrown away, on its own Python; it needs no network and no systemd:

    python3 -m tests.systems.try_package PACKAGE

It prints a line for each step: whether it went right, the seconds it took, and what was seen.
"""

import http.client
import json
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Emulated, a program of Python's takes many times its usual time to start.
PATIENCE = 300
#: Seconds a side, and how much faster than usual the routine's clock runs.
SIDE, SPEED = 60, 20
#: Between two presses; a shorter time would be taken for one press that bounced.
APART = 0.5


class Station:
    """The station that runs here, and what a member and its page do with it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["matside", "run", "--hardware", "mock", "--port", "0", "--speed", str(SPEED)],
            stderr=subprocess.PIPE,
            text=True,
        )
        said = ""
        for line in self._process.stderr or ():
            said += line
            if found := re.search(r"ready: http://([^/\s]+)/", line):
                self._address = found[1]
                break
        else:
            raise AssertionError(f"it did not start:\n{said}")

    def session(self) -> dict[str, Any]:
        """``GET /api/session``."""
        return self._ask("GET", "/api/session")

    def health(self) -> dict[str, Any]:
        """``GET /healthz``."""
        return self._ask("GET", "/healthz")

    def choose(self, **choices: Any) -> None:
        """``POST /api/choose``."""
        self._ask("POST", "/api/choose", choices)

    def press(self) -> None:
        """Press the panel's button."""
        self._ask("POST", "/api/mock/button", {"level": "down"})
        time.sleep(0.05)
        self._ask("POST", "/api/mock/button", {"level": "up"})
        time.sleep(APART)

    def end(self) -> int:
        """Send it SIGTERM, as systemd does; give its exit status."""
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE)
        return self._process.returncode

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        connection = http.client.HTTPConnection(self._address, timeout=PATIENCE)
        headers = {"Origin": f"http://{self._address}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            found: dict[str, Any] = json.loads(answer.read())
        finally:
            connection.close()
        assert answer.status == http.HTTPStatus.OK, f"{path}: {answer.status} {found}"
        return found


class Trial:
    """The steps, each with what it came to.

    Attributes:
        wrong: How many steps went wrong.
    """

    def __init__(self, package: str) -> None:
        self.wrong = 0
        self._package = package

    def go(self) -> None:
        """Take every step; one that goes wrong ends the trial."""
        steps: list[tuple[str, Callable[[], str]]] = [
            ("the system", self._system),
            ("install the package", self._install),
            ("matside --version", lambda: call("matside", "--version")),
            ("matside check", self._check),
            ("start on mock hardware", self._start),
            ("a session, both sides", self._session),
            ("SIGTERM", self._end),
            ("the store", self._store),
        ]
        for what, step in steps:
            start = time.monotonic()
            try:
                seen, right = step(), "ok   "
            except (AssertionError, OSError, subprocess.SubprocessError) as problem:
                seen, right = str(problem), "WRONG"
                self.wrong += 1
            print(f"{right}  {what:24}  {time.monotonic() - start:6.1f} s  {seen}", flush=True)
            if self.wrong:
                return

    def _system(self) -> str:
        assert platform.machine() == "aarch64", platform.machine()
        return f"{platform.machine()}, Python {platform.python_version()}, {platform.libc_ver()[1]}"

    def _install(self) -> str:
        call("apt-get", "install", "--yes", self._package)
        return Path(self._package).name

    def _check(self) -> str:
        findings = json.loads(call("matside", "check", "--hardware", "mock", "--json"))
        names = [finding["name"] for finding in findings if finding["ok"]]
        assert len(names) == len(findings) > 0, findings
        return f"all is well: {', '.join(names)}"

    def _start(self) -> str:
        self._station = Station()
        hardware = self._station.health()["hardware"]
        states = {part: hardware[part] for part in ("button", "buzzer", "light")}
        assert set(states.values()) == {"ok"}, states
        return "button, buzzer and light are ok"

    def _session(self) -> str:
        station = self._station
        station.choose(seconds=SIDE)
        station.press()
        session = station.session()
        deadline = time.monotonic() + PATIENCE
        while session["status"] != "summary":
            assert time.monotonic() < deadline, session
            by_itself = session["status"] == "ready" or session["step"]["kind"] in {
                "hold",
                "finish",
            }
            if by_itself:
                time.sleep(0.1)
            else:
                station.press()
            session = station.session()
        held = session["ledger"]
        assert held["left"] == held["right"] == SIDE, held
        return f"left {held['left']:.0f} s, right {held['right']:.0f} s, at {SPEED} times the speed"

    def _end(self) -> str:
        status = self._station.end()
        assert status == 0, f"exit status {status}"
        return "exit status 0"

    def _store(self) -> str:
        (session,) = json.loads(call("matside", "sessions", "export"))
        kept = {key: session[key] for key in ("ended", "left", "right", "side_seconds")}
        wanted = {"ended": "finished", "left": SIDE, "right": SIDE, "side_seconds": SIDE}
        assert kept == wanted, session
        return f"one session, {session['ended']}, left {SIDE} s, right {SIDE} s"


def call(*command: str) -> str:
    """Run a command that must go right; give what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, f"exit status {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


def main(package: str) -> int:
    """Take every step; give 0 if all went right."""
    trial = Trial(package)
    trial.go()
    return 1 if trial.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
