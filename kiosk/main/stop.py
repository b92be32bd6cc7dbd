"""Waiting for the signal to stop, so that none is missed just before the wait begins."""

import os
import signal
from types import FrameType
from typing import Self

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopSignal:
    """A context manager that catches SIGTERM and SIGINT; `wait` returns once one has come.

    The interpreter itself writes each signal into a pipe, whichever thread gets it. `wait` reads
    that pipe, so it also sees a signal that came before it. Enter it in the main thread.
    """

    def __enter__(self) -> Self:
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        self._old_fd = signal.set_wakeup_fd(self._write)
        self._old = [signal.signal(number, _do_nothing) for number in _SIGNALS]
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


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Handle a signal: there is nothing to do, the interpreter has written it into the pipe."""
