"""The routes of statistics. What answers is loaded when staff first look: no session needs it."""

from flask import Blueprint, Response

from web.context import Context


def blueprint(context: Context) -> Blueprint:
    """``GET /staff/statistics``, ``/statistics/NAME.csv`` and ``/statistics/sessions.json``.

    Each is of the ``period`` asked for: ``weeks`` for the last eight, a month such as ``2026-11``,
    or a year.
    """
    pages = Blueprint("statistics", __name__)

    @pages.get("/statistics")
    def page() -> str | tuple[str, int]:
        from web.staff import statistics_views  # noqa: PLC0415 - only staff look at it

        return statistics_views.page(context)

    @pages.get("/statistics/<name>.csv")
    def table(name: str) -> Response:
        from web.staff import statistics_views  # noqa: PLC0415 - only staff look at it

        return statistics_views.table(context, name)

    @pages.get("/statistics/sessions.json")
    def sessions() -> Response:
        from web.staff import statistics_views  # noqa: PLC0415 - only staff look at it

        return statistics_views.sessions(context)

    return pages
