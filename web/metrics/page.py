"""The metrics as a page, and the token that opens it to another machine."""

import hmac

from prometheus_client import CollectorRegistry, generate_latest

from web.metrics.collector import Sources, StationCollector


class StationMetrics:
    """The metrics of one station.

    Args:
        sources: Where the numbers are.
        token: What another machine has to show to be told them; None lets none in that way.
    """

    def __init__(self, sources: Sources, token: str | None) -> None:
        # A registry of its own: the library's has metrics of every program that uses it.
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(StationCollector(sources))
        self._meters = sources.meters
        self._token = token

    def text(self) -> bytes:
        """All of it, in the text format of Prometheus."""
        return generate_latest(self._registry)

    def lets_in(self, token: str) -> bool:
        """Whether `token` is the one that opens the metrics to another machine."""
        return self._token is not None and hmac.compare_digest(
            token.encode(errors="replace"), self._token.encode()
        )

    def sent(self, pressed_at: float) -> None:
        """Take down that the event of a press at `pressed_at` has just been made ready."""
        self._meters.sent(pressed_at)
