"""Visits to the staff area: who is signed in, and for how long.

They are in memory alone. A restart of the station ends all of them, and so does another PIN.
"""

import secrets
import threading
from dataclasses import dataclass, replace

from kiosk.ports.clock import MonotonicClock
from kiosk.staff.doorway import Doorway

#: Seconds without a request after which a visit is over.
IDLE = 15 * 60.0


@dataclass(frozen=True, slots=True)
class _Visit:
    """A visit: where it is made, at which PIN it began, and when it last asked for something."""

    doorway: Doorway
    pin: str
    last: float


class Visits:
    """The visits that go on. Any thread may use it.

    Args:
        clock: The time.
    """

    def __init__(self, clock: MonotonicClock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._visits: dict[str, _Visit] = {}

    def begin(self, doorway: Doorway, pin: str) -> str:
        """Begin a visit; gives its id, which nobody can guess and which was never given before."""
        now = self._clock.now()
        visit = secrets.token_urlsafe(32)
        with self._lock:
            over = [each for each, found in self._visits.items() if now - found.last > IDLE]
            for each in over:
                del self._visits[each]
            self._visits[visit] = _Visit(doorway, pin, now)
        return visit

    def goes_on(self, visit: str, doorway: Doorway, pin: str) -> bool:
        """Whether a visit goes on at this doorway, with this PIN. If so, it has just been used."""
        now = self._clock.now()
        with self._lock:
            found = self._visits.get(visit)
            if (
                found is None
                or (found.doorway, found.pin) != (doorway, pin)
                or now - found.last > IDLE
            ):
                return False
            self._visits[visit] = replace(found, last=now)
            return True

    def end(self, visit: str) -> None:
        """End a visit, if it still goes on. Its id is worth nothing from now on."""
        with self._lock:
            self._visits.pop(visit, None)

    def end_at_panel(self) -> None:
        """End every visit at the panel."""
        with self._lock:
            self._visits = {
                visit: found
                for visit, found in self._visits.items()
                if found.doorway is not Doorway.PANEL
            }
