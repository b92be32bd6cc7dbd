"""Pulse-width modulation by a thread, for a pin that cannot do it itself."""

import logging
import threading
import time
from collections.abc import Callable

_log = logging.getLogger(__name__)


class SoftwarePWM:
    """Switches a pin on and off; its thread sleeps while the pin is to be fully on or off.

    The thread takes turns with all others, so the tone of a passive buzzer is a little rough. An
    active buzzer needs none of this.

    Args:
        write: Sets the pin. An OSError from it ends the tone.
        frequency: Periods a second, above 0.
    """

    def __init__(self, write: Callable[[bool], None], frequency: float) -> None:
        self._write = write
        self._frequency = frequency
        self._duty = 0.0
        self._closed = False
        self._changes = 0
        self._changed = threading.Condition(threading.Lock())  # held by whoever writes
        threading.Thread(target=self._run, name="pwm", daemon=True).start()

    @property
    def frequency(self) -> float:
        """Periods a second."""
        return self._frequency

    @frequency.setter
    def frequency(self, value: float) -> None:
        with self._changed:
            self._frequency = value
            self._notify()

    @property
    def duty(self) -> float:
        """The part of each period that the pin is on, 0 to 1."""
        return self._duty

    @duty.setter
    def duty(self, value: float) -> None:
        with self._changed:
            self._duty = value
            self._notify()

    def close(self) -> None:
        """Stop; the pin stays as it is, and nothing is written to it from here on."""
        with self._changed:
            self._closed = True
            self._notify()

    def _notify(self) -> None:
        self._changes += 1  # a wait that is just ending by itself does not hear the notice
        self._changed.notify()

    def _run(self) -> None:
        try:
            with self._changed:
                while not self._closed:
                    if 0 < self._duty < 1:
                        self._modulate()
                    else:
                        self._write(self._duty >= 1)
                        self._changed.wait()
        except OSError as problem:
            _log.warning("The tone has ended: %s", problem)

    def _modulate(self) -> None:
        """Switch on and off until something changes."""
        moment, changes = time.monotonic(), self._changes
        while True:
            for level, part in ((True, self._duty), (False, 1 - self._duty)):
                self._write(level)
                # From edge to edge, not from write to write, so that the tone keeps its pitch.
                moment = max(moment + part / self._frequency, time.monotonic())
                self._changed.wait(moment - time.monotonic())
                if self._changes != changes:
                    return
