"""The station that runs during `matside check`. It is asked over HTTP, and not disturbed."""

import http.client

import msgspec

from kiosk.ports.finding import span
from kiosk.ports.health import StationHealth
from kiosk.settings.address import from_here
from kiosk.settings.shapes import ServerSection

#: Seconds within which a station that works has answered.
ANSWER_WITHIN = 3.0

#: What a person types to stop the station and to start it anew.
RESTART_IT = "sudo systemctl restart matside"
STOP_IT = "sudo systemctl stop matside (afterwards: sudo systemctl start matside)"


def find_station(server: ServerSection) -> StationHealth | None:
    """The station that answers where the settings say, None if none does."""
    if server.port == 0:
        return None  # it takes any free port, so nobody knows where it is
    connection = http.client.HTTPConnection(
        from_here(server.host), server.port, timeout=ANSWER_WITHIN
    )
    try:
        connection.request("GET", "/healthz")
        return msgspec.json.decode(connection.getresponse().read(), type=StationHealth)
    except (OSError, http.client.HTTPException, msgspec.DecodeError):
        return None  # nothing answers there, or something that is no station
    finally:
        connection.close()


def in_a_line(station: StationHealth) -> str:
    """A running station for people, for example ``Matside 0.1.0, up 3 days``."""
    return f"Matside {station.version}, up {span(station.uptime)}"
