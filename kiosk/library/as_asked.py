"""The routines of a station, of which each is read when it is first asked for.

A station with ten routines begins a session with one of them. To read the others before it is ready
would only make it later, so they are read afterwards.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

from kiosk.core.errors import RoutineError
from kiosk.core.routine import Routine

_log = logging.getLogger(__name__)


class RoutinesAsAsked(Mapping[str, Routine]):
    """Routines by id. Several threads may use them.

    A routine is among them only if it can be had, so to ask whether it is reads its file, and to go
    through all of them reads all. One whose file is wrong is left out; the log says why, and
    `problems` too.

    Args:
        names: The ids of all routines, in order.
        have: Those of them that have been read already.
        read: Reads the routine with an id; raises RoutineError if its file is wrong.
    """

    def __init__(
        self, names: Sequence[str], have: Mapping[str, Routine], read: Callable[[str], Routine]
    ) -> None:
        self._have = dict(have)
        self._left = {name: name not in self._have for name in names}
        self._read = read
        self._problems: list[str] = []
        self._lock = threading.Lock()

    @property
    def problems(self) -> tuple[str, ...]:
        """A text for each file that was found to be wrong: what is wrong, and what to do."""
        return tuple(self._problems)

    def put(self, routine: Routine) -> None:
        """Put `routine` in the place of the one that has its id."""
        self._have[routine.id] = routine

    def __getitem__(self, name: str) -> Routine:
        """The routine with the id `name`; KeyError if there is none, or if its file is wrong."""
        if name in self._have:  # whoever needs this one does not wait for another that is read
            return self._have[name]
        with self._lock:
            if self._left.get(name):
                self._left[name] = False
                try:
                    self._have[name] = self._read(name)
                except RoutineError as problem:
                    self._problems.append(f"{problem} It is left out until that is mended.")
                    _log.error("%s", self._problems[-1])
            return self._have[name]

    def __iter__(self) -> Iterator[str]:
        return iter([name for name in self._left if name in self])

    def __len__(self) -> int:
        return len(list(iter(self)))
