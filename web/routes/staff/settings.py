"""The settings that matter, for staff to change: checked, written into the file, and taken over."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, request

from kiosk.core.errors import SettingsError
from kiosk.core.session import Status
from kiosk.settings.loading import parse_settings
from kiosk.settings.shapes import Settings
from web.bodies import ChangesBody, EditionBody, ImportBody, read_body
from web.context import Context
from web.guard import LARGEST_SETTINGS
from web.staff.settings_form import changes_of, groups

if TYPE_CHECKING:
    from kiosk.settings.changing import SettingsFile


def blueprint(context: Context) -> Blueprint:
    """``GET /staff/settings`` and ``/staff/settings/export``.

    Besides, ``POST /staff/settings``, ``/staff/settings/undo`` and ``/staff/settings/import``.
    """
    pages = Blueprint("settings", __name__)

    pages.get("/settings", endpoint="page")(lambda: _page(context))

    @pages.post("/settings")
    def change() -> dict[str, object]:
        request.max_content_length = LARGEST_SETTINGS
        body = read_body(ChangesBody)
        return _written(
            context, lambda file: file.change(changes_of(body.changes, context.rules), body.edition)
        )

    @pages.post("/settings/undo")
    def undo() -> dict[str, object]:
        edition = read_body(EditionBody).edition
        return _written(context, lambda file: file.undo(edition))

    @pages.post("/settings/import")
    def import_() -> dict[str, object]:
        request.max_content_length = LARGEST_SETTINGS
        body = read_body(ImportBody)
        content = body.content.encode()
        return _written(context, lambda file: file.import_(content, body.name, body.edition))

    pages.get("/settings/export", endpoint="export")(lambda: _exported(context))
    return pages


def _page(context: Context) -> str:
    if context.settings_file is None:
        return render_template("staff/no_settings.html")
    file = context.settings_file()
    problem, rows = "", {}
    try:
        settings = parse_settings(file.content(), "")
        rows = groups(settings, context.rules, context.languages)
    except SettingsError as found:
        problem = str(found)
    return render_template(
        "staff/settings.html",
        groups=rows,
        problem=problem,
        edition=file.edition(),
        can_undo=file.can_undo(),
    )


def _exported(context: Context) -> Response:
    if context.settings_file is None:
        abort(HTTPStatus.NOT_FOUND, "This station runs without a settings file.")
    try:
        content = context.settings_file().exported()
    except SettingsError as problem:
        abort(HTTPStatus.CONFLICT, str(problem))
    response = Response(content, mimetype="application/toml")
    response.headers["Content-Disposition"] = 'attachment; filename="matside-settings.toml"'
    return response


def _written(context: Context, write: "Callable[[SettingsFile], Settings]") -> dict[str, object]:
    """Have `write` write the settings, and the station take them over; says when that is."""
    if context.settings_file is None:
        abort(HTTPStatus.CONFLICT, "This station runs without a settings file.")
    try:
        write(context.settings_file())
    except SettingsError as problem:
        abort(HTTPStatus.BAD_REQUEST, str(problem))
    context.take_anew()
    now = context.runner.state.status is Status.ATTRACT
    return {"now": now, "edition": context.settings_file().edition()}
