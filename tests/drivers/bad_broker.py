"""Brokers that do what no broker should: silent, slow, old or hostile ones."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

#: What a broker says that lets a client in, in MQTT 3.1.1 and in MQTT 5.
WELCOME, WELCOME_5 = b"\x20\x02\x00\x00", b"\x20\x03\x00\x00\x00"
#: What an old broker says to a client that speaks MQTT 5.
TOO_NEW = b"\x20\x02\x00\x01"


@dataclass
class BadBroker:
    """A listener on a free port that treats each connection as it was told.

    Attributes:
        port: Its port.
        levels: The version that each client spoke: 4 is MQTT 3.1.1, 5 is MQTT 5.
    """

    treat: Callable[[socket.socket, int], None]
    levels: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._open.append(client)
                threading.Thread(target=self._one, args=(client,), daemon=True).start()

    def _one(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            hello = client.recv(4096)
            level = hello[hello.index(b"MQTT") + 4]
            self.levels.append(level)
            self.treat(client, level)

    def close(self) -> None:
        """End it and all connections."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for client in self._open:
            client.close()


@contextmanager
def bad_broker(treat: Callable[[socket.socket, int], None]) -> Iterator[BadBroker]:
    """A bad broker that runs meanwhile."""
    broker = BadBroker(treat)
    try:
        yield broker
    finally:
        broker.close()


def listen_for_ever(client: socket.socket) -> None:
    """Take what the client says, and say nothing."""
    while client.recv(65536):
        pass


def silent(client: socket.socket, _level: int) -> None:
    """Never answers."""
    listen_for_ever(client)


def deaf(client: socket.socket, level: int) -> None:
    """Lets the client in, and then takes nothing that it says."""
    client.sendall(WELCOME_5 if level == 5 else WELCOME)
    threading.Event().wait(60)


def never_acknowledges(client: socket.socket, level: int) -> None:
    """Lets the client in, takes all that it says and acknowledges nothing."""
    client.sendall(WELCOME_5 if level == 5 else WELCOME)
    listen_for_ever(client)


def old(client: socket.socket, level: int) -> None:
    """Speaks MQTT 3.1.1 alone."""
    client.sendall(TOO_NEW if level == 5 else WELCOME)
    if level != 5:
        listen_for_ever(client)


def hangs_up_on_the_new(client: socket.socket, level: int) -> None:
    """Speaks MQTT 3.1.1 alone, and hangs up on anything else without a word."""
    if level != 5:
        client.sendall(WELCOME)
        listen_for_ever(client)


def sends(content: bytes) -> Callable[[socket.socket, int], None]:
    """Lets the client in, and sends `content` again and again."""

    def treat(client: socket.socket, level: int) -> None:
        client.sendall(WELCOME_5 if level == 5 else WELCOME)
        while True:
            client.sendall(content)

    return treat


def publish(topic: bytes, payload: bytes) -> bytes:
    """A message in MQTT 5, that the broker had kept."""
    body = len(topic).to_bytes(2, "big") + topic + b"\x00" + payload
    length, rest = b"", len(body)
    while True:
        rest, digit = rest // 128, rest % 128
        length += bytes([digit | (128 if rest else 0)])
        if not rest:
            return b"\x31" + length + body
