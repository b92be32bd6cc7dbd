"""A client of the station on bare sockets, so that no time of an HTTP library is measured."""

import socket
import time
from types import TracebackType
from typing import Any, Self

import msgspec

from bench.stations import PATIENCE, Station
from bench.table import BenchError
from tests.drivers.sessions import Standing, standing_told


class _Connection:
    def __init__(self, station: Station) -> None:
        self._host = f"127.0.0.1:{station.port}"
        self._origin = f"http://{self._host}"
        self._socket = socket.create_connection(("127.0.0.1", station.port), timeout=PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def _until(self, end: bytes) -> bytes:
        """Read up to the next `end`, and with it."""
        while end not in self._read:
            self._receive()
        found, _, self._read = self._read.partition(end)
        return found + end

    def _exactly(self, count: int) -> bytes:
        while len(self._read) < count:
            self._receive()
        found, self._read = self._read[:count], self._read[count:]
        return found

    def _receive(self) -> None:
        received = self._socket.recv(65536)
        if not received:
            raise BenchError("the station closed the connection")
        self._read += received


class Client(_Connection):
    """A connection for many requests, one after the other."""

    def post(self, path: str, **body: object) -> None:
        """Send `body` to `path` without waiting for the answer."""
        data = msgspec.json.encode(body)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nOrigin: {self._origin}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        self._socket.sendall(head.encode() + data)

    def get(self, path: str) -> bytes:
        """Ask for `path`; return the body of the answer."""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())
        return self.answer()

    def answer(self) -> bytes:
        """Read the next answer; return its body.

        Raises:
            BenchError: The station refused the request.
        """
        head = self._until(b"\r\n\r\n").decode()
        if " 200 " not in head.splitlines()[0]:
            raise BenchError(f"the station said: {head.splitlines()[0]}")
        for line in head.splitlines():
            name, _, value = line.partition(":")
            if name.lower() == "content-length":
                return self._exactly(int(value))
        raise BenchError("an answer without a length")

    def session(self) -> dict[str, Any]:
        """The session as ``GET /api/session`` tells it."""
        session: dict[str, Any] = msgspec.json.decode(self.get("/api/session"))
        return session

    def standing(self) -> Standing:
        """Where the session stands."""
        return standing_told(self.session())

    def press(self) -> None:
        """Press the mock's button once, long enough that it is no glitch."""
        for level in ("down", "up"):
            self.move_button(level)
            time.sleep(0.04)

    def move_button(self, level: str) -> float:
        """Move the mock's button ``down`` or ``up``; return the `time.monotonic` of that moment."""
        self.post("/api/mock/button", level=level)
        return self.moved_at()

    def moved_at(self) -> float:
        """Read the answer to a request that moved the mock's button; return when it moved."""
        moved_at: float = msgspec.json.decode(self.answer())["button"]["moved_at"]
        return moved_at


class Stream(_Connection):
    """An open event stream."""

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        # Asked by HTTP/1.0, the server sends the events as they are, and not in chunks.
        self._socket.sendall(f"GET /events HTTP/1.0\r\nHost: {self._host}\r\n\r\n".encode())
        self._until(b"\r\n\r\n")
        self._until(b"\n\n")  # the first message only says when to connect again

    def message(self) -> tuple[bytes, float]:
        """Wait for the next snapshot, the only message that has no name.

        Returns:
            The message, and what `time.perf_counter` said when its last byte had come.
        """
        while True:
            message = self._until(b"\n\n")
            at = time.perf_counter()
            if not message.startswith(b"event: "):
                return message, at


def event_of(message: bytes) -> dict[str, Any]:
    """The event in `message`."""
    event: dict[str, Any] = msgspec.json.decode(message.partition(b"data: ")[2])
    return event
