"""The log: plain lines for a person. Under systemd each line also has its priority."""

import logging
import os
import sys
from collections import deque
from collections.abc import Sequence

from kiosk.ports.clock import MonotonicClock
from kiosk.ports.log_line import LogLine

#: The syslog priority of each level, as the journal reads it at the start of a line.
_PRIORITIES = {
    logging.CRITICAL: 2,
    logging.ERROR: 3,
    logging.WARNING: 4,
    logging.INFO: 6,
    logging.DEBUG: 7,
}


class JournalFormatter(logging.Formatter):
    """Puts the priority before each line, as sd-daemon(3) describes: ``<3>`` for an error."""

    def format(self, record: logging.LogRecord) -> str:
        """The text of `record`, every line of it with its priority."""
        prefix = f"<{_PRIORITIES.get(record.levelno, 6)}>"
        return "\n".join(prefix + line for line in super().format(record).splitlines())


#: How many lines that matter are kept for the staff's page.
KEPT = 10


class RecentLines(logging.Handler):
    """Keeps the last warnings and errors, for the staff's page.

    The station may not read the journal, and what was before its start is there alone.

    Args:
        clock: The time.
    """

    def __init__(self, clock: MonotonicClock) -> None:
        super().__init__(logging.WARNING)
        self._clock = clock
        self._lines: deque[LogLine] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep `record`, without what Python says of an exception."""
        try:
            error = record.levelno >= logging.ERROR
            self._lines.append(LogLine(self._clock.now(), error, record.getMessage()))
        except Exception:  # noqa: BLE001 - a handler of a log never raises
            self.handleError(record)

    def lines(self) -> Sequence[LogLine]:
        """The lines, the newest first."""
        return tuple(reversed(self._lines))


def set_up_logs() -> None:
    """Log to standard error, which the journal reads under systemd."""
    handler = logging.StreamHandler()
    handler.setFormatter(JournalFormatter() if _is_journal() else logging.Formatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("waitress").setLevel(logging.WARNING)
    # This logger warns each time that a request waits for a free thread, if only for a moment.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _is_journal() -> bool:
    """Whether standard error goes to the journal.

    If it does, systemd names device and inode of its stream, for example ``9:29873``.
    """
    named = os.environ.get("JOURNAL_STREAM")
    if named is None:
        return False
    status = os.fstat(sys.stderr.fileno())
    return named == f"{status.st_dev}:{status.st_ino}"
