"""The ledger: how many seconds have really been held on each side.

What both sides do at once counts for both.
"""

from dataclasses import dataclass

from kiosk.core.routine import Side


@dataclass(frozen=True, slots=True)
class Ledger:
    """Routine seconds held on each side, 0 or more."""

    left: float = 0.0
    right: float = 0.0

    def of(self, side: Side) -> float:
        """Seconds held on `side`."""
        return self.left if side is Side.LEFT else self.right

    def add(self, side: Side | None, seconds: float) -> "Ledger":
        """A new ledger with `seconds` (0 or more) added to `side`, or to both if that is None."""
        if side is None:
            return Ledger(self.left + seconds, self.right + seconds)
        if side is Side.LEFT:
            return Ledger(self.left + seconds, self.right)
        return Ledger(self.left, self.right + seconds)

    @property
    def total(self) -> float:
        """Seconds of both sides together, so that a second held on both at once counts twice."""
        return self.left + self.right
