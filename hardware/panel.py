"""The panel as the station sees it. It takes its pins, and keeps trying while it cannot."""

import atexit
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from gpiozero import LED

from hardware.clock import AlarmClock, SystemAlarmClock
from hardware.contact import Contact
from hardware.devices import ActiveBuzzer, PassiveBuzzer
from hardware.mock_panel import PinDriver
from hardware.parts import Part, Parts
from hardware.pins.contract import FactoryOpener, PinFactory
from hardware.pins.factories import open_factory, resolve
from hardware.pins.mock import PanelMockFactory
from hardware.signals import Signals
from kiosk.core.cues import Cue
from kiosk.ports.panel import (
    ButtonHealth,
    ButtonListener,
    HealthListener,
    PanelHealth,
    PanelSettings,
    PartName,
    PartStatus,
    check_panel_settings,
)

_log = logging.getLogger(__name__)

#: Seconds before pins that could not be had are tried again. Each wait is twice as long as the one
#: before it, up to the longest: 1, 2, 4, 8, 16, 30, 30, ...
FIRST_RETRY, LONGEST_RETRY = 1.0, 30.0


def open_panel(
    settings: PanelSettings, on_button: ButtonListener, on_health: HealthListener
) -> "StationPanel":
    """The panel that `settings` describe. It never fails because of hardware.

    Pins that cannot be had are told by `health`, and tried again and again.

    Args:
        settings: Where the parts are, and how they behave.
        on_button: Told of each press and release.
        on_health: Told when the panel's health has changed since this returned.

    Raises:
        SettingsError: A setting is not usable.
    """
    name = resolve(settings.hardware)
    clock = SystemAlarmClock()
    source = PinSource(
        name=name,
        open=lambda on_loss: open_factory(name, settings, clock, on_loss),
        clock=clock,
        first_retry=FIRST_RETRY,
        longest_retry=LONGEST_RETRY,
    )
    return StationPanel(settings, source, on_button, on_health)


@dataclass(frozen=True)
class PinSource:
    """Where the pins come from.

    Attributes:
        name: What `PanelHealth` calls the factory.
        open: Opens the factory; called again after the pins have gone away.
        clock: The panel's time.
        first_retry: Seconds before the first retry; each wait after it is twice as long.
        longest_retry: The longest that such a wait becomes, in seconds.
    """

    name: str
    open: FactoryOpener
    clock: AlarmClock
    first_retry: float
    longest_retry: float


