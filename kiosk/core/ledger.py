"""The ledger: how many seconds have really been held on each side."""

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

    def add(self, side: Side, seconds: float) -> "Ledger":
        """A new ledger with `seconds` (0 or more) added to `side`."""
        if side is Side.LEFT:
            return Ledger(self.left + seconds, self.right)
        return Ledger(self.left, self.right + seconds)

    @property
    def total(self) -> float:
        """Seconds held on both sides together."""
        return self.left + self.right
