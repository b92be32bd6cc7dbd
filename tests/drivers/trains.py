"""Edges as real contacts make them, with chatter and noise, for Hypothesis to draw from.

A train is all edges of a test in order.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

#: One edge: its time in seconds and whether the contact closed.
TimedEdge = tuple[float, bool]

#: How long a worn contact goes on chattering, in seconds.
LONGEST_CHATTER = 0.02


@dataclass(frozen=True)
class Train:
    """Edges in order, and what a person would say that was done to the button."""

    edges: tuple[TimedEdge, ...]
    presses: int
    glitches: int


def microseconds(low: int, high: int) -> st.SearchStrategy[float]:
    """Seconds that are whole microseconds, so that they are easy to read when a test fails."""
    return st.integers(low, high).map(lambda value: value / 1_000_000)


# Strategies that every train needs many times. Making one takes longer than drawing from it.
_GAPS = st.lists(microseconds(20, 6_000), max_size=12)
_KINDS = st.lists(st.sampled_from(["press", "hold", "double", "glitch"]), max_size=8)
_PRESSED, _HELD = microseconds(50_000, 400_000), microseconds(50_000, 5_000_000)
_PAUSE = microseconds(10, 500_000)


def chatter(draw: st.DrawFn, start: float, *, closing: bool) -> list[TimedEdge]:
    """Edges from `start` that end with the contact closed, or open, within 20 ms."""
    gaps = draw(_GAPS)
    if len(gaps) % 2:
        gaps.pop()
    edges = [(start, closing)]
    at, down = start, closing
    for gap in gaps:
        at, down = at + gap, not down
        edges.append((at, down))
    while edges[-1][0] - start > LONGEST_CHATTER:
        del edges[-2:]
    return edges


@st.composite
def button_trains(
    draw: st.DrawFn, *, filter_seconds: float = 0.002, quiet_seconds: float = 0.03
) -> Train:
    """Presses, holds, double taps 120 ms apart and glitches, in any order, from time 1.0 on."""
    edges: list[TimedEdge] = []
    presses = glitches = 0
    at = 1.0
    pulse = microseconds(1, max(1, int(filter_seconds * 1_000_000)))
    for kind in draw(_KINDS):
        if kind == "glitch":
            edges += [(at, True), (at + draw(pulse) * 0.999, False)]
            glitches += 1
        elif kind == "double":
            for start in (at, at + 0.12):
                closing = chatter(draw, start, closing=True)
                opening = chatter(draw, start + 0.045, closing=False)
                edges += closing + opening
            presses += 2
        else:
            closing = chatter(draw, at, closing=True)
            # A finger stays on a button for 50 ms or more, and the chatter is part of that.
            down = draw(_HELD if kind == "hold" else _PRESSED)
            released = max(at + down, closing[-1][0] + 0.01)
            edges += closing + chatter(draw, released, closing=False)
            presses += 1
        at = edges[-1][0] + quiet_seconds + draw(_PAUSE)
    return Train(tuple(edges), presses, glitches)
