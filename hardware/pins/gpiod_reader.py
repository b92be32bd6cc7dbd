"""The one thread that reads the edges of all lines, and notices when their chip goes away."""

import errno
import logging
import os
import select
import threading
from collections import deque
from collections.abc import Callable

_log = logging.getLogger(__name__)

#: Seconds between two looks at whether the chip is still there. From Linux 6.6 on the kernel
#: wakes a sleeping reader when a chip goes away; before, nothing does.
LOOK_EVERY = 5.0

_GONE = select.EPOLLHUP | select.EPOLLERR


class EdgeReader:
    """Sleeps until a line has edges, and calls that line's drain; survives what it does.

    Args:
        chip: File descriptor of the chip.
        look: Raises OSError once the chip has gone away.
        on_loss: Called once, from the reader's thread, when the chip has gone away.
    """

    def __init__(
        self, chip: int, look: Callable[[], None], on_loss: Callable[[Exception], None]
    ) -> None:
        self._look = look
        self._on_loss = on_loss
        self._drains: dict[int, Callable[[], None]] = {}
        self._calls: deque[Callable[[], None]] = deque()
        self._waking = threading.Lock()  # the eventfd is written to only while it is there
        self._closed = False
        self._within = False
        self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._epoll = select.epoll()
        self._epoll.register(self._wake, select.EPOLLIN)
        self._epoll.register(chip, 0)  # only for the hang-up, which needs no asking
        self._thread = threading.Thread(target=self._run, name="gpio-edges", daemon=True)
        self._thread.start()

    def add(self, line: int, drain: Callable[[], None]) -> None:
        """Call `drain` whenever the file descriptor `line` has edges.

        `drain` may raise OSError, which is taken for the loss of the chip, and nothing else.
        """
        self._drains[line] = drain
        self._epoll.register(line, select.EPOLLIN)

    def remove(self, line: int) -> None:
        """Forget the file descriptor `line`; a drain of it that is running is not waited for."""
        if self._drains.pop(line, None) is not None:
            self._epoll.unregister(line)

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` soon in the reader's thread, once it has come round to its poll."""
        self._calls.append(callback)
        with self._waking:
            if not self._closed:
                os.eventfd_write(self._wake, 1)

    def close(self) -> None:
        """End the thread; closing twice is fine, and from within a drain too."""
        with self._waking:
            if self._closed:
                return
            self._closed = True
        if self._thread is threading.current_thread():
            self._within = True  # it frees what it sleeps on when it is back in `_run`
            return
        os.eventfd_write(self._wake, 1)
        self._thread.join()
        self._free()

    def _run(self) -> None:
        try:
            while not self._closed:
                self._serve(self._epoll.poll(LOOK_EVERY))
        except OSError as problem:
            if not self._closed:
                _log.debug("The GPIO chip has gone away.", exc_info=True)
                self._on_loss(problem)
        if self._within:
            self._free()

    def _free(self) -> None:
        self._epoll.close()
        os.close(self._wake)

    def _serve(self, ready: list[tuple[int, int]]) -> None:
        for line, events in ready:
            if line == self._wake and not self._closed:
                os.eventfd_read(self._wake)
                while self._calls:
                    self._calls.popleft()()
            if drain := self._drains.get(line):
                drain()
            if events & _GONE:
                self._look()  # knows why; if not, the hang-up would wake us for ever
                raise OSError(errno.ENODEV, "the kernel has hung up")
        if not ready:
            self._look()
