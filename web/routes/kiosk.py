"""What only the kiosk's page sends: its sign of life, each time that it has painted."""

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
