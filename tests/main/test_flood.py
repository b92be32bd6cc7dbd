"""A station that runs, and somebody who sends it more than it can take."""

import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pytest

from tests.drivers.flood import own_address
from tests.drivers.processes import LiveStation, live_station
from tests.drivers.staff import keep_pin

pytestmark = pytest.mark.process


def connection(station: LiveStation, request: str) -> socket.socket:
    """A connection on which `request` has been sent."""
    opened = socket.create_connection(("127.0.0.1", station.port), timeout=20)
    opened.sendall(request.replace("\n", "\r\n").encode())
    return opened


def event(stream: BinaryIO) -> Any:
    """Wait for the next event of the session."""
    named = False
    while line := stream.readline():
        named = line.startswith(b"id: ") or (named and line != b"\n")
        if named and line.startswith(b"data: "):
            return msgspec.json.decode(line.removeprefix(b"data: "))
    raise AssertionError("the stream has ended")


def times_of_presses(station: LiveStation, flood: subprocess.Popen[str]) -> list[float]:
    """Seconds from each move of the mock's contact to its event, while the flood lasts."""
    ask = f"GET /events HTTP/1.0\nHost: 127.0.0.1:{station.port}\n\n"
    with connection(station, ask) as opened, opened.makefile("rb") as stream:
        event(stream)
        times = []
        while flood.poll() is None:
            for level in ("down", "up"):
                moved = station.post("/api/mock/button", level=level)["button"]["moved_at"]
                said = event(stream)
                at = time.monotonic()
                assert (said["clock"]["pressed"] is not None) is (level == "down")
                times.append(at - moved)
                time.sleep(0.05)
    return times


def test_a_press_is_not_late_while_thousands_of_wrong_pins_are_tried(tmp_path: Path) -> None:
    """`make bench ARGS=flood` measures the latest of them, with 10,000 requests at once."""
    keep_pin(tmp_path)
    with live_station(tmp_path, "--host", "0.0.0.0") as listening:
        url = f"http://127.0.0.1:{listening.port}"
        station = LiveStation(url, listening.process, listening.said)
        # Whoever floods a station has a processor of his own, so he is to take none from it here.
        command = ["nice", "-n", "19", sys.executable, "-m", "tests.drivers.flood", own_address()]
        command += [str(station.port), "3000", "60"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as flood:
            times = times_of_presses(station, flood)
            said = flood.communicate()[0]
        assert flood.returncode == 0, said
        assert station.get("/healthz")["status"] == "ok"
    assert statistics.median(times) <= 0.05, (sorted(times), said)


@pytest.mark.parametrize("path", ["/staff/sign-in", "/api/button", "/"])
def test_an_upload_of_two_gigabytes_is_refused_before_it_comes(tmp_path: Path, path: str) -> None:
    with live_station(tmp_path) as station:
        head = (
            f"POST {path} HTTP/1.1\nHost: 127.0.0.1:{station.port}\nOrigin: {station.url}\n"
            f"Content-Type: application/json\nContent-Length: {2**31}\n\n"
        )
        with connection(station, head) as uploading:
            answer = uploading.recv(1000)
            assert answer.startswith(b"HTTP/1.1 413 "), answer
        with connection(
            station, head.replace(f"Content-Length: {2**31}", "Transfer-Encoding: chunked")
        ) as chunked:
            chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
            sent = 0
            try:
                while sent < 2**24 and not sent_back(chunked):
                    chunked.sendall(chunk)
                    sent += len(chunk)
            except OSError:
                pass  # the station has closed the connection
            assert sent < 2**24
        assert station.get("/healthz")["status"] == "ok"


def sent_back(opened: socket.socket) -> bool:
    """Whether the station has answered already."""
    opened.settimeout(0)
    try:
        return bool(opened.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False
    finally:
        opened.settimeout(20)
