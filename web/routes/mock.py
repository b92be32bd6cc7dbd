"""The mock panel: its pins, its button and the faults to try."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort

from kiosk.ports.panel import Edge, Fault, MockBench
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
        mock_panel = _mock_panel(context)
        mock_panel.drive(Edge(read_body(MockButtonBody).level))
        return _pins(mock_panel)

    @routes.post("/fault")
    def fault() -> dict[str, Any]:
        mock_panel = _mock_panel(context)
        mock_panel.play_fault(Fault(read_body(MockFaultBody).fault))
        return _pins(mock_panel)

    return routes


def _mock_panel(context: Context) -> MockBench:
    mock_panel = context.panel.mock
    if mock_panel is None:
        abort(HTTPStatus.NOT_FOUND, "There is no mock here: this station runs on real hardware.")
    return mock_panel


def _pins(mock_panel: MockBench) -> dict[str, Any]:
    """The pins as JSON; `moved_at` is on the machine's monotonic clock, in seconds.

    Another process on this machine can so tell when the contact moved, without the time that its
    own request took.
    """
    pins = mock_panel.pins()
    button, buzzer, light = pins.numbers
    return {
        "button": {"pin": button, "down": pins.button_down, "moved_at": pins.moved_at},
        "buzzer": {"pin": buzzer, "on": pins.buzzer_on},
        "light": {"pin": light, "on": pins.light_on},
        "fault": pins.fault.value,
    }
