"""gpiozero's mock pins, for a panel without hardware."""

from collections.abc import Callable

from gpiozero.pins.mock import MockFactory, MockPWMPin
from gpiozero.pins.pi import PiPin

from hardware.clock import AlarmClock
from hardware.pins.revision import PI_4B


class MockPin(MockPWMPin):  # type: ignore[misc]  # gpiozero ships no types
    """gpiozero's mock pin, whose edges carry the time of its factory's clock."""

    def _call_when_changed(self) -> None:
        PiPin._call_when_changed(self, self.factory.ticks(), self.state)  # noqa: SLF001 - a base


class PanelMockFactory(MockFactory):  # type: ignore[misc]  # gpiozero ships no types
    """gpiozero's mock factory on a clock that it is given. The board is a Raspberry Pi 4 B.

    Args:
        clock: The panel's time.
    """

    def __init__(self, clock: AlarmClock) -> None:
        self._clock = clock
        super().__init__(revision=f"{PI_4B:x}", pin_class=MockPin)

    def ticks(self) -> float:
        """The clock's seconds."""
        return self._clock.now()

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` at once: an edge comes in the thread of whoever drives the pin."""
        callback()
