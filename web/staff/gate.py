"""What another machine may ask for: nothing but the way in, until somebody has signed in there."""

from http import HTTPStatus

from flask import Request, Response, jsonify, render_template, url_for

from kiosk.core.errors import StaffError
from kiosk.ports.metrics import Metrics
from kiosk.staff.door import StaffDoor
from kiosk.staff.doorway import Doorway
from web.staff.visitors import Visitors, doorway_of

#: The routes that anybody in the network may ask for once a PIN has been chosen: the keypad with
#: what it needs, and the files that every Matside has.
_WAY_IN = frozenset({"enter.page", "enter.sheet", "enter.sign_in", "enter.sign_out", "static"})

#: The ones among them that show why there is no way in yet.
_NO_WAY_IN_YET = frozenset({"enter.sheet", "static"})

#: The route that a token opens, too.
_METRICS = "metrics.page"


class Gate:
    """Stands before every route. This machine itself, that is the panel, is always let through.

    Args:
        door: Knows whether there is a PIN.
        visitors: Knows who is signed in.
        metrics: Knows the token that opens the metrics, and nothing else; None if they are off.
    """

    def __init__(self, door: StaffDoor, visitors: Visitors, metrics: Metrics | None = None) -> None:
        self._door = door
        self._visitors = visitors
        self._metrics = metrics

    def refusal(self, request: Request) -> Response | None:
        """The answer to `request` if it may not go on, else None."""
        if doorway_of(request) is Doorway.PANEL or self._has_token(request):
            return None
        try:
            if not self._door.has_pin:
                return None if request.endpoint in _NO_WAY_IN_YET else _no_pin_yet(request)
            if request.endpoint in _WAY_IN or self._visitors.is_in(request):
                return None
        except StaffError:
            # The text names a file, which is for the log and for `matside check`.
            return _no_pin_yet(request)
        if _wants_page(request):
            return Response(
                status=HTTPStatus.SEE_OTHER, headers={"Location": url_for("enter.page")}
            )
        return _json("Sign in at /staff first.", HTTPStatus.UNAUTHORIZED)

    def _has_token(self, request: Request) -> bool:
        """Whether a program asks for the metrics, and has the token for them."""
        shown = request.authorization
        return (
            self._metrics is not None
            and request.endpoint == _METRICS
            and shown is not None
            and shown.type == "bearer"
            and self._metrics.lets_in(shown.token or "")
        )


def _no_pin_yet(request: Request) -> Response:
    """Say that the network's access is off, as a page to a browser and as JSON to anybody else."""
    if _wants_page(request):
        return Response(render_template("staff/off.html"), HTTPStatus.FORBIDDEN)
    return _json("Off until a staff PIN is chosen at the station.", HTTPStatus.FORBIDDEN)


def _json(error: str, status: HTTPStatus) -> Response:
    response = jsonify(error=error)
    response.status_code = status
    return response


def _wants_page(request: Request) -> bool:
    """Whether a browser asks for a page; a script takes any type, so it does not name HTML."""
    return request.method == "GET" and "text/html" in request.accept_mimetypes.values()
