"""One connection to the broker, from its first packet to its last.

It wraps the client of paho. One thread does everything, in `turn`; it sleeps until the broker
sends something, or somebody wakes it. What comes from the broker is taken for garbage until it has
been looked at: it is short, there is little of it at a time, and no error of it leaves this file.
"""

import logging
import select
import socket
import ssl
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from paho.mqtt.client import Client, MQTTMessage, MQTTv5, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from kiosk.fleet.access import Access
from kiosk.fleet.messages import LARGEST

_log = logging.getLogger(__name__)

#: Seconds within which the broker must have taken the connection, and within which it must be heard
#: again after it was asked whether it is still there.
KEEP_ALIVE = 60

#: Seconds that a try to reach the broker takes at most.
CONNECT_WITHIN = 10.0

#: Seconds of rest after each packet: a broker that floods the station gets little of its processor.
REST = 0.005

#: What has arrived and waits to be looked at, at most. What comes beyond that is dropped.
MOST_ARRIVED = 100

_TAKEN_OVER = 0x8E
_UNSUPPORTED_VERSION = 0x84


@dataclass(frozen=True, slots=True)
class Said:
    """A message that the station sends.

    Attributes:
        topic: Its topic.
        payload: What it says.
        retain: Whether the broker keeps it for those who come later.
        qos: 0, or 1 for one that the broker must acknowledge.
    """

    topic: str
    payload: bytes
    retain: bool = True
    qos: int = 0


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that the station has got.

    Attributes:
        topic: Its topic.
        payload: What it says.
        retained: Whether the broker had kept it, so that it may be old.
    """

    topic: str
    payload: bytes
    retained: bool


class Connection:
    """A connection. One thread uses it; `wake` alone may be called from any.

    Attributes:
        taken: Whether the broker has taken it.
        problem: Why it has ended, or was refused; None before that.
        speaks_5: Whether MQTT 5 is spoken; else it is 3.1.1.
        refuses_5: Whether the broker has said, or seems to say, that it does not speak MQTT 5.
        arrived: What has arrived and was not looked at yet.
        acknowledged: The numbers of the messages that the broker has acknowledged.
        refused: The numbers of those that it has refused, and why.

    Args:
        access: Where to connect, and as whom.
        client_id: The station's name for the broker.
        will: What the broker says for the station when it is gone.
        wake: A file descriptor that can be read when there is something to do.
        speaks_5: Whether to speak MQTT 5.
    """

    def __init__(
        self, access: Access, client_id: str, will: Said, wake: int, *, speaks_5: bool
    ) -> None:
        self.taken = False
        self.problem: str | None = None
        self.speaks_5 = speaks_5
        self.refuses_5 = False
        self.arrived: deque[Arrived] = deque(maxlen=MOST_ARRIVED)
        self.acknowledged: list[int] = []
        self.refused: dict[int, str] = {}
        self._access = access
        self._wake = wake
        self._heard = False
        self._client = self._made(client_id, will)

    def open(self) -> None:
        """Connect, and say who is there. The broker's answer comes in a later turn.

        Raises:
            OSError: Nobody can be reached there, or nobody who is trusted.
        """
        more: dict[str, Any] = {}
        if self.speaks_5:
            limits = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
            limits.MaximumPacketSize = LARGEST
            limits.ReceiveMaximum = 20
            more = {"clean_start": True, "properties": limits}
        self._client.connect(self._access.host, self._access.port, KEEP_ALIVE, **more)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self._client.socket() is None

    @property
    def clogged(self) -> bool:
        """Whether the broker is slow to take what was sent already."""
        return self._client.want_write()

    def turn(self, seconds: float) -> None:
        """Sleep until something comes, somebody wakes it or `seconds` have passed; then do it."""
        sock = self._client.socket()
        if sock is None:
            return
        poll = select.poll()
        poll.register(self._wake, select.POLLIN)
        poll.register(sock, select.POLLIN | (select.POLLOUT if self.clogged else 0))
        waiting = isinstance(sock, ssl.SSLSocket) and sock.pending() > 0
        ready = dict(poll.poll(0 if waiting else 1000 * min(seconds, KEEP_ALIVE / 2)))
        happened = ready.get(sock.fileno(), 0)
        try:
            if waiting or happened & ~select.POLLOUT:
                self._client.loop_read()
                time.sleep(REST)
            if happened & select.POLLOUT:
                self._client.loop_write()
            self._client.loop_misc()
        except Exception as problem:  # noqa: BLE001 - no garbage of a broker may end the thread
            _log.debug("a packet that nobody understands: %r", problem)
            self._end(f"the broker sends what is no MQTT ({type(problem).__name__})")

    def subscribe(self, topics: list[str]) -> None:
        """Have the broker send what is said on these topics."""
        if topics:
            self._client.subscribe([(topic, 0) for topic in topics])

    def send(self, said: Said) -> int:
        """Send a message; its number comes back in `acknowledged` if its QoS is 1."""
        return self._client.publish(said.topic, said.payload, said.qos, said.retain).mid

    def close(self) -> None:
        """Say goodbye, without waiting for an answer."""
        sock = self._client.socket()
        self._client.disconnect()
        self._client.loop_write()
        if sock is not None:
            sock.close()

    def _made(self, client_id: str, will: Said) -> Client:
        client = _CarefulClient(
            CallbackAPIVersion.VERSION2,
            client_id,
            protocol=MQTTv5 if self.speaks_5 else MQTTv311,
            reconnect_on_failure=False,
            clean_session=None if self.speaks_5 else True,
        )
        client.connect_timeout = CONNECT_WITHIN
        client.will_set(will.topic, will.payload, will.qos, will.retain)
        if self._access.user is not None:
            client.username_pw_set(self._access.user, self._access.password)
        if self._access.tls is not None:
            client.tls_set_context(self._access.tls)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        client.on_publish = self._on_publish
        return client

    def _end(self, problem: str) -> None:
        self.problem = self.problem or problem
        sock = self._client.socket()
        if sock is not None:
            sock.close()
        self._client._sock_close()  # noqa: SLF001 - what is public wants an answer of the broker

    def _on_connect(self, _client: Any, _data: Any, _flags: Any, reason: Any, _more: Any) -> None:
        self._heard = True
        if reason.is_failure:
            self.refuses_5 = self.speaks_5 and reason.value == _UNSUPPORTED_VERSION
            self.problem = f"the broker does not let the station in: {reason}"
        else:
            self.taken = True

    def _on_disconnect(
        self, _client: Any, _data: Any, _flags: Any, reason: Any, _more: Any
    ) -> None:
        # Old brokers just hang up on what they do not know.
        self.refuses_5 = self.refuses_5 or (self.speaks_5 and not self._heard)
        if reason.value == _TAKEN_OVER:
            self.problem = (
                "another station connects with this one's id and ends its connection. Look for a "
                "data directory that was copied on this machine, and take out its station-id."
            )
        self.problem = self.problem or f"the connection has ended: {reason}"

    def _on_message(self, _client: Any, _data: Any, message: MQTTMessage) -> None:
        try:
            self.arrived.append(Arrived(message.topic, bytes(message.payload), message.retain))
        except UnicodeDecodeError:
            _log.debug("a topic that is no text was passed over")

    def _on_publish(self, _client: Any, _data: Any, mid: int, reason: Any, _more: Any) -> None:
        if reason.is_failure:
            self.refused[mid] = str(reason)
        else:
            self.acknowledged.append(mid)


class _CarefulClient(Client):
    """A client that refuses a packet by its length, before any of it is taken into memory.

    It also closes the socket if the other side is not trusted, which the client itself forgets.
    """

    def _sock_recv(self, bufsize: int) -> bytes:
        if bufsize > LARGEST:
            raise ConnectionError("a packet is too long")
        return super()._sock_recv(bufsize)

    def _ssl_wrap_socket(self, tcp_sock: socket.socket) -> ssl.SSLSocket:
        context = self._ssl_context
        if context is None:
            raise ValueError("this connection has no TLS")
        sock = context.wrap_socket(
            tcp_sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        try:
            sock.settimeout(CONNECT_WITHIN)
            sock.do_handshake()
        except BaseException:
            sock.close()
            raise
        return sock
