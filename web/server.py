"""The web server, waitress, set up for event streams on a small machine."""

import http.client
import socket
import threading
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

import waitress
from waitress.trigger import trigger
from waitress.wasyncore import close_all

from web.guard import LARGEST_SETTINGS
from web.streams import MOST_STREAMS
from web.turns import MOST_INSIDE

#: Threads that answer requests. Each open stream keeps one busy, and so does each request of the
#: network that has its turn or waits for it. The two others are for the panel alone.
THREADS = MOST_STREAMS + MOST_INSIDE + 2

#: Seconds that the server's loop has to end.
JOIN = 2


class WebServer:
    """Answers requests on listening sockets, in threads of its own, until it is stopped.

    Args:
        app: The WSGI application that answers.
        listeners: The sockets; this machine itself reaches the first.
    """

    def __init__(self, app: Callable[..., Any], listeners: Sequence[socket.socket]) -> None:
        self._host, self._port = listeners[0].getsockname()[:2]
        # What the server's loop waits for: the sockets, the connections and its own wake-up call.
        self._waited_for: dict[int, Any] = {}
        self._server: Any = waitress.create_server(
            app,
            map=self._waited_for,
            sockets=list(listeners),
            threads=THREADS,
            channel_request_lookahead=1,
            # Seconds that the server's loop sleeps if nothing happens. Every request and every
            # answer wakes it at once, so it need not wake often by itself.
            asyncore_loop_timeout=60,
            ident=None,
            clear_untrusted_proxy_headers=True,
            # A body of more bytes is refused at once, whoever sends it: the server would take it
            # whole before anybody is asked for the PIN.
            max_request_body_size=LARGEST_SETTINGS,
        )
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    def start(self) -> None:
        """Start to answer, in a thread of its own."""
        self._thread.start()

    def unresponsive(self, within: float) -> list[str]:
        """Names of the server's threads that did not respond within `within` seconds.

        Asks for a page over the listening socket to find out. Empty if all is well.
        """
        connection = http.client.HTTPConnection(self._host, self._port, timeout=within)
        try:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return ["web"]
        finally:
            connection.close()
        # A refusal, for example since the staff PIN is missing, also shows that the server works.
        return ["web"] if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR else []

    def stop(self) -> None:
        """Wait a few seconds at most for requests to end, and close the listening sockets.

        Close the streams before this.
        """
        self._server.task_dispatcher.shutdown()
        left = self._end_loop() if self._thread.is_alive() else self._waited_for
        close_all(left, ignore_all=True)

    def _end_loop(self) -> dict[int, Any]:
        """End the loop, and return what it has waited for.

        The loop ends once it has nothing to wait for. It must not close its wake-up call itself,
        since that may still be written to here; so all is closed after it has ended.
        """
        left: dict[int, Any] = {}

        def let_go() -> None:
            left.update(self._waited_for)
            self._waited_for.clear()

        wake_up = next(each for each in self._waited_for.values() if isinstance(each, trigger))
        wake_up.pull_trigger(let_go)
        self._thread.join(JOIN)
        return left
