"""The mock panel: a person's hands and eyes at mock pins, and the faults that can be played."""

import random
import threading
from typing import Any

from hardware.clock import AlarmClock
from hardware.pins.mock import PanelMockFactory
from kiosk.ports.panel import Edge, Fault, MockPins, PanelSettings

#: A contact that bounces closes and opens again up to so many times, on a press and on a release.
_MOST_BOUNCES = 6

#: Seconds between two edges of a contact that bounces, on average.
_MEAN_GAP = 0.0008

#: Seconds that a contact bounces at the most.
_LONGEST_BOUNCING = 0.012


class PinDriver:
    """Implements `kiosk.ports.panel.MockPanel`: drives the button's pin, reads the others.

    The panel's devices are on the same pins, so they cannot tell it from wires.

    Args:
        settings: The numbers of the pins.
        factory: The pin factory that the panel's devices are on.
        clock: The panel's time.
    """

    def __init__(
        self, settings: PanelSettings, factory: PanelMockFactory, clock: AlarmClock
    ) -> None:
        self._settings = settings
        self._factory = factory
        self._clock = clock
        self._fault = Fault.NONE
        self._moved_at: float | None = None
        self._random = random.Random()  # noqa: S311 - it only makes contacts bounce
        self._hand = threading.RLock()

    def drive(self, edge: Edge) -> None:
        """Close or open the button's contact, with the fault that is being played.

        Returns once the contact is at rest: after up to 12 ms if it bounces.
        """
        with self._hand:
            self._moved_at = self._clock.now()
            match self._fault:
                case Fault.NONE:
                    self._contact(edge)
                case Fault.BOUNCE:
                    self._bounce(edge)
                case Fault.STUCK | Fault.DEAD:
                    pass  # whatever the hand does, the contact stays as it is

    def play_fault(self, fault: Fault) -> None:
        """Play `fault` from now on, beginning with the hand off the button."""
        with self._hand:
            self._fault = fault
            self._contact(Edge.DOWN if fault is Fault.STUCK else Edge.UP)

    def pins(self) -> MockPins:
        """The pins as they are now."""
        wiring = self._settings
        button, buzzer, light = (
            self._pin(number) for number in (wiring.button_pin, wiring.buzzer_pin, wiring.light_pin)
        )
        return MockPins(
            button_down=button is not None and not button.state,
            buzzer_on=buzzer is not None and bool(buzzer.state),
            light_on=light is not None and bool(light.state),
            fault=self._fault,
            moved_at=self._moved_at,
            button_pin=wiring.button_pin,
            buzzer_pin=wiring.buzzer_pin,
            light_pin=wiring.light_pin,
        )

    def _pin(self, number: int | None) -> Any:
        return None if number is None else self._factory.pin(number)

    def _contact(self, edge: Edge) -> None:
        pin = self._pin(self._settings.button_pin)
        if pin is None:
            return
        if edge is Edge.DOWN:
            pin.drive_low()
        else:
            pin.drive_high()

    def _bounce(self, edge: Edge) -> None:
        other = Edge.UP if edge is Edge.DOWN else Edge.DOWN
        until = self._clock.now() + _LONGEST_BOUNCING
        self._contact(edge)
        for bounce in [other, edge] * self._random.randint(1, _MOST_BOUNCES):
            remaining = until - self._clock.now()
            if remaining <= 0:
                break
            self._clock.sleep(min(self._random.expovariate(1 / _MEAN_GAP), remaining))
            self._contact(bounce)
        self._contact(edge)
