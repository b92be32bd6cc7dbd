"""Requests from the network take turns, so that however many come, no member has to wait for them.

Each request keeps a thread of the server busy, and threads that compute have to share one
interpreter. What comes from this machine itself, that is from the panel, never takes a turn.
"""

import threading
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from kiosk.settings.address import is_loopback

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Requests from the network that may be inside at once: one has its turn, the others wait. That is
#: as many as one browser sends at once. Further ones are refused without any work.
MOST_INSIDE = 6

_BUSY = b'{"error": "Too many requests at once. Try again."}\n'


class Turns:
    """Stands before an application. The body of an event stream is no part of a turn.

    Args:
        app: The application.
    """

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app
        self._inside = threading.BoundedSemaphore(MOST_INSIDE)
        self._turn = threading.Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request, once it has its turn."""
        if is_loopback(environ.get("REMOTE_ADDR", "")):
            return self._app(environ, start_response)
        if not self._inside.acquire(blocking=False):
            return _busy(start_response)
        try:
            with self._turn:
                return self._app(environ, start_response)
        finally:
            self._inside.release()


def _busy(start_response: "StartResponse") -> Iterable[bytes]:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(_BUSY))),
        ("Cache-Control", "no-store"),
        ("Retry-After", "1"),
    ]
    start_response(f"{status.value} {status.phrase}", headers)
    return [_BUSY]
