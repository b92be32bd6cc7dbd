"""The sound files of the voice."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, send_file

from kiosk.ports.voice import Voice


def blueprint(voice: Voice) -> Blueprint:
    """``GET /voice/LANGUAGE/NAME``, for example ``/voice/en/station.halfway``."""
    routes = Blueprint("voice", __name__)

    @routes.get("/voice/<language>/<name>")
    def clip(language: str, name: str) -> Response:
        # Only names that the voice knows have a file, so that no name leads out of its folders.
        path = voice.file(f"{language}/{name}")
        if path is None or not path.is_file():
            abort(HTTPStatus.NOT_FOUND, f"No sentence {name!r} is ready in {language!r}.")
        return send_file(path.absolute(), mimetype="audio/wav")

    return routes
