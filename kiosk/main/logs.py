"""The log: plain lines for a person. Under systemd each line also has its priority."""

import logging
import os
import sys

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
