"""The page that changes the staff PIN: a keypad as at the way in, with the old one first."""

from flask import Blueprint, Response, render_template, request, url_for

from web.bodies import PinChangeBody, read_body
from web.context import Context
from web.staff.admission import admit, whole
from web.staff.visitors import Visitors, doorway_of


def blueprint(context: Context, visitors: Visitors) -> Blueprint:
    """``GET /staff/pin``, which takes a POST too."""
    pages = Blueprint("pin", __name__)
    door = context.door

    @pages.get("/pin")
    def page() -> str:
        wait = whole(door.wait(doorway_of(request)))
        return render_template("staff/enter.html", ask="change", wait=wait)

    @pages.post("/pin")
    def change() -> Response:
        """Change it. Whoever does so is signed in with the new one, and nobody else is."""
        body = read_body(PinChangeBody)
        return admit(
            lambda: door.change(body.pin, body.new_pin, doorway_of(request)),
            url_for("staff.settings.page"),
            context,
            visitors,
        )

    return pages
