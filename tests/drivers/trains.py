"""Contacts as they are: edge trains of presses that chatter, and of noise, for Hypothesis."""

from dataclasses import dataclass

from hypothesis import strategies as st

#: One edge: its time in seconds and whether the contact closed.
TimedEdge = tuple[float, bool]

#: How long a worn contact goes on chattering, in seconds.
LONGEST_CHATTER = 0.02


@dataclass(frozen=True)
class Train:
    """Edges in order, and what a person would say had been done to the button."""

    edges: tuple[TimedEdge, ...]
    presses: int
    glitches: int


def microseconds(low: int, high: int) -> st.SearchStrategy[float]:
    """Seconds in whole microseconds, which print well when a test fails."""
    return st.integers(low, high).map(lambda value: value / 1_000_000)


@st.composite
def chatter(draw: st.DrawFn, start: float, *, closing: bool) -> list[TimedEdge]:
    """Edges from `start` that end with the contact closed, or open, within 20 ms."""
    gaps = draw(st.lists(microseconds(20, 6_000), max_size=12))
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
    for kind in draw(st.lists(st.sampled_from(["press", "hold", "double", "glitch"]), max_size=8)):
        if kind == "glitch":
            shortest = max(1, int(filter_seconds * 1_000_000))
            edges += [(at, True), (at + draw(microseconds(1, shortest)) * 0.999, False)]
            glitches += 1
        elif kind == "double":
            for start in (at, at + 0.12):
                closing = draw(chatter(start, closing=True))
                opening = draw(chatter(start + 0.045, closing=False))
                edges += closing + opening
            presses += 2
        else:
            closing = draw(chatter(at, closing=True))
            # A finger stays on a button for 50 ms or more, and the chatter is part of that.
            longest = 5_000_000 if kind == "hold" else 400_000
            released = max(at + draw(microseconds(50_000, longest)), closing[-1][0] + 0.01)
            edges += closing + draw(chatter(released, closing=False))
            presses += 1
        at = edges[-1][0] + quiet_seconds + draw(microseconds(10, 500_000))
    return Train(tuple(edges), presses, glitches)
