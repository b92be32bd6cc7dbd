"""The hands of a person at a mock panel, and the faults that a real one can have."""

import threading
import time
from typing import Any

from kiosk.ports import Edge, Fault, MockPins, PanelSettings

#: A contact that chatters: seconds between its edges, on press and on release.
CHATTER = (0.0004, 0.0011, 0.0003, 0.0021, 0.0008, 0.0016)


class Bench:
    """Drives the mock's button pin, and reads the pins of buzzer and light."""

    def __init__(self, settings: PanelSettings, factory: Any) -> None:
        self._settings = settings
        self._factory = factory
        self._fault = Fault.NONE
        self._lock = threading.Lock()

    def drive(self, edge: Edge) -> None:
        """Close or open the button's contact, with the fault that is being played."""
        with self._lock:
            if self._fault is Fault.DEAD or (self._fault is Fault.STUCK and edge is Edge.UP):
                return
            self._set(edge)
            if self._fault is Fault.BOUNCE:
                for pause in CHATTER:
                    time.sleep(pause)
                    self._set(Edge.UP if self._down() else Edge.DOWN)
                self._set(edge)

    def play_fault(self, fault: Fault) -> None:
        """Play `fault` from now on; the button comes free when it ends."""
        with self._lock:
            self._fault = fault
            self._set(Edge.DOWN if fault is Fault.STUCK else Edge.UP)

    def pins(self) -> MockPins:
        """The pins as they are now."""
        wiring = self._settings
        return MockPins(
            button_down=self._down(),
            buzzer_on=self._high(wiring.buzzer_pin),
            light_on=self._high(wiring.light_pin),
            fault=self._fault,
            numbers=(wiring.button_pin, wiring.buzzer_pin, wiring.light_pin),
        )

    def _set(self, edge: Edge) -> None:
        if self._settings.button_pin is not None:
            pin = self._factory.pin(self._settings.button_pin)
            (pin.drive_low if edge is Edge.DOWN else pin.drive_high)()

    def _down(self) -> bool:
        return self._settings.button_pin is not None and not self._high(self._settings.button_pin)

    def _high(self, number: int | None) -> bool:
        return number is not None and bool(self._factory.pin(number).state)
