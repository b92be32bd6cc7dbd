"""The one page, and its generated style sheet."""

import msgspec
from flask import Blueprint, Response, render_template, request

from kiosk.version import VERSION
from web import figures
from web.context import Context
from web.snapshot import Snapshots


def blueprint(context: Context, snapshots: Snapshots) -> Blueprint:
    """``GET /``, ``GET /screen.css`` and ``GET /healthz``."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def page() -> str:
        state = context.runner.state
        kiosk = "kiosk" in request.args
        return render_template(
            "page.html",
            screen_html=snapshots.screen(state),
            words=context.languages[state.choices.language],
            language=state.choices.language,
            bench=context.panel.mock is not None and request.args.get("bench") != "off",
            kiosk=kiosk,
            rotation=context.screen.rotation if kiosk else 0,
            speed=context.rules.speed,
            version=VERSION,
        )

    @pages.get("/screen.css")
    def screen_css() -> Response:
        """The sizes that follow from how far the mat is from the screen."""
        screen = context.screen
        # Factors for the letters' least height: 1 is 2 m from a 7-inch panel.
        distance = screen.viewing_distance_m / 2
        inches = 7 / screen.screen_inches
        css = f":root{{--far:{distance:.3f};--small:{inches:.3f}}}\n"
        return Response(css + figures.figures_css(), mimetype="text/css")

    @pages.get("/healthz")
    def healthz() -> Response:
        return Response(msgspec.json.encode(snapshots.health()), mimetype="application/json")

    return pages
