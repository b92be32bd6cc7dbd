"""What the station does for systemd; systemd asks for each duty in the process's environment."""

import contextlib
from collections.abc import Callable, Sequence

from kiosk.ports.clock import MonotonicClock
from kiosk.ports.panel import PanelHealth
from kiosk.ports.restart import Restart
from kiosk.runner import Runner
from kiosk.service.caretaker import Caretaker, ScreenPower
from kiosk.service.kiosk_browser import KioskBrowser
from kiosk.service.night import local_time, night_of
from kiosk.service.notify import notifier, watchdog_seconds
from kiosk.service.restarts import Restarts
from kiosk.service.runtime import publish, runtime_directory
from kiosk.service.watchdog import Watchdog, Watched
from kiosk.settings.shapes import ScreenSection


class Service:
    """Tells systemd how the station is, and looks after screen and browser of the kiosk.

    In a station that a person has started, without systemd's environment, it does nothing.

    Args:
        screen: The settings of the screen.
        clock: The time.
    """

    def __init__(self, screen: ScreenSection, clock: MonotonicClock) -> None:
        self._systemd = notifier()
        self._clock = clock
        self._screen: ScreenPower | None = None
        self._browser: KioskBrowser | None = None
        self._caretaker: Caretaker | None = None
        self._runtime = runtime = runtime_directory()
        if runtime is not None:
            self._screen = ScreenPower(runtime, night_of(screen), local_time)
            self._browser = KioskBrowser(runtime, clock)

    def on_health(self, health: PanelHealth) -> None:
        """Tell systemd, since the panel's health has changed."""
        self._systemd.status(_condition(health))

    def painted(self) -> None:
        """Note that the kiosk's page has just painted, so its browser is alive."""
        if self._browser is not None:
            self._browser.painted()

    @property
    def restart(self) -> Callable[[Restart], None] | None:
        """Asks for a restart; None where systemd does not run the station."""
        return None if self._runtime is None else Restarts(self._runtime).ask

    def in_use(self) -> None:
        """Note that staff are at the panel, so the screen stays on."""
        if self._caretaker is not None:
            self._caretaker.in_use()

    def look_after(
        self, runner: Runner, parts: Sequence[Watched], stack: contextlib.ExitStack
    ) -> None:
        """Start the caretaker and the watchdog, each if systemd has asked for it.

        Args:
            runner: Hands the session's changes to the caretaker.
            parts: What the watchdog asks for signs of life.
            stack: Ends both when it is closed.
        """
        if self._screen is not None and self._browser is not None:
            self._caretaker = caretaker = Caretaker(self._screen, self._browser, self._clock)
            runner.listen(caretaker)
            stack.callback(caretaker.close)
            caretaker.start()
        if (seconds := watchdog_seconds()) is not None:
            watchdog = Watchdog(self._systemd, seconds, parts)
            stack.callback(watchdog.close)
            watchdog.start()

    def ready(self, health: PanelHealth, address: str) -> None:
        """Tell systemd that socket, store and panel are up.

        Failed pins do not delay this: the station still works by touch.

        Args:
            health: The panel's health.
            address: The address of the page for a browser of this machine.

        Raises:
            OSError: The address cannot be written into its file for the kiosk's browser.
        """
        if self._runtime is not None and self._browser is not None:
            file = self._runtime / "address"
            moved = file.exists() and file.read_text().strip() != address
            publish(file, address)
            if moved:
                self._browser.restart()
        self._systemd.ready(_condition(health))

    def stopping(self) -> None:
        """Tell systemd that the station has begun to stop."""
        self._systemd.stopping()


def _condition(health: PanelHealth) -> str:
    """How the station is, in one line, for ``systemctl status``."""
    if health.problem is None:
        return f"Ready, on {health.factory} hardware"
    return f"Ready, but: {health.problem}"
