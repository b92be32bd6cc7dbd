"""Smaller answers: text is gzipped for clients that take it, but for the event stream."""

import gzip

from flask import Flask, Response, request

#: Shorter answers, in bytes, gain nothing.
WORTH_IT = 512

_TEXT = frozenset(("text/html", "text/css", "text/javascript", "application/javascript"))


def install_compression(app: Flask) -> None:
    """Gzip the text that `app` answers with."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in _TEXT or "gzip" not in request.accept_encodings:
            return response
        response.direct_passthrough = False
        body = response.get_data()
        if len(body) >= WORTH_IT:
            response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        return response