class StationPanel:
    """Implements `kiosk.ports.panel.Panel` on gpiozero.

    While a part is without its pin, a supervisor thread tries to get it, and waits longer after
    each try. When all parts have their pins there is no such thread.

    Args:
        settings: Where the parts are, and how they behave.
        source: Where the pins come from.
        on_button: Told of each press and release.
        on_health: Told when the panel's health has changed since this returned.

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
        check_panel_settings(settings)
        self._settings = settings
        self._source = source
        self._on_health = on_health
        self._lock = threading.Lock()  # guards `_supervisor`, `_loss` and `_announced`
        self._supervisor: threading.Thread | None = None
        self._loss: Exception | None = None
        self._stop = threading.Event()
        self._signals = Signals(source.clock, self._lost, quiet=settings.quiet)
        self._contact = Contact(
            filter_seconds=settings.filter_seconds,
            quiet_seconds=settings.quiet_seconds,
            clock=source.clock,
            listener=on_button,
            on_stuck=self._announce,
        )
        self._parts = Parts(self._list_parts(), lambda: source.open(self._lost), self._detach)
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

    def play(self, cue: Cue, *, aloud: bool = False) -> None:
        """Start the pattern of `cue` and return at once; it cuts off the cue before it.

        Args:
            cue: What is played.
            aloud: Whether the buzzer sounds even while it is to be silent.
        """
        self._signals.play(cue, aloud=aloud)

    def blink_light(self) -> None:
        """Blink the light for some seconds, without a sound; a cue cuts it off."""
        self._signals.blink()

    def rest_light(self, *, lit: bool) -> None:
        """Set the button's light for when no cue is playing; it is lit to ask for a press."""
        self._signals.rest_light(lit=lit)

    def silence(self, quiet: bool) -> None:  # noqa: FBT001 - it is all that it is told
        """Keep the buzzer silent, or not, from the next cue on; the light plays all the same."""
        self._signals.silence(quiet=quiet)

    def health(self) -> PanelHealth:
        """How the panel is doing now; never raises, never blocks."""
        has_button = self._parts.is_there(PartName.BUTTON)
        stats = self._contact.stats() if has_button else ButtonHealth()
        return replace(self._condition(), stats=stats)

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
        """The parts that the settings ask for, in the order in which their pins are taken."""
        # The outputs come first, so that they are driven low before anything else is done.
        attaching: dict[PartName, Callable[[int, PinFactory], None]] = {
            PartName.BUZZER: self._attach_buzzer,
            PartName.LIGHT: self._attach_light,
            PartName.BUTTON: self._contact.attach,
        }
        return [
            Part(name, pin, attach)
            for name, attach in attaching.items()
            if (pin := self._settings.pin(name)) is not None
        ]

    def _attach_buzzer(self, pin: int, factory: PinFactory) -> None:
        kind = PassiveBuzzer if self._settings.buzzer == "passive" else ActiveBuzzer
        self._signals.attach_sounder(kind(pin, factory))

    def _attach_light(self, pin: int, factory: PinFactory) -> None:
        self._signals.attach_light(LED(pin, pin_factory=factory))

    def _detach(self) -> None:
        """Take the pins away from all parts; the outputs are driven low first."""
        try:
            self._signals.detach()
        finally:
            self._contact.detach()

    def _lost(self, problem: Exception) -> None:
        """Note that the pins have gone away, because of `problem`, and have them taken again.

        It is called in the thread that reads the pins, or in the one that plays the cues. Neither
        may be kept waiting, so the supervisor does the rest.
        """
        with self._lock:
            self._loss = problem
        self._supervise()

    def _supervise(self) -> None:
        """Start the supervisor, unless it runs already or the panel is being closed."""
        with self._lock:
            if self._supervisor is None and not self._stop.is_set():
                self._supervisor = threading.Thread(
                    target=self._recover, name="panel-supervisor", daemon=True
                )
                self._supervisor.start()

    def _recover(self) -> None:
        """Give back pins that have gone away, and try until every part has its pin."""
        wait = self._source.first_retry
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
            wait = min(wait * 2, self._source.longest_retry)

    def _announce(self) -> None:
        """Tell the listener of the panel's health, if it has changed since it was last told."""
        condition = self._condition()
        with self._lock:
            if condition == self._announced:
                return
            self._announced = condition
        try:
            self._on_health(self.health())
        except Exception:  # noqa: BLE001 - it runs in the threads that keep the panel going
            _log.exception("The listener of the panel's health failed.")

    def _condition(self) -> PanelHealth:
        """The panel's health without the counts, which change with every press."""
        problem = self._parts.problem
        if problem is None and self._contact.stuck:
            problem = "The button is held down, or stuck. Free it; touch works meanwhile."
        return PanelHealth(
            factory=self._source.name,
            button=self._status(PartName.BUTTON),
            buzzer=self._status(PartName.BUZZER),
            light=self._status(PartName.LIGHT),
            problem=problem,
            held_by_another_matside=self._parts.held_by_another_matside,
        )

    def _status(self, name: PartName) -> PartStatus:
        if not self._parts.is_there(name):
            return PartStatus.ABSENT
        if not self._parts.is_attached(name):
            return PartStatus.FAILED
        is_stuck = name is PartName.BUTTON and self._contact.stuck
        return PartStatus.STUCK if is_stuck else PartStatus.OK
