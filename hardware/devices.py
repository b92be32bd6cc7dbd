"""The devices of the panel, written once for all pin factories."""

from collections.abc import Callable
from typing import Protocol

from gpiozero import Buzzer, DigitalInputDevice, TonalBuzzer
from gpiozero.tones import Tone

from hardware.pins.contract import PinFactory

#: Called with the time of an edge in seconds, and whether the contact is closed.
EdgeListener = Callable[[float, bool], None]


class ContactInput(DigitalInputDevice):  # type: ignore[misc]  # gpiozero ships no types
    """The button's contact, which hands on every edge with its time.

    It is what gpiozero's `Button` is without the thread with which `Button` looks ten times a
    second whether it is held. In Matside the session's core decides that, so nothing has to wake.

    The listener is called once from within the constructor, with the contact as it is then.

    Args:
        pin: BCM number. The contact connects the pin to ground; the pull-up is in the Pi.
        on_edge: Called in the thread of the pin factory; must not block.
        pin_factory: The pin factory.
    """

    def __init__(self, pin: int, on_edge: EdgeListener, pin_factory: PinFactory) -> None:
        self._on_edge = on_edge
        super().__init__(pin, pull_up=True, pin_factory=pin_factory)

    def _fire_events(self, ticks: float, new_active: bool) -> None:  # noqa: FBT001 - gpiozero's
        super()._fire_events(ticks, new_active)
        self._on_edge(ticks, new_active)


class Sounder(Protocol):
    """Something that makes a sound."""

    def sound(self, hertz: int) -> None:
        """Sound until `silence`, at `hertz` if this kind of sounder can choose its tone."""

    def silence(self) -> None:
        """Stop sounding."""

    def close(self) -> None:
        """Fall silent and give the pin back."""


class ActiveBuzzer:
    """A buzzer with a tone of its own. Its pin is low from the start.

    Args:
        pin: BCM number.
        pin_factory: The pin factory.
    """

    def __init__(self, pin: int, pin_factory: PinFactory) -> None:
        self._buzzer = Buzzer(pin, initial_value=False, pin_factory=pin_factory)

    def sound(self, hertz: int) -> None:  # noqa: ARG002 - it has its own tone
        """Sound, at the buzzer's own tone."""
        self._buzzer.on()

    def silence(self) -> None:
        """Stop sounding."""
        self._buzzer.off()

    def close(self) -> None:
        """Fall silent and give the pin back."""
        try:
            self._buzzer.off()
        finally:
            self._buzzer.close()


class PassiveBuzzer:
    """A buzzer whose tone the pin makes, 110 to 1,760 hertz. Its pin is low from the start.

    Args:
        pin: BCM number.
        pin_factory: The pin factory, whose pins can do pulse-width modulation.
    """

    def __init__(self, pin: int, pin_factory: PinFactory) -> None:
        self._buzzer = TonalBuzzer(pin, octaves=2, pin_factory=pin_factory)

    def sound(self, hertz: int) -> None:
        """Sound until `silence`, at `hertz` (110 to 1,760)."""
        self._buzzer.play(Tone.from_frequency(hertz))

    def silence(self) -> None:
        """Stop sounding."""
        self._buzzer.stop()

    def close(self) -> None:
        """Fall silent and give the pin back."""
        try:
            self._buzzer.stop()
        finally:
            self._buzzer.close()
