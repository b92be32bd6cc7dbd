"""What the station tells systemd, over the socket that it gives a service of ``Type=notify``."""

import logging
import os
import socket

_log = logging.getLogger(__name__)


class Notifier:
    """Sends systemd a word, as sd_notify(3) describes; does nothing where systemd did not ask.

    Args:
        address: Path of the socket, ``@`` first if it is an abstract one; None if nobody listens.
    """

    def __init__(self, address: str | None) -> None:
        self._address = address

    def ready(self, status: str) -> None:
        """The station is up; `status` is for people (``systemctl status``)."""
        self._send("READY=1", _status(status))

    def status(self, status: str) -> None:
        """How it is doing now, for people."""
        self._send(_status(status))

    def alive(self) -> None:
        """Everything moves: the watchdog may begin to count again."""
        self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """The station has begun to stop."""
        self._send("STOPPING=1")

    def _send(self, *words: str) -> None:
        if self._address is None:
            return
        address = self._address
        if address.startswith("@"):
            address = "\0" + address[1:]
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
                line.connect(address)
                line.send("\n".join(words).encode())
        except OSError as problem:
            # The station is there for the member, whatever becomes of its supervisor.
            _log.warning("systemd could not be told %s: %s", words[0], problem)


def notifier() -> Notifier:
    """The one for this process, from ``NOTIFY_SOCKET``."""
    return Notifier(os.environ.get("NOTIFY_SOCKET") or None)


def watchdog_seconds() -> float | None:
    """After how many seconds without a sign of life systemd acts; None if it does not watch."""
    given = os.environ.get("WATCHDOG_USEC", "")
    meant_for = os.environ.get("WATCHDOG_PID", str(os.getpid()))
    if not given.isdigit() or int(given) == 0 or meant_for != str(os.getpid()):
        return None
    return int(given) / 1e6


def _status(status: str) -> str:
    return "STATUS=" + " ".join(status.split())
