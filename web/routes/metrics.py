"""``GET /metrics``: what Prometheus collects."""

from flask import Blueprint, Response

from kiosk.ports.metrics import CONTENT_TYPE, Metrics


def blueprint(metrics: Metrics) -> Blueprint:
    """The route; it is there only where the metrics are on."""
    routes = Blueprint("metrics", __name__)

    @routes.get("/metrics")
    def page() -> Response:
        return Response(metrics.text(), content_type=CONTENT_TYPE)

    return routes
