"""Whether the machine's wall clock can be trusted.

A Raspberry Pi has no battery for its clock: without a network it wakes up with the time of its
last shutdown.
"""

from pathlib import Path

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
