"""What the panel and the pin factories agree on."""

from collections.abc import Callable
from typing import Any, Protocol

from kiosk.core.errors import HardwareError


class PinFactory(Protocol):
    """A pin factory of gpiozero with what the panel needs besides: `call_soon`."""

    def pin(self, name: int) -> Any:
        """The pin with the BCM number `name`, for gpiozero's devices."""

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` soon in the thread that reads the pins, which shows that it still runs.

        A factory that has no such thread, or cannot ask it, calls `callback` at once.
        """

    def close(self) -> None:
        """Give all pins back. Closing twice is fine."""


#: Told that the pins have gone away, and why. It is called in a thread that reads pins, and must
#: return at once and never raise.
LossListener = Callable[[Exception], None]

#: Opens a pin factory, which tells the listener once if its chip goes away. It raises HardwareError
#: if the reason for a failure is known, and whatever the pin library raises if not.
FactoryOpener = Callable[[LossListener], PinFactory]


class LineInUseError(HardwareError):
    """A line cannot be had because another program has it.

    Args:
        text: What was found, and what to do about it.
        by_matside: Whether that program is another Matside.
    """

    def __init__(self, text: str, *, by_matside: bool) -> None:
        super().__init__(text)
        self.by_matside = by_matside
