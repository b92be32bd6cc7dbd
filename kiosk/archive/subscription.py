"""The archive's subscription at the broker, which keeps for it what comes while it is away."""

import ssl
from dataclasses import dataclass
from typing import Any

from paho.mqtt.client import MQTT_ERR_SUCCESS, Client, MQTTMessage, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from kiosk.core.errors import ArchiveError
from kiosk.fleet.access import Access
from kiosk.fleet.messages import LARGEST, every_session

#: The most messages that the broker hands over before one of them is acknowledged.
MOST_IN_HAND = 500

#: Seconds in which the broker must be heard of.
KEEP_ALIVE = 60

#: Seconds that a try to reach the broker takes at most.
CONNECT_WITHIN = 10.0

#: The name under which archives of a gym share one subscription.
SHARE = "matside-archive"

#: The broker keeps the subscription of an archive that is away for good, as MQTT 5 has it.
_FOR_GOOD = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class InHand:
    """A message in hand.

    Attributes:
        number: By which it is acknowledged, on the connection that it came by.
        topic: Its topic.
        payload: What it says.
    """

    number: int
    topic: str
    payload: bytes


class Subscription:
    """One connection to the broker. When it ends, what was not acknowledged comes by the next one.

    Only one thread may use it.

    Args:
        access: Where the broker is, and how to get in.
        name: The archive's name for the broker: each one has its own, and keeps it.
        prefix: What the topics of the gym begin with.
        share: Whether the broker deals the sessions out among all archives that share; else each
            gets every one. Mosquitto 2.0.11 forgets a shared subscription if it is restarted while
            the archive is away, so what comes until the archive is back would be lost.

    Raises:
        ArchiveError: The broker cannot be reached.
    """

    def __init__(self, access: Access, name: str, prefix: str, *, share: bool = False) -> None:
        self._problem: str | None = None
        self._taken: list[InHand] = []
        every = every_session(prefix)
        self._topic = f"$share/{SHARE}/{every}" if share else every
        self._ready = False
        self._client = self._made(access, name)
        wanted = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        wanted.SessionExpiryInterval = _FOR_GOOD
        wanted.ReceiveMaximum = MOST_IN_HAND
        wanted.MaximumPacketSize = 2 * LARGEST
        try:
            self._client.connect(
                access.host, access.port, KEEP_ALIVE, clean_start=False, properties=wanted
            )
        except (OSError, ValueError) as problem:
            raise ArchiveError(f"the broker {access.host}:{access.port}: {problem}") from problem

    @property
    def ready(self) -> bool:
        """Whether the broker has taken the subscription."""
        return self._ready

    def wait(self, seconds: float) -> list[InHand]:
        """What has come, after `seconds` at most.

        Raises:
            ArchiveError: The connection has ended.
        """
        result = self._client.loop(seconds)
        while result == MQTT_ERR_SUCCESS and self._problem is None and self._goes_on():
            before = len(self._taken)
            result = self._client.loop(0.01)
            if len(self._taken) == before:
                break
        if self._problem is not None or result != MQTT_ERR_SUCCESS:
            raise ArchiveError(self._problem or f"the connection to the broker has ended: {result}")
        taken, self._taken = self._taken, []
        return taken

    def acknowledge(self, taken: list[InHand]) -> None:
        """Tell the broker that these are kept, so that it forgets them."""
        for each in taken:
            self._client.ack(each.number, 1)

    def close(self) -> None:
        """End the connection. The broker goes on keeping what comes."""
        sock = self._client.socket()
        self._client.disconnect()
        self._client.loop(0.1)
        if sock is not None:
            sock.close()

    def _goes_on(self) -> bool:
        return 0 < len(self._taken) < MOST_IN_HAND

    def _made(self, access: Access, name: str) -> Client:
        client = Client(
            CallbackAPIVersion.VERSION2,
            name,
            protocol=MQTTv5,
            manual_ack=True,
            reconnect_on_failure=False,
        )
        client.connect_timeout = CONNECT_WITHIN
        if access.user is not None:
            client.username_pw_set(access.user, access.password)
        if isinstance(access.tls, ssl.SSLContext):
            client.tls_set_context(access.tls)
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        return client

    def _on_connect(self, client: Client, _data: Any, _flags: Any, reason: Any, _more: Any) -> None:
        if reason.is_failure:
            self._problem = f"the broker does not let the archive in: {reason}"
        else:
            client.subscribe(self._topic, options=SubscribeOptions(qos=1))

    def _on_subscribe(
        self, _client: Any, _data: Any, _mid: int, reasons: list[Any], _more: Any
    ) -> None:
        if any(reason.is_failure for reason in reasons):
            self._problem = f"the broker refuses {self._topic}: {reasons[0]}"
        else:
            self._ready = True

    def _on_disconnect(
        self, _client: Any, _data: Any, _flags: Any, reason: Any, _more: Any
    ) -> None:
        self._problem = self._problem or f"the connection to the broker has ended: {reason}"

    def _on_message(self, _client: Any, _data: Any, message: MQTTMessage) -> None:
        try:
            topic = message.topic
        except UnicodeDecodeError:
            topic = "?/?/?"
        self._taken.append(InHand(message.mid, topic, bytes(message.payload)))
