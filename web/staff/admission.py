"""The answer to whoever has typed a PIN: who came in, or why not and how long to wait."""

import math
from collections.abc import Callable
from http import HTTPStatus

from flask import Response, jsonify, request

from kiosk.core.errors import StaffError
from kiosk.core.session import Status
from kiosk.staff.door import Admission, Verdict
from kiosk.staff.doorway import Doorway
from web.context import Context
from web.staff.visitors import Visitors, doorway_of

#: The answer to a try that did not come in: its status and what it says.
_SAYS = {
    Verdict.WRONG: (HTTPStatus.FORBIDDEN, "That is not the PIN."),
    Verdict.WAIT: (HTTPStatus.TOO_MANY_REQUESTS, "Too many wrong PINs."),
    Verdict.BUSY: (HTTPStatus.SERVICE_UNAVAILABLE, "Somebody else is signing in. Try again."),
    Verdict.NO_PIN: (HTTPStatus.CONFLICT, "No PIN has been chosen yet."),
}


def admit(
    enter: Callable[[], Admission], go: str, context: Context, visitors: Visitors
) -> Response:
    """Have whoever sent the request come in by `enter`, and say what came of it.

    Args:
        enter: Tries to come in.
        go: The address of the page to go on to.
        context: What the station has.
        visitors: Is told who has come in.
    """
    at_panel = doorway_of(request) is Doorway.PANEL
    try:
        entry = enter()
    except StaffError as problem:
        return refusal(str(problem), HTTPStatus.CONFLICT)
    if entry.visit is None:
        status, says = _SAYS[entry.verdict]
        return refusal(says, status, whole(entry.wait))
    if at_panel and context.runner.state.status is not Status.ATTRACT:
        # A session has begun meanwhile, and it always wins.
        context.door.leave(entry.visit)
        return refusal("A session is running.", HTTPStatus.CONFLICT)
    response = jsonify(go=go)
    visitors.welcome(request, response, entry.visit)
    return response


def refusal(error: str, status: HTTPStatus, wait: int = 0) -> Response:
    """Nobody came in: why, and the whole seconds to wait until the next try."""
    response = jsonify(error=error, wait=wait)
    response.status_code = status
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def whole(seconds: float) -> int:
    """`seconds` in whole ones; what is begun counts as a whole one."""
    return math.ceil(seconds)
