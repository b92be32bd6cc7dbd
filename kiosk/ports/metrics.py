"""The type between the station and its metrics, which Prometheus collects."""

from typing import Protocol

#: The type of the text, as Prometheus wants it to be named.
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics(Protocol):
    """What has been counted and measured."""

    def text(self) -> bytes:
        """All of it, in the text format of Prometheus."""

    def lets_in(self, token: str) -> bool:
        """Whether `token` is the one that opens the metrics to another machine."""

    def sent(self, pressed_at: float) -> None:
        """Take down that the event of a press has just been made ready to be sent.

        Args:
            pressed_at: Clock seconds of the press.
        """
