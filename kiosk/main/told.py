"""What the main thread waits for, so that no signal is missed just before the wait begins."""

import os
import select
import signal
from enum import IntEnum
from types import FrameType
from typing import Self

#: The signal that asks a station to take its settings anew; Windows has none.
_HANGUP: int | None = getattr(signal, "SIGHUP", None)


class Told(IntEnum):
    """What `MainSignals.wait` has been told."""

    FREE = 0
    RELOAD = 1
    STOP = 2


#: What stands for SIGHUP in the pipe; on Windows, which has none, a number of no signal.
_RELOAD = 255 if _HANGUP is None else int(_HANGUP)


class MainSignals:
    """A context manager that catches SIGTERM, SIGINT and SIGHUP; `wait` tells which has come.

    The interpreter itself writes the number of each signal into a pipe, whichever thread gets it.
    `wait` reads that pipe, so it also sees a signal that came before it. Enter it in the main
    thread.
    """

    def __enter__(self) -> Self:
        numbers = [signal.SIGTERM, signal.SIGINT, *([] if _HANGUP is None else [_HANGUP])]
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        self._old_fd = signal.set_wakeup_fd(self._write)
        self._old = {number: signal.signal(number, _do_nothing) for number in numbers}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_fd)
        os.close(self._read)
        os.close(self._write)

    def wait(self, seconds: float | None = None) -> Told | None:
        """Sleep until something is told, or return at once if something has been.

        Args:
            seconds: How long at most; None has no end.

        Returns:
            What was told; None if that was nothing for so long.
        """
        if seconds is not None and not select.select([self._read], [], [], seconds)[0]:
            return None
        number = os.read(self._read, 1)[0]
        if number == Told.FREE:
            return Told.FREE
        return Told.RELOAD if number == _RELOAD else Told.STOP

    def reload(self) -> None:
        """Ask for the settings to be taken anew, as SIGHUP does. May be called from any thread."""
        os.write(self._write, bytes([_RELOAD]))

    def free(self) -> None:
        """Tell that nobody uses the station. May be called from any thread; never blocks."""
        os.write(self._write, bytes([Told.FREE]))


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Handle a signal: there is nothing to do, the interpreter has written it into the pipe."""
