"""gpiozero's own factory on lgpio, on a chip that is found by its label.

It is a way out where the factory on gpiod does not work, and is there to compare with. The factory
on gpiod is the better one: lgpio wakes over a thousand times a second while nothing happens, and
there is no wheel of it for Python 3.13. Importing this module imports lgpio, which
`hardware.pins.factories` prepares.
"""

from collections.abc import Callable

from gpiozero.pins.lgpio import LGPIOFactory

from hardware.pins.chips import find_chip
from hardware.pins.revision import board_revision
from kiosk.core.errors import HardwareError


class PanelLGPIOFactory(LGPIOFactory):  # type: ignore[misc]  # gpiozero ships no types
    """gpiozero's factory on whichever chip has the header's lines.

    Args:
        chip: Label or path of the chip; None finds the header's.

    Raises:
        HardwareError: The chip cannot be had; says what to do.
    """

    def __init__(self, chip: str | None) -> None:
        path = find_chip(chip)
        try:
            super().__init__(chip=int(path.removeprefix("/dev/gpiochip")))
        except Exception as cause:  # lgpio's errors have no other root in common
            raise HardwareError(f"lgpio cannot open {path}: {cause}.") from cause

    def close(self) -> None:
        """Give all pins back, also those of a chip that has gone away."""
        try:
            super().close()
        finally:
            # gpiozero keeps one such table for all its local factories, so what is left in it
            # would be taken for pins of the next factory.
            self.pins.clear()

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` at once: lgpio's thread is its own, and calls nothing for others."""
        callback()

    def _get_revision(self) -> int:
        return board_revision()
