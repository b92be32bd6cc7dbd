"""The address that the station listens on: who can reach it, and how it is opened."""

import contextlib
import errno
import ipaddress
import socket
import sys
from dataclasses import dataclass

from kiosk.core.errors import ServerError

#: Milliseconds after which the kernel closes a connection whose client no longer confirms what is
#: sent to it, for example because its cable was pulled.
CLIENT_TIMEOUT_MS = 20_000

#: Connections that may wait until the server accepts them.
BACKLOG = 64

#: Hosts that mean every address of this machine.
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - others are asked for the staff PIN

#: The number of the socket option IP_FREEBIND, from Linux's linux/in.h; Python has no name for it.
#: It lets a socket listen on an address that this machine does not have yet, also of IPv6.
_IP_FREEBIND = 15


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

    That is always a loopback address: a server that listens on one address of the network listens
    on the loopback too, so that the kiosk's browser needs neither the network nor the PIN.
    """
    if is_loopback(host):
        return host
    return "::1" if ":" in host else "127.0.0.1"


def page_address(listener: socket.socket, name: str) -> str:
    """The page's address under the name or IP address `name`, e.g. ``http://127.0.0.1:8080/``."""
    port = listener.getsockname()[1]
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


@dataclass(frozen=True, slots=True)
class Listeners:
    """The sockets that the server listens on.

    Attributes:
        sockets: The sockets; this machine itself reaches the first.
        problem: Why it does not listen on the address of the settings and what to do about it,
            None if it does.
    """

    sockets: tuple[socket.socket, ...]
    problem: str | None = None


def open_sockets(host: str, port: int, *, forgiving: bool) -> Listeners:
    """Listen at `host` and `port`, and on the loopback, so that this machine reaches the server.

    Args:
        host: An address or a name of this machine, or ``0.0.0.0`` or ``::`` for all.
        port: The port; 0 takes any free one.
        forgiving: Whether to go on without `host` where it is not there. An address that the
            network gives only later is then listened on from the moment that it is there.

    Raises:
        ServerError: The port is in use or needs more rights, or `host` is not this machine's.
    """
    if is_loopback(host) or host in EVERYWHERE:
        return Listeners((open_socket(host, port),))
    here = open_socket(from_here(host), port)
    try:
        there = open_socket(host, here.getsockname()[1], before_it_is_there=forgiving)
    except ServerError as cause:
        if forgiving:
            return Listeners((here,), f"server.host: {cause} Only this machine reaches it now.")
        here.close()
        raise
    return Listeners((here, there))


def open_socket(host: str, port: int, *, before_it_is_there: bool = False) -> socket.socket:
    """A listening socket at `host` and `port`; port 0 takes any free one.

    Args:
        host: An address or a name of this machine.
        port: The port.
        before_it_is_there: Whether the address may be one that this machine has not got yet.

    Raises:
        ServerError: The address is not this machine's, is in use, or needs more rights.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # Only Linux has this option. Elsewhere it takes some heartbeats of a stream until the
        # system notices that the client is gone.
        with contextlib.suppress(AttributeError):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, CLIENT_TIMEOUT_MS)
        if before_it_is_there and sys.platform == "linux":
            listener.setsockopt(socket.IPPROTO_IP, _IP_FREEBIND, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as cause:
        listener.close()
        raise ServerError(f"{host}:{port}: {_why(cause, port)}") from cause
    return listener


def _why(cause: OSError, port: int) -> str:
    """Why the socket could not be opened, and what to do about it."""
    if cause.errno == errno.EADDRINUSE:
        return (
            f"something else is listening on port {port}. Stop it (is another Matside running?), "
            f"or take any free port: --port 0."
        )
    if cause.errno == errno.EACCES:
        return f"port {port} needs more rights. Take one above 1023: --port 8080."
    if cause.errno == errno.EADDRNOTAVAIL:
        return "that is not an address of this machine. Use 127.0.0.1."
    if isinstance(cause, socket.gaierror):
        return "no address is known by that name. Use 127.0.0.1, or 0.0.0.0 for the network."
    return f"cannot listen there: {cause.strerror or cause}. Use 127.0.0.1."
