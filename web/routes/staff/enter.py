"""The way into the staff area and out of it: the keypad, and what it sends."""

import math
from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from kiosk.core.errors import StaffError
from kiosk.core.session import Status
from kiosk.staff.door import Admission, StaffDoor, Verdict
from kiosk.staff.doorway import Doorway
from web.assets import staff_sheet
from web.bodies import EmptyBody, PinBody, read_body
from web.context import Context
from web.staff.visitors import Visitors, doorway_of

#: The answer to a try that did not come in: its status and what it says.
_SAYS = {
    Verdict.WRONG: (HTTPStatus.FORBIDDEN, "That is not the PIN."),
    Verdict.WAIT: (HTTPStatus.TOO_MANY_REQUESTS, "Too many wrong PINs."),
    Verdict.BUSY: (HTTPStatus.SERVICE_UNAVAILABLE, "Somebody else is signing in. Try again."),
    Verdict.NO_PIN: (HTTPStatus.CONFLICT, "No PIN has been chosen yet."),
}


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
            return _refusal("A PIN is chosen at the panel.", HTTPStatus.FORBIDDEN)
        return _come_in(door.choose, context, visitors)

    @routes.post("/staff/sign-out")
    def sign_out() -> Response:
        read_body(EmptyBody)
        at_panel = doorway_of(request) is Doorway.PANEL
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
    values = {"choosing": choosing, "wait": _whole(wait), "at_panel": at_panel}
    return Response(render_template("staff/enter.html", **values))


def _come_in(enter: Callable[[str], Admission], context: Context, visitors: Visitors) -> Response:
    """Come in by `enter` with the PIN of the request, and say what came of it."""
    at_panel = doorway_of(request) is Doorway.PANEL
    pin = read_body(PinBody).pin
    try:
        entry = enter(pin)
    except StaffError as problem:
        return _refusal(str(problem), HTTPStatus.CONFLICT)
    if entry.visit is None:
        status, says = _SAYS[entry.verdict]
        return _refusal(says, status, _whole(entry.wait))
    if at_panel and context.runner.state.status is not Status.ATTRACT:
        # A session has begun meanwhile, and it always wins.
        context.door.leave(entry.visit)
        return _refusal("A session is running.", HTTPStatus.CONFLICT)
    response = jsonify(go=url_for("staff.station.page"))
    visitors.welcome(request, response, entry.visit)
    return response


def _refusal(error: str, status: HTTPStatus, wait: int = 0) -> Response:
    """Nobody came in: why, and the whole seconds to wait until the next try."""
    response = jsonify(error=error, wait=wait)
    response.status_code = status
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _whole(seconds: float) -> int:
    """`seconds` in whole ones; what is begun counts as a whole one."""
    return math.ceil(seconds)
