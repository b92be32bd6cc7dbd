"""The kiosk's page: its sign of life."""

from flask import Blueprint

from web.bodies import EmptyBody, read_body
from web.context import Context


def blueprint(context: Context) -> Blueprint:
    """``POST /api/painted``."""
    routes = Blueprint("kiosk", __name__)

    @routes.post("/api/painted")
    def painted() -> dict[str, object]:
        read_body(EmptyBody)
        context.painted()
        return {}

    return routes
