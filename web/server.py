"""Waitress, set up for event streams on a small machine."""

import contextlib
import errno
import http.client
import socket
import threading
from http import HTTPStatus
from typing import Any

import waitress
from flask import Flask

from kiosk.core.errors import ServerError

#: Threads that answer requests; `web.streams.MOST_STREAMS` of them may be held by streams.
THREADS = 8

#: A client that has vanished without a word is given up after this many milliseconds.
VANISHED = 20_000


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket at `host` and `port`; port 0 takes any free one.

    Raises:
        ServerError: The address is not this machine's, is in use, or needs more rights.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(AttributeError):  # Linux only; elsewhere the heartbeat must do
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, VANISHED)
        listener.bind((host, port))
        listener.listen(64)
    except OSError as cause:
        listener.close()
        raise ServerError(f"{host}:{port}: {_why(cause, port)}") from cause
    return listener


class WebServer:
    """Answers requests on a listening socket, in threads of its own, until it is stopped."""

    def __init__(self, app: Flask, listener: socket.socket) -> None:
        self._host, self._port = listener.getsockname()[:2]
        self._server: Any = waitress.create_server(
            app,
            sockets=[listener],
            threads=THREADS,
            channel_request_lookahead=1,
            # Its trigger wakes the loop for every answer, so it need not look around in between.
            asyncore_loop_timeout=60,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )

    def start(self) -> None:
        """Begin to answer."""
        threading.Thread(target=self._server.run, name="web", daemon=True).start()

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
        # Also a refusal (the staff PIN is asked on the network's address) shows that it moves.
        return ["web"] if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR else []

    def stop(self) -> None:
        """Let the requests under way end, for a few seconds at most. Close the streams first."""
        self._server.task_dispatcher.shutdown()


def _why(cause: OSError, port: int) -> str:
    if cause.errno == errno.EADDRINUSE:
        return (
            f"something else is listening on port {port}. Stop it (is another Matside running?), "
            f"or take any free port: --port 0."
        )
    if cause.errno == errno.EACCES:
        return f"port {port} needs more rights. Take one above 1023: --port 8080."
    if cause.errno == errno.EADDRNOTAVAIL:
        return "that is not an address of this machine. Use 127.0.0.1."
    return f"cannot listen there: {cause.strerror or cause}. Use 127.0.0.1."
