"""The watchdog: gives systemd a sign of life only while every part of the station responds.

That is called feeding the watchdog. If systemd is not fed for some time, it restarts the station.
"""

import faulthandler
import logging
import threading
from collections.abc import Sequence
from typing import Protocol

from kiosk.service.notify import Notifier

_log = logging.getLogger(__name__)

# Each time here is a share of the seconds that systemd waits to be fed before it restarts the
# station. They leave room for one late answer. For example, with 30 s and three parts:
#
#     15 s  from the feeding until the parts are asked
#      3 s  one of them does not respond in time
#      3 s  until all of them are asked again
#      9 s  at most, until all three have responded: 3 s each
#     ----
#     30 s

#: From one feeding until the parts are asked again, if all have responded.
EVERY = 1 / 2

#: For one part to respond.
ANSWER = 1 / 10

#: Until the parts are asked again, if one has not responded.
AGAIN = 1 / 10

#: After this share of systemd's time, a station that does not move at all writes into its log where
#: each of its threads is.
LAST_WORDS = 9 / 10

#: The number of standard error, which the journal reads.
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
        notifier: Feeds systemd.
        seconds: Seconds without being fed after which systemd restarts the station.
        parts: The parts that are asked.
    """

    def __init__(self, notifier: Notifier, seconds: float, parts: Sequence[Watched]) -> None:
        self._notifier = notifier
        self._seconds = seconds
        self._parts = parts
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """End the thread; waits for an answer that is still to come."""
        self._stop.set()
        self._thread.join()

    def ask_parts(self) -> float:
        """Ask every part, and feed systemd if all have responded.

        Returns:
            The seconds after which they are to be asked again.
        """
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
            # If this loop does not come round again in time, faulthandler writes where each thread
            # is. It does so from a thread that needs no interpreter, so that it works even if all
            # of Python hangs. If Python does still run it may crash, but systemd ends it anyway.
            faulthandler.dump_traceback_later(self._seconds * LAST_WORDS, file=_STDERR)
            wait = self.ask_parts()
        faulthandler.cancel_dump_traceback_later()
