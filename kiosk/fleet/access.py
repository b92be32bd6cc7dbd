"""The way into the gym's broker: where it is, how it proves who it is, and how the station does."""

import ipaddress
import socket
import ssl
from dataclasses import dataclass, field

from kiosk.core.errors import FleetError
from kiosk.ports.clock import WallTime
from kiosk.secret_file import read_secret
from kiosk.settings.shapes import FleetSection

#: OpenSSL's numbers for a certificate that is not valid yet, and for one that is not any more.
_NOT_YET, _NOT_ANY_MORE = 9, 10


@dataclass(frozen=True, slots=True)
class Access:
    """What it takes to connect.

    Attributes:
        host: Name or address of the broker.
        port: Its port.
        user: The name to sign in with, None without one.
        password: The password, None without one.
        tls: How the broker's certificate is checked; None without TLS.
    """

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: ssl.SSLContext | None = None


def access(section: FleetSection) -> Access:
    """Read what it takes to connect, as it is now: a password or a certificate may be renewed.

    Raises:
        SettingsError: The file with the password cannot be read.
        FleetError: The certificate cannot be read, or the password would be sent for anybody to
            read.
    """
    host = section.broker or ""
    port = section.port or (8883 if section.tls else 1883)
    password = None
    if section.password_file is not None:
        password = read_secret(section.password_file, "fleet.password_file")
    if section.tls:
        return Access(host, port, section.user, password, _tls(section.ca_file))
    if password is not None and not section.allow_plain_password:
        host = _private(host, port)
    return Access(host, port, section.user, password)


def reason(problem: OSError | ValueError, at: Access, wall: WallTime) -> str:
    """Why there is no connection, and what to do about it.

    Args:
        problem: The error that the try to connect has ended with.
        at: Where it went to.
        wall: What the station's clock shows. A wrong clock makes right certificates wrong.
    """
    where = f"{at.host}:{at.port}"
    if isinstance(problem, ssl.SSLCertVerificationError):
        if problem.verify_code in (_NOT_YET, _NOT_ANY_MORE):
            return _wrong_time(where, wall, not_yet=problem.verify_code == _NOT_YET)
        return (
            f"{where}: its certificate is not trusted ({problem.verify_message}). "
            f"fleet.ca_file must be the certificate of the gym's own authority, and the broker's "
            f"certificate must be for {at.host}."
        )
    if isinstance(problem, ssl.SSLError):
        return f"{where}: no TLS is spoken there ({problem}). Look at fleet.port and fleet.tls."
    if isinstance(problem, socket.gaierror):
        return f"{where}: nobody knows this name. Look at fleet.broker and the network."
    told = getattr(problem, "strerror", None) or str(problem) or "no answer"
    return f"{where}: {told}. Look at the broker and the network."


def _wrong_time(where: str, wall: WallTime, *, not_yet: bool) -> str:
    shown = wall.at.strftime("%Y-%m-%d %H:%M")
    told = f"{where}: its certificate is {'not valid yet' if not_yet else 'no longer valid'}"
    if wall.known:
        return f"{told} by the station's clock ({shown}). Renew it, or look at both clocks."
    return (
        f"{told} by the station's clock, but that shows {shown} and no time server has set it "
        f"since the start. It is tried again; a time server in the gym's network helps."
    )


def _tls(ca_file: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as problem:
        raise FleetError(
            f"{ca_file}: is no certificate that can be read: {problem}. Look at fleet.ca_file."
        ) from problem


def _private(host: str, port: int) -> str:
    """The address of `host`, which must be of this machine or of a private network.

    The connection goes to that very address, so nobody can give another answer in between.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise FleetError(f"{host}: nobody knows this name ({problem}).") from problem
    addresses = [str(each[4][0]) for each in found]
    for each in addresses:
        address = ipaddress.ip_address(each.partition("%")[0])
        if not (address.is_loopback or address.is_private or address.is_link_local):
            raise FleetError(
                f"{host} is {each}, outside of the private networks: the password would be sent "
                f"there for anybody to read. Set fleet.tls = true."
            )
    return addresses[0]
