"""Updates: what lies there, bringing it there in pieces, and having it installed."""

from http import HTTPStatus

from flask import Blueprint, abort, render_template, request

from kiosk.core.errors import UpdateError
from kiosk.core.session import Status
from kiosk.version import VERSION
from web.bodies import EmptyBody, FileBody, PieceBody, read_body
from web.context import Context
from web.guard import LARGEST_SETTINGS

#: The largest piece of a file, in bytes. As base64 in JSON it stays below the largest body.
LARGEST_PIECE = 45 * 1024


def blueprint(context: Context) -> Blueprint:
    """``GET /staff/updates`` and ``/staff/updates/state``.

    Besides, ``POST /staff/updates/begin``, ``/staff/updates/piece`` and ``/staff/updates/install``.
    """
    pages = Blueprint("updates", __name__)

    @pages.get("/updates")
    def page() -> str:
        """The page without what takes a moment to find out; it asks for that by itself."""
        return render_template("staff/updates.html", largest_piece=LARGEST_PIECE)

    pages.get("/updates/state", endpoint="state")(lambda: _state(context))

    @pages.post("/updates/begin")
    def begin() -> dict[str, object]:
        body = read_body(FileBody)
        _check_free(context)
        try:
            context.updates().begin(body.name, body.size)
        except UpdateError as problem:
            abort(HTTPStatus.BAD_REQUEST, str(problem))
        return {}

    @pages.post("/updates/piece")
    def piece() -> dict[str, object]:
        request.max_content_length = LARGEST_SETTINGS
        body = read_body(PieceBody)
        _check_free(context)
        try:
            return {"whole": context.updates().add(body.name, body.offset, body.content)}
        except UpdateError as problem:
            abort(HTTPStatus.BAD_REQUEST, str(problem))

    @pages.post("/updates/install")
    def install() -> dict[str, object]:
        """Have the package installed that lies there, unless a session runs."""
        read_body(EmptyBody)
        _check_free(context)
        try:
            found = context.updates().found()
            if found is None:
                abort(HTTPStatus.CONFLICT, "There is no newer package for this machine.")
            if found.problem is not None:
                abort(HTTPStatus.CONFLICT, found.problem)
            context.updates().ask()
        except UpdateError as problem:
            abort(HTTPStatus.CONFLICT, str(problem))
        return {}

    return pages


def _state(context: Context) -> str:
    """The part of the page that tells what lies there and how the last update went, as HTML."""
    updates, problem, found, result = context.updates(), "", None, None
    try:
        result = updates.result()
        found = updates.found()
    except UpdateError as why:
        problem = str(why)
    return render_template(
        "staff/updates_state.html",
        version=VERSION,
        can_install=updates.can_install,
        folder=updates.folder,
        found=found,
        result=result,
        problem=problem,
    )


def _check_free(context: Context) -> None:
    if context.runner.state.status is not Status.ATTRACT:
        abort(HTTPStatus.CONFLICT, "A session is running. Try again when it is over.")
