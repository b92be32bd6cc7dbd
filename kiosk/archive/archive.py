"""The archive's loop: take from the broker, keep in the database, and only then acknowledge."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.archive.database import Database, Parcel
from kiosk.archive.reading import Unreadable, read, unreadable
from kiosk.archive.subscription import InHand, Subscription
from kiosk.core.errors import ArchiveError, FleetError, SettingsError

_log = logging.getLogger(__name__)

#: Seconds after which it says anew how far behind it is, if anything has come.
TELL_EVERY = 60.0

#: With fewer messages at once than this, the archive keeps up with what comes.
FEW = 10

#: Seconds until the next try after an error, the first and the longest time.
SHORTEST_WAIT, LONGEST_WAIT = 0.5, 30.0


@dataclass(slots=True)
class Counts:
    """What has been done since the start.

    Attributes:
        new: Sessions that were not there yet.
        known: Repetitions of sessions that were.
        unreadable: Messages that are no session.
        behind_since: Clock seconds since when there was always more to take; None when all is kept.
    """

    new: int = 0
    known: int = 0
    unreadable: int = 0
    behind_since: float | None = None

    def told(self, now: float) -> str:
        """All of it in a line."""
        done = f"{self.new} new, {self.known} known, {self.unreadable} unreadable"
        if self.behind_since is None:
            return f"{done}; all that the broker has sent is kept"
        return f"{done}; behind for {now - self.behind_since:.0f} s, more is coming"


class Archive:
    """Runs until it is told to stop.

    Args:
        database: Where the sessions are kept.
        subscribe: Makes the subscription; it is called again after each error.
        now: Gives clock seconds.
        pause: Waits for some seconds.
    """

    def __init__(
        self,
        database: Database,
        subscribe: Callable[[], Subscription],
        now: Callable[[], float],
        pause: Callable[[float], object],
    ) -> None:
        self.counts = Counts()
        self._database = database
        self._subscribe = subscribe
        self._now = now
        self._pause = pause
        self._stopped = False
        self._wait = SHORTEST_WAIT
        self._tell_at = 0.0
        self._told: str | None = None

    def stop(self) -> None:
        """Stop soon; what is in hand is kept before."""
        self._stopped = True

    def run(self) -> None:
        """Take and keep until it is told to stop. Whatever goes wrong is logged and tried again."""
        while not self._stopped:
            try:
                self._run_on(self._subscribe())
            except (ArchiveError, FleetError, SettingsError) as problem:
                _log.error("archive: %s", problem)
                if not self._stopped:
                    self._pause(self._wait)
                self._wait = min(2 * self._wait, LONGEST_WAIT)
        self._database.close()
        _log.info("archive: %s", self.counts.told(self._now()))

    def _run_on(self, subscription: Subscription) -> None:
        """Take and keep on one connection.

        What is in hand when that ends is forgotten, since the broker sends it again.

        Raises:
            ArchiveError: The connection has ended, or the database does not answer.
        """
        try:
            # Whoever starts it sees at once whether the database is there and has the tables.
            self._database.keep((), ())
            while not self._stopped:
                taken = subscription.wait(1.0)
                if len(taken) < FEW:
                    self.counts.behind_since = None
                elif self.counts.behind_since is None:
                    self.counts.behind_since = self._now()
                if taken:
                    self._keep(taken)
                    subscription.acknowledge(taken)
                    self._wait = SHORTEST_WAIT
                self._tell(ready=subscription.ready)
        finally:
            subscription.close()

    def _keep(self, taken: list[InHand]) -> None:
        parcels, garbage = [], []
        for each in taken:
            found = read(each.topic, each.payload)
            if isinstance(found, Unreadable):
                _log.warning("archive: unreadable, from %s: %s", found.topic, found.problem)
                garbage.append(found)
            else:
                refused = unreadable(each.topic, each.payload, "the database refuses it")
                parcels.append(Parcel(found, refused))
        new = self._database.keep(parcels, garbage)
        self.counts.new += new
        self.counts.known += len(parcels) - new
        self.counts.unreadable += len(garbage)

    def _tell(self, *, ready: bool) -> None:
        """Say how far it is: when all is kept after something has come, and every minute."""
        now, caught_up = self._now(), self.counts.behind_since is None
        if caught_up and not ready:
            return
        text = self.counts.told(now)
        if text != self._told and (caught_up or now >= self._tell_at):
            self._told, self._tell_at = text, now + TELL_EVERY
            _log.info("archive: %s", text)
