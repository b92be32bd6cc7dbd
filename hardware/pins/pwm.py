"""Pulse-width modulation by a thread, for a pin that cannot do it itself."""

import logging
import threading
import time
from collections.abc import Callable

_log = logging.getLogger(__name__)


class SoftwarePWM:
    """Switches a pin on and off in a thread, which sleeps while the pin is to stay on or off.

    For example, a tone of 500 hertz is a period of 2 ms; with a duty of 0.5 the pin is on for 1 ms
    and off for 1 ms of each. The thread takes turns with all others of the process, so the tone of
    a passive buzzer is a little rough. An active buzzer makes its own tone and needs none of this.

    Args:
        write: Sets the pin high or low. If it raises OSError, the tone ends.
        frequency: Periods a second, above 0.
    """

    def __init__(self, write: Callable[[bool], None], frequency: float) -> None:
        self._write = write
        self._frequency = frequency
        self._duty = 0.0
        self._closed = False
        self._changes = 0
        self._changed = threading.Condition(threading.Lock())  # held while the pin is written to
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
        """The share of each period for which the pin is on, 0 to 1."""
        return self._duty

    @duty.setter
    def duty(self, value: float) -> None:
        with self._changed:
            self._duty = value
            self._notify()

    def close(self) -> None:
        """Stop. The pin stays as it is, and nothing is written to it from here on."""
        with self._changed:
            self._closed = True
            self._notify()

    def _notify(self) -> None:
        # A wait whose time is just over does not hear the notice, so it compares this count.
        self._changes += 1
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
        """Switch the pin on and off until frequency or duty changes, or it is to stop."""
        moment, changes = time.monotonic(), self._changes
        while True:
            for level, share in ((True, self._duty), (False, 1 - self._duty)):
                self._write(level)
                # The next moment counts from the one that was due, not from the write, which may
                # be late. So lateness does not add up, and the tone keeps its pitch.
                moment = max(moment + share / self._frequency, time.monotonic())
                self._changed.wait(moment - time.monotonic())
                if self._changes != changes:
                    return
