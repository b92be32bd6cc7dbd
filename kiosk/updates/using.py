"""Whether somebody uses the station now, as root finds it out from outside."""

import http.client
import ipaddress
import json
import os
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.core.errors import UpdateError
from kiosk.updates.programs import says_yes

#: The station's unit.
STATION = "matside.service"

#: Seconds that the station has to answer.
_ANSWER = 5

#: The most bytes of its answer, and of the file with its address.
_MOST = 64 * 1024


def is_in_use(runtime: Path) -> bool:
    """Whether a session is under way. A station that runs and does not answer counts as in use.

    Args:
        runtime: The station's runtime directory, in which it says at what address it listens.
    """
    if not says_yes("systemctl", "--quiet", "is-active", STATION):
        return False
    try:
        return _status(*_address(runtime)) != "attract"
    except (OSError, ValueError, http.client.HTTPException):
        return True


def _address(runtime: Path) -> tuple[str, int]:
    """Where the station listens on this machine; the station writes the file, so it is not trusted.

    Raises:
        OSError: There is no such plain file.
        ValueError: It has another address in it than one of this machine.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    with os.fdopen(os.open(runtime / "address", flags), "rb") as file:
        found = urlsplit(file.read(_MOST).decode().strip())
    if not ipaddress.ip_address(found.hostname or "").is_loopback:
        raise ValueError(found.hostname)
    return found.hostname or "", found.port or 80


def _status(host: str, port: int) -> object:
    connection = http.client.HTTPConnection(host, port, timeout=_ANSWER)
    try:
        connection.request("GET", "/api/session")
        told = json.loads(connection.getresponse().read(_MOST))
    finally:
        connection.close()
    return told["status"] if isinstance(told, dict) and "status" in told else None


def refuse_if_in_use(runtime: Path) -> None:
    """Hold that nobody uses the station.

    Raises:
        UpdateError: Somebody does.
    """
    if is_in_use(runtime):
        raise UpdateError("A session is running. Try again when it is over.")
