"""A clock that only a test moves."""


class FakeClock:
    """Clock seconds that stand still."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        """Clock seconds."""
        return self.time
