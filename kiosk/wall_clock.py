"""Whether the machine's wall clock can be trusted.

A Raspberry Pi has no battery for its clock: without a network it wakes up with the time of its
last shutdown.
"""

import datetime as dt
from pathlib import Path

from kiosk.ports.clock import WallTime

#: systemd's time service makes this file once it has heard from a time server since boot.
_SYNCHRONIZED = "run/systemd/timesync/synchronized"
#: This file has the seconds since 1970 by the clock with a battery, if there is one.
_BATTERY_CLOCK = "sys/class/rtc/rtc0/since_epoch"
#: The first of January 2025, in seconds since 1970. A battery clock that shows an earlier time has
#: lost it, for example because its battery is empty.
_PLAUSIBLE = 1_735_689_600


def set_by_network(root: Path = Path("/")) -> bool:
    """Whether a time server has set the clock since boot; the machine's files are under `root`."""
    return (root / _SYNCHRONIZED).exists()


def has_battery(root: Path = Path("/")) -> bool:
    """Whether this machine has a clock with a battery, and it has kept its time."""
    try:
        return int((root / _BATTERY_CLOCK).read_text()) >= _PLAUSIBLE
    except (OSError, ValueError):
        return False  # there is none, or it cannot be read


def is_trusted(root: Path = Path("/")) -> bool:
    """Whether the wall clock shows the right time of day."""
    return set_by_network(root) or has_battery(root)


class SystemWallClock:
    """The machine's wall clock.

    Args:
        zone: The gym's time zone; None takes the machine's own.
        root: The machine's files are under it.
    """

    def __init__(self, zone: dt.tzinfo | None = None, root: Path = Path("/")) -> None:
        self._zone = zone
        self._root = root

    def __call__(self) -> WallTime:
        """The time, and whether it can be trusted."""
        return WallTime(dt.datetime.now(dt.UTC).astimezone(self._zone), is_trusted(self._root))
