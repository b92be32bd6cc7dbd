"""What the panel and the pin factories agree on: how one is opened, and what it then tells."""

from collections.abc import Callable
from typing import Any

from kiosk.core.errors import HardwareError

#: Told that the pins have gone away, and why. It is called in a thread that reads pins, and must
#: return at once and never raise.
LossListener = Callable[[Exception], None]

#: Opens a pin factory for gpiozero, which tells the listener once if its chip goes away. Besides
#: what every factory of gpiozero has, it has `call_soon(callback)`: that calls `callback` soon in
#: the thread that reads the pins. Opening raises HardwareError if the reason for a failure is
#: known, and whatever its library raises if not.
FactoryOpener = Callable[[LossListener], Any]


class LineInUseError(HardwareError):
    """A line cannot be had because another program has it.

    Args:
        text: What was found, and what to do about it.
        by_matside: Whether that program is another Matside.
    """

    def __init__(self, text: str, *, by_matside: bool) -> None:
        super().__init__(text)
        self.by_matside = by_matside
