"""systemd is told when the station is ready, and is fed only while all of it moves."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hardware.clock import AlarmThread
from hardware.panel import open_panel
from kiosk.core.cues import Cue
from kiosk.core.moves import attract
from kiosk.core.session import ButtonDown, Rules, Source
from kiosk.ports.clock import SystemClock
from kiosk.ports.panel import PanelSettings
from kiosk.runner import Runner, start_ticker
from kiosk.service.notify import Notifier, notifier, watchdog_seconds
from kiosk.service.watchdog import Watchdog
from kiosk.settings.address import open_socket
from tests.drivers.processes import MATSIDE
from tests.drivers.threads import SOON, until
from web.server import WebServer

#: Seconds given to a part that a test has stuck.
STUCK = 0.05


class Systemd:
    """The other end of the socket."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.settimeout(SOON)

    def hears(self) -> str:
        """The next word, waiting for it."""
        return self._socket.recv(4096).decode()

    def has_heard(self) -> list[str]:
        """Every word that is there already."""
        words = []
        self._socket.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                words.append(self.hears())
        return words

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["path", "abstract"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "notify") if request.param == "path" else f"@matside-{os.getpid()}"


@pytest.fixture
def systemd(address: str) -> Iterator[Systemd]:
    systemd = Systemd(address.replace("@", "\0"))
    yield systemd
    systemd.close()


class Part:
    """A part that a test can stick."""

    def __init__(self) -> None:
        self.stuck: list[str] = []

    def unresponsive(self, within: float) -> list[str]:
        del within
        return self.stuck


def test_ready_status_and_stopping_are_sent_as_systemd_reads_them(
    systemd: Systemd, address: str
) -> None:
    line = Notifier(address)
    line.ready("Ready,\non mock hardware")
    line.status("Ready, but: no buzzer")
    line.alive()
    line.stopping()
    assert systemd.has_heard() == [
        "READY=1\nSTATUS=Ready, on mock hardware",
        "STATUS=Ready, but: no buzzer",
        "WATCHDOG=1",
        "STOPPING=1",
    ]


def test_without_systemd_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notifier().ready("Ready")


