"""Restarts that staff ask for: of the station, the screen's browser, and the whole machine."""

import logging
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from kiosk.ports.restart import Restart

_log = logging.getLogger(__name__)

#: The file for each, in the station's runtime directory. A path unit of the same name waits for it.
FILES: Mapping[Restart, str] = MappingProxyType(
    {
        Restart.STATION: "restart-station",
        Restart.BROWSER: "restart-kiosk",
        Restart.MACHINE: "restart-machine",
    }
)


class Restarts:
    """Asks systemd for restarts, for which the station itself has no rights.

    It makes a file in its runtime directory, and a path unit does the rest. What such a file can
    ask for is no more than its name says: nobody reads what is in it.

    Args:
        runtime: The station's runtime directory, for example ``/run/matside``.
    """

    def __init__(self, runtime: Path) -> None:
        self._runtime = runtime

    def ask(self, what: Restart) -> None:
        """Have `what` started anew, in a moment.

        Raises:
            OSError: The file cannot be made.
        """
        _log.warning("Staff have asked for a restart of the %s.", what.value)
        (self._runtime / FILES[what]).touch()
