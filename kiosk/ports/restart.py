"""What staff may have started anew."""

from enum import Enum


class Restart(Enum):
    """What is started anew; the value is its name in routes and file names."""

    STATION = "station"
    BROWSER = "browser"
    MACHINE = "machine"
