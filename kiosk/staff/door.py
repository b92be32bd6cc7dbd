"""The door to the staff area: it asks for the PIN, and knows who has come in."""

import logging
import os
import threading
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kiosk.core.errors import StaffError
from kiosk.core.session import Status
from kiosk.ports.clock import MonotonicClock
from kiosk.runner import Change
from kiosk.staff.doorway import Doorway
from kiosk.staff.pin import StoredPin, check_pin, stored_pin
from kiosk.staff.pin_file import PinFile
from kiosk.staff.tries import Tries
from kiosk.staff.visits import Visits

_log = logging.getLogger(__name__)


class Verdict(Enum):
    """What came of a try to come in."""

    RIGHT = "right"
    WRONG = "wrong"
    WAIT = "wait"  # too many wrong ones: this one was not looked at
    BUSY = "busy"  # another one is being looked at: this one was not
    NO_PIN = "no PIN"  # none has been chosen yet


@dataclass(frozen=True, slots=True)
class Admission:
    """The answer to a try to come in.

    Attributes:
        verdict: What came of it.
        wait: Seconds until the next try may be made.
        visit: The id of the visit that has begun, None if none has.
    """

    verdict: Verdict
    wait: float = 0.0
    visit: str | None = None


class StaffDoor:
    """The door. Any thread may use it; no method waits for another thread's hash.

    A hash takes a good part of a second of a slow processor, so one is computed at a time. It is
    computed outside of all locks of the station, and Python lets other threads run meanwhile, so
    that a member's press is not late.

    Args:
        directory: The data directory; it need not be there yet.
        clock: The time.

    Attributes:
        pin_file: Where the PIN is kept.
        key: Random bytes that cookies are signed with; another one at each start of the station.
    """

    def __init__(self, directory: Path, clock: MonotonicClock) -> None:
        self.key = os.urandom(32)
        self.pin_file = PinFile(directory)
        self._tries = Tries(directory, clock)
        self._visits = Visits(clock)
        self._one_at_a_time = threading.Lock()

    def __call__(self, change: Change) -> None:
        """End the visits at the panel once a session runs; a listener of the runner."""
        if change.state.status is not Status.ATTRACT:
            self._visits.end_at_panel()

    @property
    def has_pin(self) -> bool:
        """Whether a PIN has been chosen.

        Raises:
            StaffError: What is kept of it cannot be read.
        """
        return self.pin_file.read() is not None

    def wait(self, doorway: Doorway) -> float:
        """Seconds until the next try may be made at a doorway, 0 if it may be made now.

        Raises:
            StaffError: What is kept of the PIN cannot be read.
        """
        kept = self.pin_file.read()
        return 0.0 if kept is None else self._tries.wait(doorway, kept.id)

    def sign_in(self, digits: str, doorway: Doorway) -> Admission:
        """Come in with a PIN.

        Raises:
            StaffError: What is kept of the PIN cannot be read.
        """
        if not self._one_at_a_time.acquire(blocking=False):
            return Admission(Verdict.BUSY)
        try:
            kept = self.pin_file.read()
            return Admission(Verdict.NO_PIN) if kept is None else self._try(digits, kept, doorway)
        finally:
            self._one_at_a_time.release()

    def choose(self, digits: str) -> Admission:
        """Choose the first PIN, at the panel, and come in with it.

        Raises:
            StaffError: It cannot be a PIN, there is one already, or it cannot be kept.
        """
        if not self._one_at_a_time.acquire(blocking=False):
            return Admission(Verdict.BUSY)
        try:
            if self.has_pin:
                raise StaffError("A PIN has been chosen already.")
            chosen = stored_pin(digits)
            self.pin_file.write(chosen)
            return Admission(Verdict.RIGHT, visit=self._visits.begin(Doorway.PANEL, chosen.id))
        finally:
            self._one_at_a_time.release()

    def change(self, old: str, new: str, doorway: Doorway) -> Admission:
        """Put the PIN `new` in the place of `old`, and come in with it; all other visits end.

        Raises:
            StaffError: `new` cannot be a PIN or is the old one, what is kept cannot be read, or the
                new one cannot be kept.
        """
        if not self._one_at_a_time.acquire(blocking=False):
            return Admission(Verdict.BUSY)
        try:
            kept = self.pin_file.read()
            if kept is None:
                return Admission(Verdict.NO_PIN)
            check_pin(new)
            if new == old:
                raise StaffError("That is the old PIN. Take another one.")
            refused = self._refusal(old, kept, doorway)
            if refused is not None:
                return refused
            chosen = stored_pin(new)
            self.pin_file.write(chosen)
            _log.info("The staff PIN has been changed, from the %s.", doorway.value)
            return Admission(Verdict.RIGHT, visit=self._visits.begin(doorway, chosen.id))
        finally:
            self._one_at_a_time.release()

    def is_in(self, visit: str | None, doorway: Doorway) -> bool:
        """Whether a visit goes on; None is nobody's.

        Raises:
            StaffError: What is kept of the PIN cannot be read.
        """
        if visit is None:
            return False
        kept = self.pin_file.read()
        return kept is not None and self._visits.goes_on(visit, doorway, kept.id)

    def leave(self, visit: str | None) -> None:
        """End a visit, if it still goes on; None is nobody's."""
        if visit is not None:
            self._visits.end(visit)

    def _try(self, digits: str, kept: StoredPin, doorway: Doorway) -> Admission:
        refused = self._refusal(digits, kept, doorway)
        return refused or Admission(Verdict.RIGHT, visit=self._visits.begin(doorway, kept.id))

    def _refusal(self, digits: str, kept: StoredPin, doorway: Doorway) -> Admission | None:
        """None if `digits` are the PIN; else the answer, and the try has been counted."""
        wait = self._tries.wait(doorway, kept.id)
        if wait > 0:
            return Admission(Verdict.WAIT, wait)
        # The try counts as wrong before it is looked at. So whoever has the power cut in the middle
        # of it, to have it forgotten, has made one more wrong try.
        self._tries.count_wrong(doorway, kept.id)
        if not kept.is_made_of(digits):
            return Admission(Verdict.WRONG, self._tries.wait(doorway, kept.id))
        self._tries.forget(doorway, kept.id)
        return None
