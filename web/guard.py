"""Who may ask for what: checks before every request, and security headers on every answer."""

import contextlib
import ipaddress
import socket
from http import HTTPStatus

from flask import Flask, Request, Response, abort, request

from kiosk.settings.address import is_loopback
from kiosk.settings.shapes import ServerSection
from web.staff.gate import Gate

#: The largest body of a request, in bytes; those of the page are far smaller.
LARGEST_BODY = 1024

#: The largest body with settings, in bytes: a whole file of them, from somebody who has signed in.
LARGEST_SETTINGS = 64 * 1024

#: Only the station's own page may show another one in a frame: the staff area at the panel.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


def install_guard(app: Flask, server: ServerSection, gate: Gate) -> None:
    """Check every request of `app`, and set the security headers on every answer."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    names = _names(server)
    in_network = not is_loopback(server.host)

    @app.before_request
    def check() -> Response | None:
        _check_host(request, names, in_network=in_network)
        if request.method == "POST":
            _check_post(request)
        return gate.refusal(request)

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _names(server: ServerSection) -> set[str]:
    """The names that the station answers to; in a network this machine's own are among them."""
    names = {"127.0.0.1", "localhost", "[::1]", server.host, *server.allowed_hosts}
    if not is_loopback(server.host):
        own = socket.gethostname().lower()
        names |= {own, f"{own}.local"}
    return names


def _check_host(incoming: Request, names: set[str], *, in_network: bool) -> None:
    """Answer only to the station's own names, and in a network to addresses.

    Without this, another site could point its own name to the station's address, and a browser
    would let its pages talk to the station (DNS rebinding). A site cannot do that with an address:
    a browser that names one talks to that address.
    """
    name = incoming.host.rpartition(":")[0] if _has_port(incoming.host) else incoming.host
    if name.lower() not in names and not (in_network and _is_address(name)):
        abort(
            HTTPStatus.MISDIRECTED_REQUEST,
            f"This station is not called {name!r}. Open it as http://127.0.0.1, or add the name "
            f"to server.allowed_hosts in the settings.",
        )


def _has_port(host: str) -> bool:
    return host.rpartition(":")[2].isdigit() and not host.endswith("]")


def _is_address(name: str) -> bool:
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        return True
    return False


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
