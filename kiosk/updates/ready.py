"""Which newer version lies ready to be installed, for those who want to know it all the time."""

import logging
from pathlib import Path

from kiosk.core.errors import UpdateError
from kiosk.updates.checking import SIGNERS
from kiosk.updates.station import Updates

_log = logging.getLogger(__name__)

#: What two looks compare: each file's name, size in bytes and time of its last change, that of the
#: signers among them. A file that is still being copied in changes in all but its name.
_Mark = list[tuple[str, int, int]]


class ReadyUpdate:
    """Tells the version that lies ready. Packages are checked only after something has changed.

    Args:
        updates: The folder with the packages.
        signers: Whose packages are installed.
    """

    def __init__(self, updates: Updates, signers: Path = SIGNERS) -> None:
        self._updates = updates
        self._signers = signers
        self._mark: _Mark | None = None
        self._version: str | None = None

    def version(self) -> str | None:
        """The version, None if there is none that would be installed. It may take a second."""
        mark = self._look()
        if mark != self._mark:
            self._mark, self._version = mark, None if mark is None else self._found()
        return self._version

    def _look(self) -> _Mark | None:
        """How the folder is now; None without one."""
        mark = []
        try:
            for path in (*sorted(self._updates.folder.iterdir()), self._signers):
                if path.exists():
                    now = path.stat()
                    mark.append((path.name, now.st_size, now.st_mtime_ns))
        except OSError:
            return None  # no package was ever brought; the staff's page tells it if one cannot be
        return mark

    def _found(self) -> str | None:
        try:
            found = self._updates.found()
        except UpdateError as problem:
            _log.info("no update is told: %s", problem)
            return None
        if found is None or found.problem is not None:
            return None
        return found.version
