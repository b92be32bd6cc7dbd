"""The one page, with its script, its style sheet and what its scenes show in turn."""

from http import HTTPStatus

import msgspec
from flask import Blueprint, Response, abort, render_template, request, url_for

from kiosk.core.screen import shown_language
from kiosk.version import VERSION
from web.assets import page_edition, page_script, page_sheet
from web.context import Context
from web.direction import direction_of
from web.snapshot import Snapshots


def blueprint(context: Context, snapshots: Snapshots) -> Blueprint:
    """The page, its script, its style sheets and ``GET /healthz``."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def page() -> str:
        """The page: ``?kiosk`` for the kiosk's browser, ``?panel=off`` without the mock panel."""
        state = context.runner.state
        rules = context.rules
        language = shown_language(state, rules)
        kiosk = "kiosk" in request.args
        mock_panel = context.panel.mock is not None and request.args.get("panel") != "off"
        with_kiosk = "" if kiosk else None  # None is left out of an address
        with_panel = "" if mock_panel else None
        return render_template(
            "page.html",
            screen_html=snapshots.screen(state).html,
            words=context.languages[language],
            language=language,
            direction=direction_of(language),
            sheet=url_for("pages.sheet", panel=with_panel),
            script=url_for("pages.script", kiosk=with_kiosk, panel=with_panel),
            mock_panel=mock_panel,
            kiosk=kiosk,
            rotation=context.screen.rotation if kiosk else 0,
            speed=rules.speed,
            held=rules.timing.held,
            version=VERSION,
            edition=page_edition(context.screen, voice=context.voice is not None),
        )

    @pages.get("/invitation/<language>")
    def invitation(language: str) -> str:
        """The attract screen's invitation in another language, when its turn comes."""
        html = snapshots.invitation(context.runner.state, language)
        if html is None:
            abort(HTTPStatus.NOT_FOUND, "The screen does not invite in that language now.")
        return html

    @pages.get("/page.js")
    def script() -> Response:
        """The page's script: ``?kiosk`` for the kiosk's page, ``?panel`` with the mock panel."""
        kiosk, mock_panel = "kiosk" in request.args, "panel" in request.args
        voice = context.voice is not None
        text = page_script(kiosk=kiosk, mock_panel=mock_panel, voice=voice)
        return Response(text, mimetype="text/javascript")

    @pages.get("/page.css")
    def sheet() -> Response:
        """The page's style sheet: ``?panel`` with that of the mock panel."""
        text = page_sheet(context.screen, mock_panel="panel" in request.args)
        return Response(text, mimetype="text/css")

    @pages.get("/healthz")
    def healthz() -> Response:
        return Response(msgspec.json.encode(snapshots.health()), mimetype="application/json")

    return pages
