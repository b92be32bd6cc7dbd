"""How the saving of sessions goes, for whoever looks after the station."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Saving:
    """How it goes.

    Attributes:
        writes: How often everything could be saved since the station started.
        failures: How often it could not.
        waiting: Ended sessions that wait in memory for the disk.
        problem: Why sessions are not being saved and what to do, None while they are.
    """

    writes: int = 0
    failures: int = 0
    waiting: int = 0
    problem: str | None = None
