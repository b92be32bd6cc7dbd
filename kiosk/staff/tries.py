"""Wrong tries at the PIN: after the first few, each makes the next one wait, longer and longer.

The wrong tries are counted for the station and not for each address, since whoever guesses can
have as many addresses as he likes. But panel and network have a count each: otherwise somebody in
the network who goes on guessing would keep staff out for ever. As it is, staff can always go to the
panel, and at the panel nobody guesses unseen.

The counts are on the disk, so no restart forgets them. The time until which somebody has to wait is
not: no clock of the station goes on while it is off. A wait that was not over when the station
stopped begins anew when it starts.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.ports.clock import MonotonicClock
from kiosk.staff.doorway import Doorway
from kiosk.whole_file import write_whole

_log = logging.getLogger(__name__)

#: The file's name in the data directory.
TRIES_FILE = "staff-tries.json"

#: The number of the wrong try that is the first one to be followed by a wait.
FIRST_WITH_WAIT = 3

#: Seconds of the first wait. Each further one is twice as long as the one before.
FIRST_WAIT = 10.0

#: The longest wait in seconds. In a year that lets through some 35,000 tries at the panel, by
#: somebody who stands there all the time, and 9,000 from the network.
LONGEST_WAIT: Mapping[Doorway, float] = MappingProxyType(
    {Doorway.PANEL: 900.0, Doorway.NETWORK: 3600.0}
)

#: The number of doublings after which every wait is the longest.
_MOST_DOUBLINGS = 10

_Count = Annotated[int, Meta(ge=0)]


class _Kept(msgspec.Struct, frozen=True):
    """What the file has: the wrong tries since the last right one, and at which PIN they were."""

    pin: str = ""
    panel: _Count = 0
    network: _Count = 0

    def of(self, doorway: Doorway) -> int:
        return self.panel if doorway is Doorway.PANEL else self.network


def wait_after(wrong: int, doorway: Doorway) -> float:
    """Seconds to wait after so many wrong tries in a row."""
    if wrong < FIRST_WITH_WAIT:
        return 0.0
    doublings = min(wrong - FIRST_WITH_WAIT, _MOST_DOUBLINGS)
    return min(FIRST_WAIT * 2.0**doublings, LONGEST_WAIT[doorway])


class Tries:
    """The wrong tries of a station, and who has to wait.

    Any thread may ask; one at a time may change something. Each question names the PIN by its id:
    at another PIN there has been no try yet.

    Args:
        directory: The data directory; it need not be there yet.
        clock: The time.
    """

    def __init__(self, directory: Path, clock: MonotonicClock) -> None:
        self._path = directory / TRIES_FILE
        self._clock = clock
        self._kept = self._read()
        self._free_at = {
            doorway: clock.now() + wait_after(self._kept.of(doorway), doorway)
            for doorway in Doorway
        }
        self._can_write = True

    def wait(self, doorway: Doorway, pin: str) -> float:
        """Seconds until the next try may be made, 0 if it may be made now."""
        if pin != self._kept.pin:
            return 0.0
        return max(0.0, self._free_at[doorway] - self._clock.now())

    def count_wrong(self, doorway: Doorway, pin: str) -> None:
        """Count a wrong try, and begin the wait that follows it."""
        kept = self._kept if pin == self._kept.pin else _Kept(pin)
        self._keep(msgspec.structs.replace(kept, **{doorway.value: kept.of(doorway) + 1}))
        self._free_at[doorway] = self._clock.now() + wait_after(self._kept.of(doorway), doorway)

    def forget(self, doorway: Doorway, pin: str) -> None:
        """Forget the wrong tries at a doorway, since the right PIN was given there."""
        if pin == self._kept.pin and self._kept.of(doorway):
            self._keep(msgspec.structs.replace(self._kept, **{doorway.value: 0}))
            self._free_at[doorway] = self._clock.now()

    def _read(self) -> _Kept:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_Kept)
        except (FileNotFoundError, NotADirectoryError):
            return _Kept()
        except (OSError, msgspec.DecodeError) as problem:
            _log.warning("%s: wrong tries are counted anew: %s", self._path, problem)
            return _Kept()

    def _keep(self, kept: _Kept) -> None:
        """Keep the counts, on the disk too if it can be written. Says once if it cannot."""
        self._kept = kept
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, msgspec.json.encode(kept))
        except OSError as problem:
            if self._can_write:
                _log.warning(
                    "%s: wrong tries are counted until the next restart only: %s",
                    self._path,
                    problem,
                )
            self._can_write = False
        else:
            self._can_write = True
