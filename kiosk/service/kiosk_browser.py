"""The kiosk's browser: whether its page still paints, and the wish for a new one if not."""

import logging
from pathlib import Path

from kiosk.ports.clock import MonotonicClock

_log = logging.getLogger(__name__)

#: Seconds that a browser has from its start to the first sign, and from one sign to the next.
#: The page sends one every 10 seconds.
FIRST_SIGN, NEXT_SIGN = 120.0, 60.0


class KioskBrowser:
    """Watches over the browser that ``matside-kiosk.service`` runs, if it runs one.

    The station has no rights over other services. It makes a file in its own runtime directory;
    ``matside-kiosk-restart.path`` waits for that file, and systemd starts the browser anew.

    Args:
        runtime: The station's runtime directory; the kiosk's is beside it, called the same with
            ``-kiosk`` after it, and its file ``started`` has other content after each start.
        clock: The time.
    """

    def __init__(self, runtime: Path, clock: MonotonicClock) -> None:
        self._wish = runtime / "restart-kiosk"
        self._started = runtime.with_name(f"{runtime.name}-kiosk") / "started"
        self._clock = clock
        self._start: str | None = None
        self._since = 0.0
        self._painted: float | None = None

    def painted(self) -> None:
        """The page has just painted; from any thread."""
        self._painted = self._clock.now()

    def look(self, *, screen_on: bool) -> None:
        """Wish for a new browser if this one has been silent for too long.

        Args:
            screen_on: Whether the screen is on; nothing paints on one that is off.

        Raises:
            OSError: The wish cannot be written down.
        """
        now = self._clock.now()
        start = self._read_start()
        if start != self._start or not screen_on:
            self._start, self._since, self._painted = start, now, None
        if start is None or now < self._deadline():
            return
        _log.error("The screen's browser gives no sign of life: it is started anew.")
        self._since, self._painted = now, None
        self._wish.touch()

    def _deadline(self) -> float:
        if self._painted is None:
            return self._since + FIRST_SIGN
        return self._painted + NEXT_SIGN

    def _read_start(self) -> str | None:
        try:
            return self._started.read_text()
        except FileNotFoundError:
            return None  # no kiosk, or it is just starting
