"""Who may ask for what: checks before every request, and security headers on every answer."""

import hmac
from http import HTTPStatus

from flask import Flask, Request, Response, abort, request

from kiosk.settings.address import is_loopback
from kiosk.settings.shapes import ServerSection

#: The largest body of a request, in bytes; those of the page are far smaller.
LARGEST_BODY = 1024

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def install_guard(app: Flask, server: ServerSection) -> None:
    """Check every request of `app`, and set the security headers on every answer."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    names = {"127.0.0.1", "localhost", "[::1]", server.host, *server.allowed_hosts}

    @app.before_request
    def check() -> Response | None:
        _check_host(request, names)
        if server.staff_pin is not None and not is_loopback(request.remote_addr or ""):
            refusal = _check_pin(request, server.staff_pin)
            if refusal is not None:
                return refusal
        if request.method == "POST":
            _check_post(request)
        return None

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _check_host(incoming: Request, names: set[str]) -> None:
    """Answer only to the station's own names.

    Without this, another site could point its own name to the station's address, and a browser
    would let its pages talk to the station (DNS rebinding).
    """
    name = incoming.host.rpartition(":")[0] if _has_port(incoming.host) else incoming.host
    if name not in names:
        abort(
            HTTPStatus.MISDIRECTED_REQUEST,
            f"This station is not called {name!r}. Open it as http://127.0.0.1, or add the name "
            f"to server.allowed_hosts in the settings.",
        )


def _has_port(host: str) -> bool:
    return host.rpartition(":")[2].isdigit() and not host.endswith("]")


def _check_pin(incoming: Request, pin: str) -> Response | None:
    """Ask for the staff PIN if it was not given, or was given wrong; None if it is right."""
    given = incoming.authorization
    password = given.password if given is not None and given.type == "basic" else None
    if password is not None and hmac.compare_digest(password.encode(), pin.encode()):
        return None
    return Response(
        '{"error": "Staff PIN needed."}\n',
        status=HTTPStatus.UNAUTHORIZED,
        headers={"WWW-Authenticate": 'Basic realm="Matside staff PIN"'},
        content_type="application/json",
    )


def _check_post(incoming: Request) -> None:
    """Refuse a request that a page of another site, or a form, may have sent."""
    origin = incoming.headers.get("Origin")
    if origin is None:
        abort(HTTPStatus.FORBIDDEN, "Origin is missing. Send the station's own address in it.")
    if origin != incoming.host_url.rstrip("/"):
        abort(
            HTTPStatus.FORBIDDEN,
            f"Origin: found {origin!r}. It must be the station's own: {incoming.host_url!r}.",
        )
    if incoming.mimetype != "application/json":
        abort(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Type: found {incoming.mimetype!r}. It must be 'application/json'.",
        )
