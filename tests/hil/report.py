"""What `make hil` prints: the findings, the table, and whether the aims are met."""

import math
from collections.abc import Sequence
from typing import Any

#: The ways of reading the button, in the order of the table.
WAYS = {
    "gpio": "station, gpiod",
    "lgpio": "station, lgpio",
    "plain": "Button, lgpio 30 ms",
}
#: The ways that each Debian can be measured in: Trixie has no lgpio, neither as a wheel for its
#: Python nor as a package.
WAYS_ON = {"bookworm": tuple(WAYS), "trixie": ("gpio",)}
#: The aims: buzzer at p99 against plain gpiozero's, and context switches a second at rest.
SHARE, SWITCHES = 1 / 3, 5

Measured = dict[str, dict[str, Any]]


def quantile(values: Sequence[float], share: float) -> float | None:
    """Give the smallest of `values` that `share` of them do not exceed, or None of none."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def table(measured: Measured) -> str:
    """Lay the ways of reading the button side by side."""
    rows = [["", *(WAYS[way] for way in measured)]]
    for name, key in (
        ("presses made", "made"),
        ("their edges", "edges"),
        ("counted", "counted"),
        ("lost", "lost"),
        ("double", "double"),
        ("sound after the next press", "late"),
        ("torn by the machine", "torn"),
    ):
        rows.append([name, *(str(found[key]) for found in measured.values())])
    for name, key in (("press to buzzer", "buzzer"), ("press to event", "stream")):
        for share in (0.5, 0.99):
            cells = [_ms(quantile(found[key], share)) for found in measured.values()]
            rows.append([f"{name}, p{share * 100:.0f}", *cells])
    for name, key, unit in (
        ("context switches at rest", "switches", "/s"),
        ("processor at rest", "cpu", " %"),
    ):
        rows.append([name, *(f"{found[key]:.1f}{unit}" for found in measured.values())])
    return columns(rows)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows of cells, the first of them as a heading."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        f"{row[0]:{widths[0]}}  "
        + "  ".join(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def aims(measured: Measured) -> list[dict[str, Any]]:
    """Give the aims as findings; an aim about what was not measured is left out."""
    findings = []
    if station := measured.get("gpio"):
        lost, double, torn = station["lost"], station["double"], station["torn"]
        findings.append(
            _aim(
                "none lost, none double but of those torn",
                not lost and double <= torn,
                f"{lost}, {double}, {torn} torn",
            )
        )
        switches = station["switches"]
        findings.append(
            _aim("under 5 context switches a second", switches < SWITCHES, f"{switches:.1f}")
        )
        ours = quantile(station["buzzer"], 0.99)
        theirs = quantile(measured.get("plain", {}).get("buzzer", []), 0.99)
        if ours is not None and theirs is not None:
            seen = f"{_ms(ours)} of {_ms(theirs)}"
            what = "press to buzzer at p99 a third of lgpio's with 30 ms"
            findings.append(_aim(what, ours <= theirs * SHARE, seen))
    return findings


def wrong(what: str, seen: str) -> dict[str, Any]:
    """Give the finding that something is not as it must be."""
    return _aim(what, right=False, seen=seen)


def lines(findings: list[dict[str, Any]]) -> str:
    """One line a finding."""
    return "\n".join(
        f"{'ok   ' if finding['right'] else 'WRONG'}  {finding['what']}"
        + (f"  ({' '.join(finding['seen'].split())})" if finding["seen"] else "")
        for finding in findings
    )


def _aim(what: str, right: bool, seen: str) -> dict[str, Any]:  # noqa: FBT001
    return {"what": what, "right": right, "seen": seen}


def _ms(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} ms"
