"""The mock panel: its pins, its button and the faults to try."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort

from kiosk.ports.panel import Edge, Fault, MockPanel
from web.bodies import MockButtonBody, MockFaultBody, read_body
from web.context import Context


def blueprint(context: Context) -> Blueprint:
    """``/api/mock``, ``/api/mock/button`` and ``/api/mock/fault``; 404 on real hardware."""
    routes = Blueprint("mock", __name__, url_prefix="/api/mock")

    @routes.get("")
    def pins() -> dict[str, Any]:
        return _pins(_mock_panel(context))

    @routes.post("/button")
    def button() -> dict[str, Any]:
        panel = _mock_panel(context)
        panel.drive(Edge(read_body(MockButtonBody).level))
        return _pins(panel)

    @routes.post("/fault")
    def fault() -> dict[str, Any]:
        panel = _mock_panel(context)
        panel.play_fault(Fault(read_body(MockFaultBody).fault))
        return _pins(panel)

    return routes


def _mock_panel(context: Context) -> MockPanel:
    panel = context.panel.mock
    if panel is None:
        abort(HTTPStatus.NOT_FOUND, "There is no mock here: this station runs on real hardware.")
    return panel


def _pins(panel: MockPanel) -> dict[str, Any]:
    """The pins as JSON; `moved_at` is in seconds of the machine's monotonic clock.

    Any process on this machine has the same clock. One that measures how fast the station is can
    begin at the moment when the contact moved, and leave out the time that its request took.
    """
    pins = panel.pins()
    return {
        "button": {"pin": pins.button_pin, "down": pins.button_down, "moved_at": pins.moved_at},
        "buzzer": {"pin": pins.buzzer_pin, "on": pins.buzzer_on},
        "light": {"pin": pins.light_pin, "on": pins.light_on},
        "fault": pins.fault.value,
    }
