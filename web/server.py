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

from web.guard import LARGEST_BODY

#: Threads that answer requests. Each open stream keeps one busy: up to `web.streams.MOST_STREAMS`.
THREADS = 8

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
            # A body of more bytes is refused at once. The server would take it into a file first,
            # whoever sends it.
            max_request_body_size=LARGEST_BODY,
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
        if not self._thread.is_alive():
            return
        # Sockets may only be closed in the loop's own thread, since it waits for them. Once it has
        # nothing to wait for, it ends.
        wake_up = next(each for each in self._waited_for.values() if isinstance(each, trigger))
        wake_up.pull_trigger(lambda: close_all(self._waited_for, ignore_all=True))
        self._thread.join(JOIN)
