"""Whether the page in the kiosk's browser still paints; if not, the browser is started anew."""

import logging
from pathlib import Path

from kiosk.ports.clock import MonotonicClock
from kiosk.ports.restart import Restart
from kiosk.service.restarts import FILES

_log = logging.getLogger(__name__)

#: Seconds that a browser has from its start until its page first says that it has painted.
FIRST_SIGN = 120.0

#: Seconds from one such sign of life to the next. The page sends one every 10 seconds.
NEXT_SIGN = 60.0


class KioskBrowser:
    """Watches over the browser that ``matside-kiosk.service`` runs, if it runs one.

    The station has no right to restart another service. It makes a file in its own runtime
    directory; the unit ``matside-kiosk-restart.path`` waits for that file, and systemd then starts
    the browser anew and removes the file.

    Args:
        runtime: The station's runtime directory, for example ``/run/matside``. The kiosk has its
            own beside it, ``/run/matside-kiosk``; the content of the file ``started`` in there is
            another one after each start of the browser.
        clock: The time.
    """

    def __init__(self, runtime: Path, clock: MonotonicClock) -> None:
        self._restart_request = runtime / FILES[Restart.BROWSER]
        self._started = runtime.with_name(f"{runtime.name}-kiosk") / "started"
        self._clock = clock
        self._start: str | None = None
        self._since = 0.0
        self._painted: float | None = None

    def painted(self) -> None:
        """Note that the page has just painted. May be called from any thread."""
        self._painted = self._clock.now()

    def restart_if_silent(self, *, screen_on: bool) -> None:
        """Have the browser started anew if it has given no sign of life for too long.

        Args:
            screen_on: Whether the screen is on; on one that is off, no page paints.

        Raises:
            OSError: The file that asks for the restart cannot be made.
        """
        now = self._clock.now()
        start = self._read_start()
        if start != self._start or not screen_on:
            self._start, self._since, self._painted = start, now, None
        if start is None or now < self._deadline():
            return
        _log.error("The screen's browser gives no sign of life: it is started anew.")
        self._since, self._painted = now, None
        self._restart_request.touch()

    def restart(self) -> None:
        """Have the browser started anew, since its page has moved to another address.

        Raises:
            OSError: The file that asks for the restart cannot be made.
        """
        self._restart_request.touch()

    def _deadline(self) -> float:
        if self._painted is None:
            return self._since + FIRST_SIGN
        return self._painted + NEXT_SIGN

    def _read_start(self) -> str | None:
        try:
            return self._started.read_text()
        except FileNotFoundError:
            return None  # this station has no kiosk, or it is just starting
