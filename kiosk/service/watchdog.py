"""The watchdog: feeds systemd's only while everything that a member needs really moves."""

import faulthandler
import logging
import threading
from collections.abc import Sequence
from typing import Protocol

from kiosk.service.notify import Notifier

_log = logging.getLogger(__name__)

#: Shares of systemd's time: between two feedings, for one part to answer in, and before those
#: that did not are asked again. One slow answer is forgiven: 1/2 + 1/10 + 1/10 and the answers
#: after it are less than the whole.
EVERY, ANSWER, AGAIN = 1 / 2, 1 / 10, 1 / 10

#: Share of systemd's time after which a station whose watchdog itself hangs says where.
LAST_WORDS = 9 / 10

_STDERR = 2


class Watched(Protocol):
    """A part with threads that can be asked for a sign of life."""

    def unresponsive(self, within: float) -> list[str]:
        """Wake the part's threads and wait for them.

        Args:
            within: Seconds that all of them together have to respond.

        Returns:
            The names of the threads that did not respond in time; empty if all is well.
        """


class Watchdog:
    """Asks every part in turn, in a thread of its own that sleeps in between.

    Args:
        notifier: Who is fed.
        seconds: After how many seconds without being fed systemd acts.
        parts: Who is asked.
    """

    def __init__(self, notifier: Notifier, seconds: float, parts: Sequence[Watched]) -> None:
        self._notifier = notifier
        self._seconds = seconds
        self._parts = parts
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End; waits for a question that is being asked."""
        self._stop.set()
        self._thread.join()

    def look(self) -> float:
        """Ask every part, feed systemd if all responded; gives the seconds until the next look."""
        within = self._seconds * ANSWER
        unresponsive = [name for part in self._parts for name in part.unresponsive(within)]
        if not unresponsive:
            self._notifier.alive()
            return self._seconds * EVERY
        _log.error(
            "no sign of life from: %s. If that goes on, systemd starts the station anew.",
            ", ".join(unresponsive),
        )
        faulthandler.dump_traceback(_STDERR)
        return self._seconds * AGAIN

    def _run(self) -> None:
        wait = 0.0
        while not self._stop.wait(wait):
            # Comes even if nothing of Python moves any more, since it does not wait for the
            # interpreter. If something does move it may crash, just before systemd kills.
            faulthandler.dump_traceback_later(self._seconds * LAST_WORDS, file=_STDERR)
            wait = self.look()
        faulthandler.cancel_dump_traceback_later()
