"""Whether the machine's wall clock can be trusted.

A Raspberry Pi has no battery for its clock: without a network it wakes up with the time of its
last shutdown.
"""

from pathlib import Path

#: Made by systemd's time service once it has heard from a time server since boot.
_SYNCHRONIZED = "run/systemd/timesync/synchronized"
#: Seconds since 1970 by the clock with a battery, if there is one.
_BATTERY_CLOCK = "sys/class/rtc/rtc0/since_epoch"
#: A battery clock that says less has lost its time (2025-01-01).
_PLAUSIBLE = 1_735_689_600


def set_by_network(root: Path = Path("/")) -> bool:
    """Whether a time server has set the clock since boot; `root` has the machine's files."""
    return (root / _SYNCHRONIZED).exists()


def has_battery(root: Path = Path("/")) -> bool:
    """Whether there is a clock with a battery that has kept its time."""
    try:
        return int((root / _BATTERY_CLOCK).read_text()) >= _PLAUSIBLE
    except (OSError, ValueError):
        return False  # there is none, or it cannot be read


def is_trusted(root: Path = Path("/")) -> bool:
    """Whether the time of day is known."""
    return set_by_network(root) or has_battery(root)
