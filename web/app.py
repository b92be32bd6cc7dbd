"""The Flask application: its routes, one blueprint from each file, and its answers to errors."""

from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from web.compress import install_compression
from web.context import Context
from web.guard import install_guard
from web.render import Renderer
from web.routes import cards, events, kiosk, metrics, mock, pages, session, voice
from web.routes.staff import area, enter
from web.snapshot import Snapshots
from web.staff.gate import Gate
from web.staff.visitors import Visitors
from web.templating import set_up_templates
from web.turns import Turns

if TYPE_CHECKING:
    from web.contact_sheet import ContactSheet


def create_app(context: Context) -> Flask:
    """The application for the station that `context` describes."""
    app = Flask("web")
    set_up_templates(app.jinja_env)
    app.json.sort_keys = False  # type: ignore[attr-defined] # the default provider has it
    visitors = Visitors(context.door)
    install_guard(app, context.server, Gate(context.door, visitors, context.metrics))
    install_compression(app)
    renderer = Renderer(app.jinja_env, context.rules, context.languages)
    snapshots = Snapshots(context, renderer)
    app.register_blueprint(pages.blueprint(context, snapshots))
    app.register_blueprint(events.blueprint(context, snapshots))
    app.register_blueprint(session.blueprint(context))
    app.register_blueprint(kiosk.blueprint(context))
    app.register_blueprint(cards.blueprint(context))
    app.register_blueprint(mock.blueprint(context))
    if context.metrics is not None:
        app.register_blueprint(metrics.blueprint(context.metrics))
    if context.voice is not None:
        app.register_blueprint(voice.blueprint(context.voice))
    app.register_blueprint(enter.blueprint(context, visitors))
    app.register_blueprint(area.blueprint(context, snapshots, visitors))
    app.register_error_handler(HTTPException, _error_json)
    app.wsgi_app = Turns(app.wsgi_app)  # type: ignore[method-assign] # as Flask says to do it
    return app


def add_preview(app: Flask, sheet: "ContactSheet") -> None:
    """Give `app` the page of a routine that is being written; no other station has it."""
    from web.routes import preview  # noqa: PLC0415 - only while a routine is being written

    app.register_blueprint(preview.blueprint(sheet))


def _error_json(error: HTTPException) -> tuple[Response, int]:
    """Answer every error with JSON that says what is wrong, for example ``{"error": "..."}``."""
    return jsonify(error=error.description), error.code or 500
