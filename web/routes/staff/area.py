"""The staff area: all of its pages, and the one check that stands before each of them."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.core.errors import StaffError
from kiosk.staff.doorway import Doorway
from web.context import Context
from web.routes.staff import panel_test, pin, settings, station, statistics, updates
from web.snapshot import Snapshots
from web.staff.visitors import Visitors, doorway_of


def blueprint(context: Context, snapshots: Snapshots, visitors: Visitors) -> Blueprint:
    """Every route below ``/staff/`` but the way in.

    A page of the staff area is a blueprint of its own that is registered here. So no page can be
    had by somebody who is not signed in.
    """
    area = Blueprint("staff", __name__, url_prefix="/staff")

    @area.before_request
    def check() -> AnyResponse | None:
        try:
            is_in = visitors.is_in(request)
        except StaffError as problem:
            abort(HTTPStatus.CONFLICT, str(problem))
        if is_in:
            if doorway_of(request) is Doorway.PANEL:
                context.in_use()
            return None
        if request.method != "GET":
            abort(HTTPStatus.UNAUTHORIZED, "Sign in at /staff first.")
        return redirect(url_for("enter.page"), HTTPStatus.SEE_OTHER)

    @area.context_processor
    def for_every_template() -> dict[str, object]:
        return {"at_panel": doorway_of(request) is Doorway.PANEL, "station_name": context.name}

    area.register_blueprint(station.blueprint(context, snapshots))
    area.register_blueprint(settings.blueprint(context))
    area.register_blueprint(pin.blueprint(context, visitors))
    area.register_blueprint(statistics.blueprint(context))
    area.register_blueprint(updates.blueprint(context))
    area.register_blueprint(panel_test.blueprint(context))
    return area
