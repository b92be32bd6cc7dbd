"""The panel as the station sees it; opens the pins, and keeps trying while they cannot be had."""

import logging
import threading
from typing import Any

from gpiozero import LED, GPIOZeroError

from hardware.bench import Bench
from hardware.contact import Contact
from hardware.factories import factory_name, open_factory
from hardware.signals import ActiveBuzzer, PassiveBuzzer, Signals, Sounder
from kiosk.core.cues import Cue
from kiosk.core.errors import HardwareError
from kiosk.ports import (
    ButtonHealth,
    ButtonListener,
    HealthListener,
    PanelHealth,
    PanelSettings,
    PartStatus,
)

_log = logging.getLogger(__name__)

#: Seconds before the pins are tried again: the first wait, doubled up to the last.
FIRST_RETRY, LAST_RETRY = 1.0, 60.0


def open_panel(
    settings: PanelSettings, on_button: ButtonListener, on_health: HealthListener
) -> "StationPanel":
    """The panel that `settings` describe; never fails because of hardware.

    Args:
        settings: Wiring and manners.
        on_button: Told of each press and release.
        on_health: Told when the panel's health has changed.
    """
    return StationPanel(settings, on_button, on_health)


class _Parts:
    """The parts of a panel whose pins are claimed."""

    def __init__(
        self, settings: PanelSettings, factory: Any, on_button: ButtonListener, on_stuck: Any
    ) -> None:
        self.factory = factory
        self.contact: Contact | None = None
        self.signals = Signals(
            _sounder(settings, factory),
            None if settings.light_pin is None else LED(settings.light_pin, pin_factory=factory),
        )
        if settings.button_pin is not None:
            debounce = (settings.filter_seconds, settings.quiet_seconds)
            self.contact = Contact(settings.button_pin, factory, debounce, on_button, on_stuck)

    def close(self) -> None:
        self.signals.close()
        if self.contact is not None:
            self.contact.close()
        self.factory.close()


class StationPanel:
    """Implements `kiosk.ports.Panel` on gpiozero."""

    def __init__(
        self, settings: PanelSettings, on_button: ButtonListener, on_health: HealthListener
    ) -> None:
        self._settings = settings
        self._name = factory_name(settings.hardware)
        self._on_button = on_button
        self._on_health = on_health
        self._parts: _Parts | None = None
        self._bench: Bench | None = None
        self._problem: str | None = None
        self._lit = False
        self._stop = threading.Event()
        self._open()
        if self._parts is None:
            threading.Thread(target=self._retry, name="panel-retry", daemon=True).start()

    @property
    def mock(self) -> Bench | None:
        """The bench of a mock panel, None on real hardware."""
        return self._bench

    def play(self, cue: Cue) -> None:
        """Start the pattern of `cue` and return at once; it cuts off the cue before it."""
        if self._parts is not None:
            self._parts.signals.play(cue)

    def rest_light(self, *, lit: bool) -> None:
        """Light the button, or not, whenever no cue is playing: lit asks for a press."""
        self._lit = lit
        if self._parts is not None:
            self._parts.signals.rest_light(lit=lit)

    def health(self) -> PanelHealth:
        """How the panel is doing now; never raises, never blocks."""
        parts = self._parts
        contact = None if parts is None else parts.contact
        stuck = contact is not None and contact.stuck
        dumb = parts is None or parts.signals.failed
        return PanelHealth(
            factory=self._name,
            button=_status(
                self._settings.button_pin,
                PartStatus.STUCK if stuck else PartStatus.OK if parts else PartStatus.FAILED,
            ),
            buzzer=_status(self._settings.buzzer_pin, PartStatus.FAILED if dumb else PartStatus.OK),
            light=_status(self._settings.light_pin, PartStatus.FAILED if dumb else PartStatus.OK),
            problem=self._problem,
            stats=ButtonHealth() if contact is None else contact.stats(),
        )

    def close(self) -> None:
        """Drive the outputs low and give the pins back. Closing twice is fine."""
        self._stop.set()
        parts, self._parts = self._parts, None
        if parts is not None:
            parts.close()

    def _open(self) -> None:
        try:
            factory = open_factory(self._name)
            try:
                parts = _Parts(self._settings, factory, self._on_button, self._stuck)
            except GPIOZeroError as cause:
                factory.close()
                raise HardwareError(f"A pin cannot be had: {cause}") from cause
        except HardwareError as problem:
            if self._problem != str(problem):
                _log.error("%s The station works by touch until then.", problem)
            self._problem = str(problem)
            return
        parts.signals.rest_light(lit=self._lit)
        self._parts, self._problem = parts, None
        if self._name == "mock":
            self._bench = Bench(self._settings, factory)

    def _retry(self) -> None:
        wait = FIRST_RETRY
        while not self._stop.wait(wait):
            self._open()
            if self._parts is not None:
                _log.info("the panel is working again")
                self._on_health(self.health())
                return
            wait = min(wait * 2, LAST_RETRY)

    def _stuck(self, stuck: bool) -> None:  # noqa: FBT001 - the contact's callback
        self._problem = "The button is stuck down. Free it, or replace it." if stuck else None
        threading.Thread(target=lambda: self._on_health(self.health()), daemon=True).start()


def _sounder(settings: PanelSettings, factory: Any) -> Sounder | None:
    if settings.buzzer_pin is None:
        return None
    kind = PassiveBuzzer if settings.buzzer == "passive" else ActiveBuzzer
    sounder = kind(settings.buzzer_pin, factory)
    if settings.quiet:
        sounder.close()
        return None
    return sounder


def _status(pin: int | None, status: PartStatus) -> PartStatus:
    return PartStatus.ABSENT if pin is None else status
