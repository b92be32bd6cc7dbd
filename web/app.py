"""The Flask application: its routes, a blueprint a file, and how errors are told."""

from flask import Flask, Response, jsonify
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from web import figures
from web.compress import install_compression
from web.context import Context
from web.guard import install_guard
from web.render import Renderer
from web.routes import events, kiosk, mock, pages, session
from web.snapshot import banner


def create_app(context: Context) -> Flask:
    """The application for the station that `context` describes."""
    app = Flask("web")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.sort_keys = False  # type: ignore[attr-defined] # the default provider has it
    install_guard(app, context.server)
    install_compression(app)
    renderer = Renderer(
        templates=app.jinja_env,
        rules=context.runner.rules,
        languages=context.languages,
        figure=lambda pose, mirrored, texts: figures.figure_html(
            pose, mirrored=mirrored, texts=texts
        ),
        beats=figures.beat_classes,
        banner=lambda state, health: banner(state, health, saving=context.keeper.problem is None),
    )
    app.register_blueprint(pages.blueprint(context, renderer))
    app.register_blueprint(events.blueprint(context, renderer))
    app.register_blueprint(session.blueprint(context))
    app.register_blueprint(kiosk.blueprint(context))
    app.register_blueprint(mock.blueprint(context))
    app.register_error_handler(HTTPException, _tell)
    return app


def _tell(error: HTTPException) -> tuple[Response, int]:
    """Every error as JSON that says what is wrong."""
    return jsonify(error=error.description), error.code or 500
