"""Waiting to be told to stop, without a race between the signal and the wait."""

import os
import signal
from types import FrameType
from typing import Self

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopSignal:
    """Takes SIGTERM and SIGINT while it is entered; `wait` returns once one has come.

    The signal is written to a pipe by the interpreter itself, whichever thread gets it, so none
    is lost just before the wait begins. Enter it in the main thread.
    """

    def __enter__(self) -> Self:
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        self._old_fd = signal.set_wakeup_fd(self._write)
        self._old = [signal.signal(number, _take) for number in _SIGNALS]
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in zip(_SIGNALS, self._old, strict=True):
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_fd)
        os.close(self._read)
        os.close(self._write)

    def wait(self) -> None:
        """Sleep until a signal comes, or return at once if one has come."""
        os.read(self._read, 1)


def _take(_number: int, _frame: FrameType | None) -> None:
    """The pipe has it already."""
