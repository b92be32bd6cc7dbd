"""What the station tells systemd, over the socket that a service of ``Type=notify`` is given."""

import logging
import os
import socket

_log = logging.getLogger(__name__)


class Notifier:
    """Sends messages to systemd in the form that sd_notify(3) describes.

    Args:
        address: Path of the socket, with ``@`` before it if it is an abstract one. None if systemd
            did not ask for messages: then nothing is sent.
    """

    def __init__(self, address: str | None) -> None:
        self._address = address

    def ready(self, status: str) -> None:
        """Say that the station is up. People see `status` in ``systemctl status``."""
        self._send("READY=1", _status(status))

    def status(self, status: str) -> None:
        """Say how the station is now, for people."""
        self._send(_status(status))

    def alive(self) -> None:
        """Say that every part responds, so that systemd's watchdog begins to count anew."""
        self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """Say that the station has begun to stop."""
        self._send("STOPPING=1")

    def _send(self, *lines: str) -> None:
        if self._address is None:
            return
        address = self._address
        if address.startswith("@"):
            address = "\0" + address[1:]
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
                line.connect(address)
                line.send("\n".join(lines).encode())
        except OSError as problem:
            # The station goes on: a member may be in the middle of a session.
            _log.warning("systemd could not be told %s: %s", lines[0], problem)


def notifier() -> Notifier:
    """The notifier of this process; the variable ``NOTIFY_SOCKET`` names its socket."""
    return Notifier(os.environ.get("NOTIFY_SOCKET") or None)


def watchdog_seconds() -> float | None:
    """Seconds without a sign of life after which systemd restarts the station.

    None if systemd does not watch this process.
    """
    given = os.environ.get("WATCHDOG_USEC", "")
    meant_for = os.environ.get("WATCHDOG_PID", str(os.getpid()))
    if not given.isdigit() or int(given) == 0 or meant_for != str(os.getpid()):
        return None
    return int(given) / 1e6


def _status(status: str) -> str:
    """`status` as one line of a message: a line break would begin the next."""
    return "STATUS=" + " ".join(status.split())
