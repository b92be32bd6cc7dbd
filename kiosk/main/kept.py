"""What stays in the process while the station takes its settings anew, and its parts are remade."""

import contextlib
from pathlib import Path

from kiosk.main.staff import StaffArea, open_staff_area
from kiosk.ports.clock import MonotonicClock
from kiosk.records.unwritten import Unwritten


class Kept:
    """What one station leaves to the next one.

    Args:
        staff: What stays of the staff area.

    Attributes:
        staff: What stays of the staff area.
    """

    def __init__(self, staff: StaffArea) -> None:
        self.staff = staff
        self._unwritten: dict[Path, Unwritten] = {}

    def unwritten(self, directory: Path) -> Unwritten:
        """The ended sessions that could not be written into the data directory `directory`."""
        return self._unwritten.setdefault(directory, Unwritten())

    def close(self) -> None:
        """Say what is lost, since no station follows."""
        for unwritten in self._unwritten.values():
            unwritten.close()


def open_kept(stack: contextlib.ExitStack, clock: MonotonicClock) -> Kept:
    """Nothing that has stayed yet. Closing `stack` ends it."""
    kept = Kept(open_staff_area(stack, clock))
    stack.callback(kept.close)
    return kept
