"""The one thread that reads the edges of all lines, and notices when their chip goes away."""

import errno
import logging
import os
import select
import threading
from collections import deque
from collections.abc import Callable

_log = logging.getLogger(__name__)

#: Seconds between two looks at whether the chip is still there. From Linux 6.6 on the kernel wakes
#: a reader that sleeps when its chip goes away; older kernels do not, so the reader has to look.
LOOK_EVERY = 5.0

_GONE = select.EPOLLHUP | select.EPOLLERR


class EdgeReader:
    """Sleeps until a line has edges, and then calls whoever is to read that line.

    Args:
        chip: File descriptor of the chip.
        look: Called every few seconds; raises OSError if the chip has gone away.
        on_loss: Called once, from the reader's thread, when the chip has gone away. The thread ends
            after that.
    """

    def __init__(
        self, chip: int, look: Callable[[], None], on_loss: Callable[[Exception], None]
    ) -> None:
        self._look = look
        self._on_loss = on_loss
        self._drains: dict[int, Callable[[], None]] = {}
        self._calls: deque[Callable[[], None]] = deque()
        self._waking = threading.Lock()  # held while `_wake` is written to, so that it is open
        self._closed = False
        self._within = False
        self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._epoll = select.epoll()
        self._epoll.register(self._wake, select.EPOLLIN)
        self._epoll.register(chip, 0)  # a hang-up is told without being asked for
        self._thread = threading.Thread(target=self._run, name="gpio-edges", daemon=True)
        self._thread.start()

    def add(self, line: int, drain: Callable[[], None]) -> None:
        """Call `drain` whenever a line has edges.

        Args:
            line: File descriptor of the request for the line.
            drain: Reads all edges that wait. It may raise OSError, which is taken for the loss
                of the chip, and nothing else.
        """
        self._drains[line] = drain
        self._epoll.register(line, select.EPOLLIN)

    def remove(self, line: int) -> None:
        """Forget a line, by its file descriptor. A drain of it that runs just now goes on."""
        if self._drains.pop(line, None) is not None:
            self._epoll.unregister(line)

    def call_soon(self, callback: Callable[[], None]) -> None:
        """Call `callback` soon in the reader's thread, after the edges that it is reading now."""
        self._calls.append(callback)
        with self._waking:
            if not self._closed:
                os.eventfd_write(self._wake, 1)

    def close(self) -> None:
        """End the thread. Closing twice is fine, and so is closing from within a drain."""
        with self._waking:
            if self._closed:
                return
            self._closed = True
        if self._thread is threading.current_thread():
            # The caller is a drain. `_run` frees what the thread sleeps on when that has returned.
            self._within = True
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
                self._look()  # the error that it raises says why
                # Should it find the chip, then the hang-up would still wake this thread for ever.
                raise OSError(errno.ENODEV, "the kernel has hung up")
        if not ready:
            self._look()
