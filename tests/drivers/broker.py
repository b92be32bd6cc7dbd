"""A real Mosquitto on a free port of this machine, to be killed and started again."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from paho.mqtt.client import Client, MQTTMessage, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

#: Set where the broker must be there; without it, tests that need one are skipped.
REQUIRED = "MATSIDE_BROKER_REQUIRED"

#: Seconds in which a thing of the broker has happened that takes milliseconds on a quiet machine.
SOON = 30.0


def mosquitto() -> str:
    """The path of the broker's program; without it the test is skipped, or fails where it must."""
    path = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if path is None:
        if os.environ.get(REQUIRED):
            pytest.fail("mosquitto is missing: apt-get install mosquitto")
        pytest.skip("mosquitto is missing: apt-get install mosquitto")
    return path


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def until(happened: Callable[[], Any], what: str = "it happens", within: float = SOON) -> None:
    """Wait until something has happened; fails if it has not after a long time."""
    end = time.monotonic() + within
    while not happened():
        assert time.monotonic() < end, f"waited too long until {what}"
        time.sleep(0.01)


class Broker:
    """A broker.

    Args:
        folder: Where its files are.
        more: Further lines for its settings.
    """

    def __init__(self, folder: Path, *more: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self._program = mosquitto()
        self._config = folder / "mosquitto.conf"
        settings = [f"listener {self.port} 127.0.0.1", "user root", *more]
        if not any(line.startswith("allow_anonymous") for line in more):
            settings.append("allow_anonymous true")
        self._config.write_text("\n".join(settings) + "\n")
        self._log = folder / "mosquitto.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it; it answers when this returns."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, "-v", "-c", self._config], stdout=log, stderr=log
            )

        def answers() -> bool:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return True
            return False

        until(answers, "the broker answers")

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Kill it, as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Stop it as systemd does, so that it writes down what it has."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def reload(self) -> None:
        """Have it read its files anew."""
        os.kill(self.pid, signal.SIGHUP)

    def restart(self) -> None:
        """Stop it as systemd does, and start it again."""
        self.stop()
        self.start()


class Ear:
    """Somebody who listens at a broker, and speaks there too.

    Attributes:
        heard: Every message, with its topic, in order.
        retained: Those of them that the broker had kept.
        times: When each was heard, by `time.monotonic`.
    """

    def __init__(self, port: int, *topics: str, client_id: str = "", keep: bool = False) -> None:
        self.heard: list[tuple[str, bytes]] = []
        self.retained: list[tuple[str, bytes]] = []
        self.times: list[float] = []
        self._subscribed = threading.Event()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id, protocol=MQTTv5)
        self._client.on_message = self._on_message
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        self._client.on_connect = self._on_connect
        self._topics = [(topic, 1) for topic in topics]
        self._client.reconnect_delay_set(1, 1)
        lasting = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        lasting.SessionExpiryInterval = 3600 if keep else 0
        self._client.connect("127.0.0.1", port, clean_start=not keep, properties=lasting)
        self._client.loop_start()
        assert self._subscribed.wait(SOON)

    def _on_connect(self, client: Client, *_: Any) -> None:
        client.subscribe(self._topics)

    def _on_message(self, _client: Any, _data: Any, message: MQTTMessage) -> None:
        said = (message.topic, bytes(message.payload))
        self.times.append(time.monotonic())
        self.heard.append(said)
        if message.retain:
            self.retained.append(said)

    def on(self, topic: str) -> list[bytes]:
        """What was said on a topic, or on all that end with it."""
        return [payload for heard, payload in self.heard if heard.endswith(topic)]

    def say(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Say something; the broker has it when this returns."""
        self._client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(SOON)

    def close(self) -> None:
        """Go away."""
        self._client.disconnect()
        self._client.loop_stop()


@contextlib.contextmanager
def running(folder: Path, *more: str) -> Iterator[Broker]:
    """A broker that runs meanwhile."""
    broker = Broker(folder, *more)
    try:
        yield broker
    finally:
        broker.kill()
