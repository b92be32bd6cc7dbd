"""Smaller answers: pages, scripts and style sheets are gzipped for clients that accept it."""

import gzip

from flask import Flask, Response, request

#: The types that are gzipped. The event stream is not: each event must leave at once.
_TEXT = frozenset(("text/html", "text/css", "text/javascript", "application/javascript"))


def install_compression(app: Flask) -> None:
    """Gzip the text that `app` answers with."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in _TEXT or not request.accept_encodings.quality("gzip"):
            return response
        response.direct_passthrough = False
        response.set_data(gzip.compress(response.get_data(), compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        return response
