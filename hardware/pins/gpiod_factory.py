"""A pin factory for gpiozero on the kernel's own GPIO interface, by libgpiod's Python bindings.

gpiozero has no such factory (gpiozero#840). This one is a `PiFactory` as its other factories are,
so `Button`, `Buzzer`, `LED` and the rest run on it unchanged. It is better than gpiozero's factory
on lgpio in three things: its thread sleeps while nothing happens, it hands on an edge without
waiting for the line to become stable, and a callback that fails does not end its thread.
"""

import errno
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import gpiod
from gpiozero import PinSPIUnsupported
from gpiozero.pins.pi import PiFactory

from hardware.pins.chips import find_chip, open_chip
from hardware.pins.contract import LineInUseError, LossListener
from hardware.pins.gpiod_pin import GpiodPin
from hardware.pins.gpiod_reader import EdgeReader
from hardware.pins.revision import board_revision
from kiosk.core.errors import HardwareError

_log = logging.getLogger(__name__)

#: The name under which our lines are in use, as the kernel tells other programs.
CONSUMER = "matside"

#: How many edges of a line the kernel keeps for a reader that is late. If there are more, it drops
#: the oldest.
EDGE_BUFFER = 256


class GpiodFactory(PiFactory):  # type: ignore[misc]  # gpiozero ships no types
    """Pins on the lines of one chip: BCM number n is line n.

    Args:
        chip: Label, name or path of the chip; None finds the header's.
        on_loss: Called once, from the factory's thread, when the chip has gone away. The factory
            is of no use then: close it, and open another. None only logs it.

    Raises:
        HardwareError: The chip cannot be had; says what to do.

    Attributes:
        reader: The thread that reads the edges of all lines.
    """

    def __init__(self, chip: str | None = None, on_loss: LossListener | None = None) -> None:
        super().__init__()
        self.pin_class = GpiodPin
        self._lock = threading.Lock()  # gpiod's objects are not safe for threads
        self._chip = open_chip(find_chip(chip))
        self.reader = EdgeReader(self._chip.fd, self._look, on_loss or _log_loss)

    def close(self) -> None:
        """Free all lines and the chip. Closing twice is fine."""
        pins = list(self.pins.values())
        self.pins.clear()
        for pin in pins:
            try:
                pin.close()
            except OSError as problem:
                _log.warning("%r could not be driven low: %s", pin, problem)
        self.reader.close()
        with self._lock:
            self._chip.close()

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` soon in the thread that reads the edges."""
        self.reader.call_soon(callback)

    def request(self, line: int, settings: gpiod.LineSettings) -> gpiod.LineRequest:
        """Request a line of the chip from the kernel.

        Args:
            line: Its number on the chip, which is its BCM number.
            settings: What the line is to be from its first moment.

        Raises:
            LineInUseError: Another program has the line.
            HardwareError: The line cannot be had for another reason; says what to do.
        """
        try:
            with self._lock:
                return self._chip.request_lines(
                    {line: settings}, consumer=CONSUMER, event_buffer_size=EDGE_BUFFER
                )
        except ValueError as cause:
            raise HardwareError(
                f"The chip {self._chip.path} has no line {line}. Is the setting chip right?"
            ) from cause
        except OSError as cause:
            if cause.errno == errno.EBUSY:
                raise self._in_use(line) from cause
            raise HardwareError(f"Line {line} cannot be had: {cause.strerror}.") from cause

    def spi(self, **_arguments: Any) -> None:
        """Refuse: there is nothing on this panel that speaks SPI."""
        raise PinSPIUnsupported("SPI is not supported by this pin factory")

    def ticks(self) -> float:
        """Seconds of CLOCK_MONOTONIC, which is also the clock of the kernel's times of edges."""
        return time.monotonic()

    def ticks_diff(self, later: float, earlier: float) -> float:
        """Seconds between two `ticks`."""
        return later - earlier

    def _get_revision(self) -> int:
        return board_revision()

    def _look(self) -> None:
        """Do nothing, or raise OSError if the chip has gone away."""
        with self._lock:
            self._chip.get_line_info(0)

    def _in_use(self, line: int) -> LineInUseError:
        """The error for a line that the kernel says is busy, with the name of its user."""
        with self._lock:
            user = self._chip.get_line_info(line).consumer
        by_matside = user == CONSUMER
        name = repr(user) if user else "somebody without a name, maybe the kernel"
        return LineInUseError(
            f"Line {line} is busy: used by {'another Matside' if by_matside else name}. Stop that, "
            f"or wire this part to another pin and change the setting.",
            by_matside=by_matside,
        )


def _log_loss(problem: Exception) -> None:
    _log.error("The GPIO chip has gone away: %s", problem)
