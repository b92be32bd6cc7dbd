"""A line of the log, for whoever shows it to staff."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log that matters.

    Attributes:
        at: Clock seconds when it was written.
        error: Whether it is an error; if not, it is a warning.
        text: What it says.
    """

    at: float
    error: bool
    text: str
