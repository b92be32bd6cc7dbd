"""The panel as the station sees it; takes its pins, and keeps trying while they cannot be had."""

import atexit
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gpiozero import LED

from hardware.clock import AlarmClock, SystemAlarmClock
from hardware.contact import Contact
from hardware.devices import ActiveBuzzer, PassiveBuzzer
from hardware.mock_panel import PinDriver
from hardware.parts import Part, Parts
from hardware.pins.contract import FactoryOpener
from hardware.pins.factories import open_factory, resolve
from hardware.pins.mock import PanelMockFactory
from hardware.signals import Signals
from kiosk.core.cues import Cue
from kiosk.core.errors import SettingsError
from kiosk.ports.panel import (
    ButtonHealth,
    ButtonListener,
    HealthListener,
    PanelHealth,
    PanelSettings,
    PartStatus,
)

_log = logging.getLogger(__name__)

#: Seconds before the pins are tried again: the first wait, doubled up to the longest.
FIRST_RETRY, LONGEST_RETRY = 1.0, 30.0


def open_panel(
    settings: PanelSettings, on_button: ButtonListener, on_health: HealthListener
) -> "StationPanel":
    """The panel that `settings` describe; never fails because of hardware.

    Args:
        settings: Wiring and manners.
        on_button: Told of each press and release.
        on_health: Told when the panel's health has changed since this returned.

    Raises:
        SettingsError: A setting is not usable.
    """
    name = resolve(settings.hardware)
    clock = SystemAlarmClock()
    source = PinSource(
        name,
        lambda on_loss: open_factory(name, settings, clock, on_loss),
        clock,
        (FIRST_RETRY, LONGEST_RETRY),
    )
    return StationPanel(settings, source, on_button, on_health)


@dataclass(frozen=True)
class PinSource:
    """Where the pins come from.

    Attributes:
        name: What `PanelHealth` calls the factory.
        open: Opens the factory, again after a loss.
        clock: The time.
        retry: Seconds before the first retry, and the longest between two.
    """

    name: str
    open: FactoryOpener
    clock: AlarmClock
    retry: tuple[float, float]