def test_a_systemd_that_has_gone_away_is_logged_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Notifier(str(tmp_path / "nobody")).ready("Ready")
    assert "systemd could not be told READY=1" in caplog.text


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_the_watchdog_is_wanted_only_if_systemd_says_so_to_this_process(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], seconds: float | None
) -> None:
    for name in ("WATCHDOG_USEC", "WATCHDOG_PID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert watchdog_seconds() == seconds


def test_the_watchdog_is_fed_while_all_moves_and_not_while_a_part_is_silent(
    systemd: Systemd,
    address: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    parts = [Part(), Part()]
    watchdog = Watchdog(Notifier(address), 30, parts)
    assert watchdog.ask_parts() == 15
    assert systemd.has_heard() == ["WATCHDOG=1"]
    parts[1].stuck = ["ticker"]
    assert watchdog.ask_parts() == 3
    assert systemd.has_heard() == []
    assert "no sign of life from: ticker" in caplog.text
    assert "in ask_parts" in capfd.readouterr().err  # where each thread is
    parts[1].stuck = []
    watchdog.ask_parts()
    assert systemd.has_heard() == ["WATCHDOG=1"]


#: A station of its own: whose stacks are written from outside of Python must not move meanwhile.
HANGING = f"""
import threading
from kiosk.service.notify import Notifier
from kiosk.service.watchdog import Watchdog

class Hanging:
    def unresponsive(self, within):
        threading.Event().wait()

Watchdog(Notifier("nobody"), 0.2, [Hanging()]).start()
threading.Event().wait({SOON})
"""


def test_a_watchdog_that_hangs_itself_still_says_where() -> None:
    command = [sys.executable, "-c", HANGING]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any("in unresponsive" in line for line in process.stderr)
        process.kill()


def test_the_first_feeding_does_not_wait(systemd: Systemd, address: str) -> None:
    watchdog = Watchdog(Notifier(address), 3600, [Part()])
    watchdog.start()
    assert systemd.hears() == "WATCHDOG=1"
    watchdog.close()


@pytest.fixture
def runner(rules: Rules) -> Iterator[Runner]:
    runner = Runner(attract(0, rules), rules, SystemClock())
    yield runner
    runner.close()


def test_a_ticker_that_sleeps_wakes_to_answer(runner: Runner) -> None:
    start_ticker(runner)
    assert runner.unresponsive(SOON) == []


def test_a_ticker_that_is_not_there_is_silent(runner: Runner) -> None:
    assert runner.unresponsive(STUCK) == ["ticker"]


def test_a_listener_that_hangs_makes_the_ticker_silent_and_not_the_watchdog(
    runner: Runner,
) -> None:
    hangs, let_go = threading.Event(), threading.Event()

    def hang(_change: object) -> None:
        hangs.set()
        let_go.wait(SOON)

    start_ticker(runner)
    runner.listen(hang)
    presser = threading.Thread(target=runner.post, args=(ButtonDown(Source.PIN),))
    presser.start()
    hangs.wait(SOON)
    assert runner.unresponsive(STUCK) == ["ticker"]
    let_go.set()
    presser.join(SOON)
    assert runner.unresponsive(SOON) == []


def test_an_alarm_that_hangs_in_its_ring_does_not_answer() -> None:
    hangs, let_go, answered = threading.Event(), threading.Event(), threading.Event()

    def ring() -> None:
        hangs.set()
        let_go.wait(SOON)

    alarm = AlarmThread("test", ring)
    alarm.set(0)
    hangs.wait(SOON)
    alarm.call_soon(answered.set)
    assert not answered.wait(STUCK)
    let_go.set()
    assert answered.wait(SOON)
    alarm.close()


def test_the_mock_panel_answers_from_its_threads_and_names_the_one_that_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel = open_panel(PanelSettings(hardware="mock"), lambda _edge: None, lambda _health: None)
    assert panel.unresponsive(SOON) == []
    hangs, let_go = threading.Event(), threading.Event()

    def write(*_: object, **__: object) -> None:
        hangs.set()
        let_go.wait(SOON)

    monkeypatch.setattr(panel._signals, "_write", write)
    panel.play(Cue.TICK)
    hangs.wait(SOON)
    # The others may be late once on a busy machine; the one that hangs never answers.
    assert until(lambda: panel.unresponsive(STUCK) == ["signals"])
    let_go.set()
    assert panel.unresponsive(SOON) == []
    panel.close()


#: A web server that answers every request with a status.
Serve = Callable[[str], WebServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with contextlib.ExitStack() as stack:

        def serve(status: str) -> WebServer:
            def answer(_environ: object, start: Any) -> list[bytes]:
                start(status, [])
                return [b""]

            listener = stack.enter_context(open_socket("127.0.0.1", 0))
            server = WebServer(answer, [listener])
            stack.callback(server.stop)
            return server

        yield serve


@pytest.mark.parametrize("status", ["200 OK", "401 Unauthorized"])
def test_a_web_server_that_answers_is_alive_even_if_it_refuses(serve: Serve, status: str) -> None:
    server = serve(status)
    server.start()
    assert server.unresponsive(SOON) == []


def test_a_web_server_that_fails_at_every_page_is_as_good_as_silent(serve: Serve) -> None:
    server = serve("500 Internal Server Error")
    server.start()
    assert server.unresponsive(SOON) == ["web"]


def test_a_web_server_that_has_stopped_is_silent_though_its_socket_listens(serve: Serve) -> None:
    assert serve("200 OK").unresponsive(STUCK) == ["web"]


@pytest.mark.process
def test_the_station_tells_systemd_that_it_is_ready_feeds_it_and_says_when_it_stops(
    tmp_path: Path, systemd: Systemd, address: str
) -> None:
    environment = os.environ | {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "3600000000"}
    environment["RUNTIME_DIRECTORY"] = str(tmp_path)
    command = [*MATSIDE, "run", "--hardware", "mock", "--port", "0"]
    command += ["--data", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment) as process:
        assert {systemd.hears(), systemd.hears()} == {
            "READY=1\nSTATUS=Ready, on mock hardware",
            "WATCHDOG=1",
        }
        assert (tmp_path / "address").read_text().startswith("http://127.0.0.1:")
        assert (tmp_path / "screen").read_text() == "on\n"
        process.terminate()
        assert systemd.hears() == "STOPPING=1"
        assert process.wait(SOON) == 0
