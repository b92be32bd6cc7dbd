"""The results of measurements: rows with a value and perhaps an aim, as a table and as JSON."""

import datetime as dt
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

RESULTS = Path(__file__).parent / "results"


class BenchError(Exception):
    """A measurement could not be made, or its result would be worth nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measured value.

    Attributes:
        name: What was measured.
        value: The value, in `unit`.
        unit: The unit, such as ``ms``.
        most: The aim, if the value should be this or less.
        least: The aim, if the value should be this or more.
        limit: The value cannot be below this, whatever the station does; None if not known.
        detail: More values, which explain this one; they are in the JSON file only.
    """

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None
    limit: float | None = None
    detail: dict[str, float] | None = None

    @property
    def aim(self) -> str:
        """The aim in words, empty if there is none."""
        if self.most is not None:
            return f"≤ {self.most:g}"
        return "" if self.least is None else f"≥ {self.least:g}"

    @property
    def verdict(self) -> str:
        """``ok`` if the aim is reached, ``short`` if not, empty if there is none."""
        if self.most is None and self.least is None:
            return ""
        good = (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )
        return "ok" if good else "short"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` (0 to 1) of them do not exceed.

    This is known as the nearest rank: of 10 values in order, the share 0.5 takes the fifth.
    """
    ranked = sorted(values)
    rank = -(-len(ranked) * share // 1)
    return ranked[max(0, int(rank) - 1)]


def print_row(row: Row) -> None:
    """Print `row` as one line of the table: name, value, aim, whether it is reached, limit."""
    limit = "" if row.limit is None else f"(limit {row.limit:.3g})"
    said = f"{row.name:54}{row.value:>10.4g} {row.unit:8}{row.aim:8}{row.verdict:6}{limit}"
    print(said.rstrip(), flush=True)


def write(rows: Sequence[Row]) -> Path:
    """Write `rows`, with the date and the machine, to a JSON file; return its path."""
    now = dt.datetime.now(dt.UTC)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y-%m-%d-%H%M%S}.json"
    measured = {
        "at": now.isoformat(timespec="seconds"),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "rows": [{**msgspec.to_builtins(row), "verdict": row.verdict} for row in rows],
    }
    path.write_bytes(msgspec.json.format(msgspec.json.encode(measured), indent=1) + b"\n")
    return path