class StationPanel:
    """Implements `kiosk.ports.panel.Panel` on gpiozero.

    While anything is missing a supervisor thread tries to get it, waiting longer each time; when
    all is well there is no such thread.

    Args:
        settings: Wiring and manners.
        source: Where the pins come from.
        on_button: As in `open_panel`; `on_health` likewise.

    Raises:
        SettingsError: A setting is not usable.
    """

    def __init__(
        self,
        settings: PanelSettings,
        source: PinSource,
        on_button: ButtonListener,
        on_health: HealthListener,
    ) -> None:
        _check(settings)
        self._settings = settings
        self._source = source
        self._on_health = on_health
        self._lock = threading.Lock()  # guards the supervisor, the loss and what was announced
        self._supervisor: threading.Thread | None = None
        self._loss: Exception | None = None
        self._stop = threading.Event()
        self._signals = Signals(source.clock, self._lost, quiet=settings.quiet)
        times = (settings.filter_seconds, settings.quiet_seconds)
        self._contact = Contact(times, source.clock, on_button, self._announce)
        self._parts = Parts(self._list_parts(), source.open, self._lost, self._detach)
        whole = self._parts.take()
        self._announced = self._condition()
        self._mock: PinDriver | None = None
        if isinstance(self._parts.factory, PanelMockFactory):
            self._mock = PinDriver(settings, self._parts.factory, source.clock)
        if not whole:
            self._supervise()
        atexit.register(self.close)

    @property
    def mock(self) -> PinDriver | None:
        """A person's hands at the mock panel, None on real hardware."""
        return self._mock

    def play(self, cue: Cue) -> None:
        """Start the pattern of `cue` and return at once; it cuts off the cue before it."""
        self._signals.play(cue)

    def rest_light(self, *, lit: bool) -> None:
        """Light the button, or not, whenever no cue is playing: lit asks for a press."""
        self._signals.rest_light(lit=lit)

    def health(self) -> PanelHealth:
        """How the panel is doing now; never raises, never blocks."""
        button, buzzer, light, problem = self._condition()
        stats = self._contact.stats() if self._parts.is_there("button") else ButtonHealth()
        return PanelHealth(self._source.name, button, buzzer, light, problem, stats)

    def unresponsive(self, within: float) -> list[str]:
        """Names of the panel's threads that did not respond within `within` seconds.

        Wakes them to find out. Empty if all is well. If the pins could not be opened there is no
        reader thread, so none is reported.
        """
        asked: list[tuple[str, Callable[[Callable[[], None]], None]]] = [
            ("signals", self._signals.call_soon),
            ("contact", self._contact.call_soon),
        ]
        if (factory := self._parts.factory) is not None:
            asked.append(("pin reader", factory.call_soon))
        signs = [(name, threading.Event()) for name, _ in asked]
        for (_, call_soon), (_, sign) in zip(asked, signs, strict=True):
            call_soon(sign.set)
        end = time.monotonic() + within
        return [name for name, sign in signs if not sign.wait(max(0.0, end - time.monotonic()))]

    def close(self) -> None:
        """Drive the outputs low and give the pins back. Closing twice is fine."""
        with self._lock:
            self._stop.set()
            supervisor = self._supervisor
        if supervisor not in {None, threading.current_thread()}:
            supervisor.join()
        self._parts.give_back()
        self._signals.close()
        self._contact.close()
        atexit.unregister(self.close)

    def _list_parts(self) -> list[Part]:
        wiring = self._settings
        parts = (
            ("buzzer", wiring.buzzer_pin, self._attach_buzzer),
            ("light", wiring.light_pin, self._attach_light),
            ("button", wiring.button_pin, self._attach_button),
        )
        return [Part(name, pin, attach) for name, pin, attach in parts if pin is not None]

    def _attach_buzzer(self, pin: int, factory: Any) -> None:
        kind = PassiveBuzzer if self._settings.buzzer == "passive" else ActiveBuzzer
        self._signals.attach_sounder(kind(pin, factory))

    def _attach_light(self, pin: int, factory: Any) -> None:
        self._signals.attach_light(LED(pin, pin_factory=factory))

    def _attach_button(self, pin: int, factory: Any) -> None:
        self._contact.attach(pin, factory)

    def _detach(self) -> None:
        try:
            self._signals.detach()
        finally:
            self._contact.detach()

    def _lost(self, problem: Exception) -> None:
        """The pins have gone away; called in a thread that must not be kept waiting."""
        with self._lock:
            self._loss = problem
        self._supervise()

    def _supervise(self) -> None:
        with self._lock:
            if self._supervisor is None and not self._stop.is_set():
                self._supervisor = threading.Thread(
                    target=self._recover, name="panel-supervisor", daemon=True
                )
                self._supervisor.start()

    def _recover(self) -> None:
        """Give back what is lost, and try until everything is there again."""
        wait, longest = self._source.retry
        while True:
            with self._lock:
                loss, self._loss = self._loss, None
            if loss is not None:
                self._parts.give_back(f"The pins have gone away ({loss}).")
                self._announce()
            if self._stop.wait(wait):
                return
            whole = self._parts.take()
            self._announce()
            with self._lock:
                if whole and self._loss is None:
                    self._supervisor = None
                    _log.info("The panel is working.")
                    return
            wait = min(wait * 2, longest)

    def _announce(self) -> None:
        condition = self._condition()
        with self._lock:
            if condition == self._announced:
                return
            self._announced = condition
        try:
            self._on_health(self.health())
        except Exception:  # noqa: BLE001 - it runs in the threads that keep the panel going
            _log.exception("The listener of the panel's health failed.")

    def _condition(self) -> tuple[PartStatus, PartStatus, PartStatus, str | None]:
        """Status of button, buzzer and light, and what is wrong."""
        problem = self._parts.problem
        if problem is None and self._contact.stuck:
            problem = "The button is held down, or stuck. Free it; touch works meanwhile."
        return self._status("button"), self._status("buzzer"), self._status("light"), problem

    def _status(self, name: str) -> PartStatus:
        if not self._parts.is_there(name):
            return PartStatus.ABSENT
        if not self._parts.is_attached(name):
            return PartStatus.FAILED
        return PartStatus.STUCK if name == "button" and self._contact.stuck else PartStatus.OK


def _check(settings: PanelSettings) -> None:
    """Refuse settings that no hardware could make work."""
    if settings.buzzer not in {"active", "passive"}:
        raise SettingsError(f"buzzer: found {settings.buzzer!r}; it is active or passive.")
    wanted = (settings.button_pin, settings.buzzer_pin, settings.light_pin)
    pins = [pin for pin in wanted if pin is not None]
    if len(set(pins)) < len(pins):
        raise SettingsError(
            "button_pin, buzzer_pin and light_pin must be different pins; "
            f"found {', '.join(map(str, pins))}."
        )
