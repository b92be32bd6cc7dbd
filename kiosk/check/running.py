"""The station that runs while `matside check` looks: asked by HTTP, and never disturbed."""

import base64
import http.client
import ipaddress

import msgspec

from kiosk.ports.finding import span
from kiosk.ports.panel import ButtonHealth, PartStatus
from kiosk.settings.loading import Server

#: Seconds that a station has for its answer; one that hangs takes longer.
PATIENCE = 3.0

STOP_IT = "sudo systemctl stop matside (afterwards: sudo systemctl start matside)"


class Hardware(msgspec.Struct, frozen=True):
    """The panel of a running station, as ``GET /healthz`` tells."""

    factory: str
    button: PartStatus
    buzzer: PartStatus
    light: PartStatus
    problem: str | None


class Button(msgspec.Struct, frozen=True):
    """What the button of a running station has been through, likewise; times in seconds."""

    presses: int
    ignored: int
    glitches: int
    bounces: tuple[int, ...]
    down: bool
    longest: float | None
    since_last: float | None

    def stats(self) -> ButtonHealth:
        """The same without what only the session knows."""
        return ButtonHealth(
            self.presses, self.glitches, self.bounces, self.down, self.longest, self.since_last
        )


class RunningStation(msgspec.Struct, frozen=True):
    """A running station, likewise; `uptime` in seconds."""

    status: str
    hardware: Hardware
    button: Button
    version: str
    uptime: float

    def __str__(self) -> str:
        return f"Matside {self.version}, up {span(self.uptime)}"


def find_station(server: Server) -> RunningStation | None:
    """The station that answers where the settings say, None if none does."""
    if server.port == 0:
        return None  # it takes any free port, so nobody knows where it is
    headers = {}
    if server.staff_pin is not None:
        headers["Authorization"] = f"Basic {_basic(server.staff_pin)}"
    connection = http.client.HTTPConnection(_reachable(server.host), server.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz", headers=headers)
        return msgspec.json.decode(connection.getresponse().read(), type=RunningStation)
    except (OSError, http.client.HTTPException, msgspec.DecodeError):
        return None  # nothing is there, or something else
    finally:
        connection.close()


def _reachable(host: str) -> str:
    """Where a station that listens at `host` is reached from the same machine."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if not address.is_unspecified:
        return host
    return "127.0.0.1" if address.version == 4 else "::1"  # noqa: PLR2004 - IPv4


def _basic(pin: str) -> str:
    return base64.b64encode(f"staff:{pin}".encode()).decode()
