"""The contact sheet of a routine that is being written. Only `matside routine preview` has it."""

from flask import Blueprint, Response, render_template, request

from web.contact_sheet import ContactSheet, every_figure


def blueprint(contact_sheet: ContactSheet) -> Blueprint:
    """``GET /preview`` with its style sheet and its version, and ``GET /preview/figures``."""
    routes = Blueprint("preview", __name__)

    @routes.get("/preview")
    def preview() -> str:
        """The page: ``?language=CODE`` for another language that the routine has."""
        draft = contact_sheet.draft()
        routine, wanted = draft.routine, request.args.get("language")
        sheet = None if routine is None else contact_sheet.sheet(routine, wanted)
        return render_template("preview.html", draft=draft, sheet=sheet)

    @routes.get("/preview/figures")
    def all_figures() -> str:
        return render_template("preview_figures.html", figures=every_figure())

    @routes.get("/preview.css")
    def css() -> Response:
        """The style sheet: ``?figures`` for the page with every figure."""
        every = "figures" in request.args
        return Response(contact_sheet.css(every_figure=every), mimetype="text/css")

    @routes.get("/preview/version")
    def version() -> dict[str, int]:
        return {"version": contact_sheet.draft().version}

    return routes
