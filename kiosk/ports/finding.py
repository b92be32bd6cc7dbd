"""What a check has found, and how a check is run so that none can break the others."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.errors import MatsideError


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check has found.

    Attributes:
        name: What was checked.
        ok: Whether it is as it should be.
        text: What was found, and what to do about it if it is not ok.
    """

    name: str
    ok: bool
    text: str


def run_check(name: str, check: Callable[[], str]) -> Finding:
    """Run `check`; it returns what it found, or raises what is wrong and what to do."""
    try:
        return Finding(name, True, check())
    except (MatsideError, OSError) as problem:
        return Finding(name, False, str(problem))
    except Exception as problem:  # noqa: BLE001 - a check that breaks must not hide the others
        text = f"this check itself failed ({type(problem).__name__}: {problem}). Please report it."
        return Finding(name, False, text)


def span(seconds: float) -> str:
    """`seconds` as people say it, in the unit that fits, for example ``3 days`` or ``40 s``."""
    for unit, length in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"
