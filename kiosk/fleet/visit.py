"""A short visit to the broker, for commands that a person types on any machine of the gym."""

import time
import uuid
from typing import Any

from paho.mqtt.client import MQTT_ERR_SUCCESS, Client, MQTTMessage, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion

from kiosk.core.errors import FleetError
from kiosk.fleet.access import Access

#: Seconds that the broker may take for each thing that is asked of it.
WITHIN = 10.0

#: Seconds without a message after which the broker has sent all that it had kept.
QUIET = 0.7


class Visit:
    """A connection that lasts for one command.

    Args:
        access: Where the broker is, and how to get in.

    Raises:
        FleetError: It cannot be reached, or does not let anybody in.
    """

    def __init__(self, access: Access) -> None:
        self._where = f"{access.host}:{access.port}"
        self._kept: dict[str, bytes] = {}
        self._done: set[int] = set()
        self._taken = False
        self._problem: str | None = None
        client = Client(
            CallbackAPIVersion.VERSION2, f"matside-{uuid.uuid4().hex[:12]}", protocol=MQTTv311
        )
        client.connect_timeout = WITHIN
        if access.user is not None:
            client.username_pw_set(access.user, access.password)
        if access.tls is not None:
            client.tls_set_context(access.tls)
        client.on_connect = self._on_connect
        client.on_message = self._on_message
        client.on_publish = lambda _client, _data, mid, *_: self._done.add(mid)
        self._client = client
        try:
            client.connect(access.host, access.port)
        except (OSError, ValueError) as problem:
            raise FleetError(f"{self._where}: {problem}. Look at fleet.broker.") from problem
        self._until(lambda: self._taken)

    def say(self, topic: str, payload: bytes) -> None:
        """Have the broker keep `payload` on `topic`; it has it when this returns.

        With nothing as `payload`, the broker keeps nothing there any more.

        Raises:
            FleetError: The connection has ended.
        """
        mid = self._client.publish(topic, payload, qos=1, retain=True).mid
        self._until(lambda: mid in self._done)

    def kept(self, *topics: str) -> dict[str, bytes]:
        """What the broker has kept on these topics, which may have ``+`` and ``#`` in them.

        Raises:
            FleetError: The connection has ended.
        """
        self._kept = {}
        self._client.subscribe([(topic, 0) for topic in topics])
        last, count = time.monotonic(), 0
        while time.monotonic() < last + QUIET:
            self._turn()
            if len(self._kept) != count:
                last, count = time.monotonic(), len(self._kept)
        return self._kept

    def close(self) -> None:
        """End it."""
        self._client.disconnect()
        self._client.loop(0.1)

    def _until(self, happened: Any) -> None:
        end = time.monotonic() + WITHIN
        while not happened():
            self._turn()
            if time.monotonic() > end:
                raise FleetError(f"{self._where}: the broker does not answer.")

    def _turn(self) -> None:
        if self._client.loop(0.05) != MQTT_ERR_SUCCESS or self._problem is not None:
            raise FleetError(f"{self._where}: {self._problem or 'the connection has ended'}.")

    def _on_connect(self, _client: Any, _data: Any, _flags: Any, reason: Any, _more: Any) -> None:
        self._taken = True
        if reason.is_failure:
            self._problem = f"the broker does not let this in: {reason}"

    def _on_message(self, _client: Any, _data: Any, message: MQTTMessage) -> None:
        if message.retain:
            self._kept[message.topic] = bytes(message.payload)
