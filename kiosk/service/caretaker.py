"""Looks after the screen and the browser of a station that is set up for good.

At night it has the screen switched off, and a browser that hangs is started anew.
"""

import logging
import threading
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Protocol

from kiosk.core.session import Status
from kiosk.ports.clock import MonotonicClock
from kiosk.runner import Change
from kiosk.service.night import Night
from kiosk.service.runtime import publish

_log = logging.getLogger(__name__)

#: Seconds after which screen and browser are looked at again.
LOOK_EVERY = 20.0

#: Seconds that the screen stays on at night after the last event of a session.
REST = 120.0


class Browser(Protocol):
    """The kiosk's browser."""

    def restart_if_silent(self, *, screen_on: bool) -> None:
        """Have the browser started anew if it gives no sign of life though the screen is on.

        Raises:
            OSError: The restart cannot be asked for.
        """


class ScreenPower:
    """Says whether the screen is to be on: it writes ``on`` or ``off`` into a file.

    The station itself has no right to switch a backlight. The file is in its runtime directory;
    the unit ``matside-screen.path`` waits for changes, and systemd then runs ``systemd/screen`` as
    root.

    Args:
        runtime: The station's runtime directory.
        night: When the screen is to be off, None if never.
        local_time: Gives the time of day, None if nobody knows it. Then the screen stays on.
    """

    def __init__(
        self,
        runtime: Path,
        night: Night | None,
        local_time: Callable[[], time | None],
    ) -> None:
        self._file = runtime / "screen"
        self._night = night
        self._local_time = local_time
        self._written: str | None = None
        self.is_on = True

    def set(self, *, resting: bool) -> None:
        """Have the screen switched on or off.

        Args:
            resting: Whether nobody is using the station, and has not been for a while.

        Raises:
            OSError: The file cannot be written.
        """
        self.is_on = not (resting and self._is_night())
        wanted = "on" if self.is_on else "off"
        if wanted == self._written:
            return
        if self._written is not None:
            _log.info("The screen goes %s.", "on" if self.is_on else "off for the night")
        publish(self._file, wanted)
        self._written = wanted

    def _is_night(self) -> bool:
        if self._night is None:
            return False
        moment = self._local_time()
        return moment is not None and self._night.covers(moment)


class Caretaker:
    """Looks after screen and browser, in a thread of its own; a listener of the runner.

    Args:
        screen: Says whether the screen is to be on.
        browser: The kiosk's browser.
        clock: The time.
    """

    def __init__(self, screen: ScreenPower, browser: Browser, clock: MonotonicClock) -> None:
        self._screen = screen
        self._browser = browser
        self._clock = clock
        self._in_session = False
        self._last = clock.now()
        self._wake = threading.Event()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="caretaker", daemon=True)

    def __call__(self, change: Change) -> None:
        """Remember that something happened, and wake a screen that is off; returns at once."""
        self._in_session = change.state.status is not Status.ATTRACT
        self._last = change.at
        if not self._screen.is_on:
            self._wake.set()

    def in_use(self) -> None:
        """Remember that somebody uses the station outside of any session; returns at once."""
        self._last = self._clock.now()
        if not self._screen.is_on:
            self._wake.set()

    def start(self) -> None:
        """Look after screen and browser for the first time, and start the thread."""
        self.update()
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._closed = True
        self._wake.set()
        self._thread.join()

    def update(self) -> None:
        """Have the screen switched and the browser started anew, if that is due."""
        last = self._last
        resting = not self._in_session and self._clock.now() - last >= REST
        try:
            self._screen.set(resting=resting)
            self._browser.restart_if_silent(screen_on=self._screen.is_on)
        except OSError as problem:
            _log.error("The screen cannot be looked after: %s", problem)
        if self._last != last and not self._screen.is_on:
            # Something happened after `last` was read, and found the screen still on.
            self._wake.set()

    def _run(self) -> None:
        while not self._closed:
            self.update()
            self._wake.wait(LOOK_EVERY)
            self._wake.clear()
