"""A panel without hardware: gpiozero's mock pins, and the hands of a person at them."""

import random
import threading
from collections.abc import Callable
from typing import Any

from gpiozero.pins.mock import MockFactory, MockPWMPin
from gpiozero.pins.pi import PiPin

from hardware.clock import Clock
from hardware.pins.revision import PI_4B
from kiosk.ports.panel import Edge, Fault, MockPins, PanelSettings

#: Contacts that chatter: extra closings and openings on a press or a release, mean seconds
#: between two edges, and the longest that the whole of it takes.
_MOST_BOUNCES, _MEAN_GAP, _LONGEST_CHATTER = 6, 0.0008, 0.012


class MockPin(MockPWMPin):  # type: ignore[misc]  # gpiozero ships no types
    """gpiozero's mock pin, its edges stamped by the clock of its factory."""

    def _call_when_changed(self) -> None:
        PiPin._call_when_changed(self, self.factory.ticks(), self.state)  # noqa: SLF001 - a base


class PanelMockFactory(MockFactory):  # type: ignore[misc]  # gpiozero ships no types
    """gpiozero's mock factory on a clock that can be given."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        super().__init__(revision=f"{PI_4B:x}", pin_class=MockPin)

    def ticks(self) -> float:
        """The clock's seconds."""
        return self._clock.now()

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` at once: an edge comes in the thread of whoever drives the pin."""
        callback()


class Bench:
    """Drives the button's mock pin, and reads those of buzzer and light.

    Args:
        settings: The numbers of the pins.
        factory: The factory that the panel's devices are on.
        clock: The time.
    """

    def __init__(self, settings: PanelSettings, factory: PanelMockFactory, clock: Clock) -> None:
        self._numbers = (settings.button_pin, settings.buzzer_pin, settings.light_pin)
        self._factory = factory
        self._clock = clock
        self._fault = Fault.NONE
        self._moved_at: float | None = None
        self._random = random.Random()  # noqa: S311 - it only makes contacts chatter
        self._hand = threading.RLock()

    def drive(self, edge: Edge) -> None:
        """Close or open the button's contact, with the fault that is being played.

        Returns once the contact is at rest: after up to 12 ms if it chatters.
        """
        with self._hand:
            self._moved_at = self._clock.now()
            match self._fault:
                case Fault.NONE:
                    self._contact(edge)
                case Fault.BOUNCE:
                    self._chatter(edge)
                case Fault.STUCK | Fault.DEAD:
                    pass  # whatever the hand does, the contact stays as it is

    def play_fault(self, fault: Fault) -> None:
        """Play `fault` from now on, beginning with the hand off the button."""
        with self._hand:
            self._fault = fault
            self._contact(Edge.DOWN if fault is Fault.STUCK else Edge.UP)

    def pins(self) -> MockPins:
        """The pins as they are now."""
        button, buzzer, light = (self._pin(number) for number in self._numbers)
        return MockPins(
            button_down=button is not None and not button.state,
            buzzer_on=buzzer is not None and bool(buzzer.state),
            light_on=light is not None and bool(light.state),
            fault=self._fault,
            numbers=self._numbers,
            moved_at=self._moved_at,
        )

    def _pin(self, number: int | None) -> Any:
        return None if number is None else self._factory.pin(number)

    def _contact(self, edge: Edge) -> None:
        pin = self._pin(self._numbers[0])
        if pin is None:
            return
        if edge is Edge.DOWN:
            pin.drive_low()
        else:
            pin.drive_high()

    def _chatter(self, edge: Edge) -> None:
        other = Edge.UP if edge is Edge.DOWN else Edge.DOWN
        until = self._clock.now() + _LONGEST_CHATTER
        self._contact(edge)
        for bounce in [other, edge] * self._random.randint(1, _MOST_BOUNCES):
            left = until - self._clock.now()
            if left <= 0:
                break
            self._clock.sleep(min(self._random.expovariate(1 / _MEAN_GAP), left))
            self._contact(bounce)
        self._contact(edge)
