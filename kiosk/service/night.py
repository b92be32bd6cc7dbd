"""The screen off at night: between two times of day, if the time of day can be trusted."""

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

#: Made by systemd's time service once it has heard from a time server since boot.
_SYNCHRONIZED = Path("/run/systemd/timesync/synchronized")
#: Seconds since 1970 by the clock with a battery, if there is one.
_BATTERY_CLOCK = Path("/sys/class/rtc/rtc0/since_epoch")
#: A battery clock that says less has lost its time (2025-01-01).
_PLAUSIBLE = 1_735_689_600


@dataclass(frozen=True, slots=True)
class Night:
    """From a time of day until another, over midnight if the second is the smaller one."""

    off_from: time
    off_until: time

    def covers(self, moment: time) -> bool:
        """Whether `moment` is in the night; its end no longer is."""
        if self.off_from <= self.off_until:
            return self.off_from <= moment < self.off_until
        return moment >= self.off_from or moment < self.off_until


def local_time() -> time | None:
    """The time of day here, or None if nobody knows it.

    A Raspberry Pi without a network wakes up with the time of its last shutdown.
    """
    if not _SYNCHRONIZED.exists() and _battery_clock() < _PLAUSIBLE:
        return None
    return datetime.now().astimezone().time()


def _battery_clock() -> int:
    try:
        return int(_BATTERY_CLOCK.read_text())
    except (OSError, ValueError):
        return 0  # there is none, or it cannot be read
