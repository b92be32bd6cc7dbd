"""What the button has been through, in the shares that are written to the store."""

from collections.abc import Callable

from kiosk.ports.panel import ButtonHealth
from kiosk.records.record import ButtonUse


class ButtonMeter:
    """Tells what the button has been through since it was last written down.

    The panel and the session count from the start of the station on; the store wants what has been
    added since.

    Args:
        health: Gives what the panel has counted.
    """

    def __init__(self, health: Callable[[], ButtonHealth]) -> None:
        self._health = health
        self._written = ButtonUse()

    def total(self, ignored: int) -> ButtonUse:
        """All of it since the start, with the presses that the session has ignored."""
        health = self._health()
        return ButtonUse(
            presses=health.presses,
            ignored=ignored,
            glitches=health.glitches,
            bounced=sum(health.bounces[1:]),
            extra_edges=sum(extra * presses for extra, presses in enumerate(health.bounces)),
        )

    def since_written(self, total: ButtonUse) -> ButtonUse:
        """What `total` has beyond that which was written last."""
        before = self._written
        return ButtonUse(
            presses=total.presses - before.presses,
            ignored=total.ignored - before.ignored,
            glitches=total.glitches - before.glitches,
            bounced=total.bounced - before.bounced,
            extra_edges=total.extra_edges - before.extra_edges,
        )

    def has_written(self, total: ButtonUse) -> None:
        """Take down that all of `total` has been written."""
        self._written = total
