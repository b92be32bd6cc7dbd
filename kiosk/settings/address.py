"""The address that the station listens on: who reaches it, and whether it can be had."""

import contextlib
import errno
import ipaddress
import socket

from kiosk.core.errors import ServerError, SettingsError
from kiosk.settings.shapes import ServerSection

#: Milliseconds after which a client that has vanished without a word is given up.
VANISHED = 20_000

#: Connections that may wait to be taken.
BACKLOG = 64


def check_address(server: ServerSection) -> None:
    """Refuse to listen beyond this machine without a staff PIN.

    Raises:
        SettingsError: The address is not the loopback's and there is no PIN.
    """
    if server.staff_pin is None and not is_loopback(server.host):
        raise SettingsError(
            f"server.host: found {server.host!r}, which other machines can reach. Set "
            f"server.staff_pin (6 to 12 digits) in the settings file first, or use 127.0.0.1."
        )


def is_loopback(host: str) -> bool:
    """Whether `host` can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def from_here(host: str) -> str:
    """The address at which this machine itself reaches a server that listens on `host`.

    A server that listens everywhere (``0.0.0.0`` or ``::``) is reached on the loopback.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if not address.is_unspecified:
        return host
    return "::1" if isinstance(address, ipaddress.IPv6Address) else "127.0.0.1"


def page_address(listener: socket.socket, name: str) -> str:
    """The page's address under the name or IP address `name`, e.g. ``http://127.0.0.1:8080/``."""
    port = listener.getsockname()[1]
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket at `host` and `port`; port 0 takes any free one.

    Raises:
        ServerError: The address is not this machine's, is in use, or needs more rights.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(AttributeError):  # Linux only; elsewhere the heartbeat must do
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, VANISHED)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as cause:
        listener.close()
        raise ServerError(f"{host}:{port}: {_why(cause, port)}") from cause
    return listener


def _why(cause: OSError, port: int) -> str:
    """Why the socket could not be had, and what to do."""
    if cause.errno == errno.EADDRINUSE:
        return (
            f"something else is listening on port {port}. Stop it (is another Matside running?), "
            f"or take any free port: --port 0."
        )
    if cause.errno == errno.EACCES:
        return f"port {port} needs more rights. Take one above 1023: --port 8080."
    if cause.errno == errno.EADDRNOTAVAIL:
        return "that is not an address of this machine. Use 127.0.0.1."
    return f"cannot listen there: {cause.strerror or cause}. Use 127.0.0.1."
