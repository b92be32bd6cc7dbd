"""Sessions that have ended and could not be written, from one keeper to the next.

Each time that the station takes its settings anew, its keeper ends and another one begins, in the
same process. A disk that is broken then may be mended later.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kiosk.records.numbers import SessionNumbers
from kiosk.records.record import SessionRecord

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Left:
    """What a keeper has left to the next one.

    Attributes:
        numbers: The numbers of the next run.
        ended: The sessions, the oldest first, numbered as in the next run: from 0 down.
    """

    numbers: SessionNumbers = field(default_factory=SessionNumbers)
    ended: tuple[SessionRecord, ...] = ()


class Unwritten:
    """Has what a keeper of a data directory has left, until the next one takes it."""

    def __init__(self) -> None:
        self._left = Left()

    def leave(self, numbers: SessionNumbers, sessions: int, ended: Iterable[SessionRecord]) -> None:
        """Leave what could not be written to the next keeper.

        Args:
            numbers: The numbers of the run that ends.
            sessions: How many sessions it had.
            ended: Those that are not written, the oldest first.
        """
        self.close()  # what no keeper has taken since it was left
        renumbered = tuple(replace(each, number=each.number - sessions) for each in ended)
        if renumbered:
            self._left = Left(numbers.of_next_run(sessions), renumbered)

    def take(self) -> Left:
        """What the last keeper has left; nothing, if it could write all."""
        left, self._left = self._left, Left()
        return left

    def close(self) -> None:
        """Say in the log how many sessions are lost, since no keeper writes them."""
        if lost := self.take().ended:
            _log.error("sessions that could not be saved, and are lost: %d", len(lost))
