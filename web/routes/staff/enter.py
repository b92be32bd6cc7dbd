"""The way into the staff area and out of it: the keypad, and what it sends."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from kiosk.core.errors import StaffError
from kiosk.staff.door import Admission, StaffDoor
from kiosk.staff.doorway import Doorway
from web.assets import staff_sheet
from web.bodies import EmptyBody, PinBody, read_body
from web.context import Context
from web.staff.admission import admit, refusal, whole
from web.staff.visitors import Visitors, doorway_of


def blueprint(context: Context, visitors: Visitors) -> Blueprint:
    """``GET /staff/enter``; ``POST /staff/sign-in``, ``/staff/choose`` and ``/staff/sign-out``.

    Besides, ``GET /staff.css``.
    """
    routes = Blueprint("enter", __name__)
    door = context.door
    routes.get("/staff/enter", endpoint="page")(lambda: _keypad(door, context.in_use))

    @routes.post("/staff/sign-in")
    def sign_in() -> Response:
        return _come_in(lambda pin: door.sign_in(pin, doorway_of(request)), context, visitors)

    @routes.post("/staff/choose")
    def choose() -> Response:
        """Choose the first PIN, at the panel only."""
        if doorway_of(request) is not Doorway.PANEL:
            return refusal("A PIN is chosen at the panel.", HTTPStatus.FORBIDDEN)
        return _come_in(door.choose, context, visitors)

    @routes.post("/staff/sign-out")
    def sign_out() -> Response:
        read_body(EmptyBody)
        at_panel = doorway_of(request) is Doorway.PANEL
        if at_panel:
            context.button_test.end()
        response = jsonify(go=url_for("pages.page" if at_panel else "enter.page"))
        visitors.see_off(request, response)
        return response

    @routes.get("/staff.css")
    def sheet() -> Response:
        return Response(staff_sheet(), mimetype="text/css")

    return routes


def _keypad(door: StaffDoor, in_use: Callable[[], None]) -> Response:
    """The keypad, whoever is signed in already: the gesture at the panel leads here."""
    doorway = doorway_of(request)
    try:
        wait, choosing = door.wait(doorway), not door.has_pin
    except StaffError as problem:
        page = render_template("staff/no_entry.html", problem=str(problem))
        return Response(page, HTTPStatus.CONFLICT)
    if at_panel := doorway is Doorway.PANEL:
        in_use()
    values = {"ask": "choose" if choosing else "sign-in", "wait": whole(wait), "at_panel": at_panel}
    return Response(render_template("staff/enter.html", **values))


def _come_in(enter: Callable[[str], Admission], context: Context, visitors: Visitors) -> Response:
    """Come in by `enter` with the PIN of the request."""
    pin = read_body(PinBody).pin
    return admit(lambda: enter(pin), url_for("staff.station.page"), context, visitors)
