"""The sound files of the voice."""

from http import HTTPStatus

from flask import Blueprint, Response, abort

from kiosk.ports.voice import Voice


def blueprint(voice: Voice) -> Blueprint:
    """``GET /voice/LANGUAGE/NAME``, for example ``/voice/en/station.halfway``."""
    routes = Blueprint("voice", __name__)

    @routes.get("/voice/<language>/<name>")
    def clip(language: str, name: str) -> Response:
        # Only names that the voice knows have a file, so that no name leads out of its folders.
        path = voice.file(f"{language}/{name}")
        # It is read whole, since it has 4 MiB at most: so no file stays open for a page that has
        # gone away meanwhile.
        try:
            content = None if path is None else path.read_bytes()
        except OSError:
            content = None  # it was taken away
        if content is None:
            abort(HTTPStatus.NOT_FOUND, f"No sentence {name!r} is ready in {language!r}.")
        return Response(content, mimetype="audio/wav")

    return routes
