"""Debouncing: from the edges of a chattering contact to presses, each counted once.

Pure: time comes in with every call, and nothing here reads a clock or starts a thread. All times
are seconds on one monotonic clock.

A press counts on its first edge. The only wait is the filter: that long after the edge the line
is looked at once, and if it is down the press counts, so chatter within the filter does not delay
it. If it is up, the next closing edge is looked at in the same way. From then on nothing counts
until the line has been up and quiet. A pulse shorter than the filter never counts, unless the
line chatters so fast that it is down again at the very moment of the look: that soon, no filter
can tell a press from noise.
"""

from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class ContactPress:
    """A press that counts.

    Attributes:
        at: Time of its first edge.
    """

    at: float


@dataclass(frozen=True, slots=True)
class ContactRelease:
    """The end of a press: the contact has opened and stayed open.

    Attributes:
        at: Time of the last opening edge.
        held: Seconds from the first edge of the press to `at`.
        extra_edges: Edges of the press beyond the two of a clean one.
        counted: False if its press never counted: the contact was closed at the start, or closed
            again before the line had been quiet.
    """

    at: float
    held: float
    extra_edges: int
    counted: bool


@dataclass(frozen=True, slots=True)
class ContactGlitch:
    """A pulse that was shorter than the filter.

    Attributes:
        at: Time of its first edge.
    """

    at: float


ContactOutcome = ContactPress | ContactRelease | ContactGlitch


class _Phase(Enum):
    READY = auto()  # contact open and quiet: the next closing edge may be a press
    LOOKING = auto()  # an edge has come, contact open or closed; the look is due
    DOUBTFUL = auto()  # the look found the contact open: a glitch, if nothing follows
    DOWN = auto()  # locked, contact closed
    SETTLING = auto()  # locked, contact open, not yet quiet for long enough


class Debouncer:
    """Turns the edges of one contact into presses, releases and glitches.

    Feed it every edge with `edge`, and call `expire` once `deadline` has passed. Not safe for
    threads; the caller serialises.

    Args:
        filter_seconds: A pulse shorter than this is a glitch; 0 counts on the edge itself.
        quiet_seconds: How long the line must be up and quiet before the next press counts.
        down: Whether the contact is closed at the start; that never counts as a press.
        at: Time of the start.
    """

    def __init__(
        self, filter_seconds: float, quiet_seconds: float, *, down: bool = False, at: float = 0.0
    ) -> None:
        self._filter = filter_seconds
        self._quiet = quiet_seconds
        self._phase = _Phase.DOWN if down else _Phase.READY
        self._closed = down
        self._counted = False
        self._first = at  # first edge of the press, or of what may become one
        self._last = at  # latest edge
        self._edges = 1 if down else 0
        self._ready_since = at
        self._due: float | None = None
        self._ask_again: float | None = None

    @property
    def deadline(self) -> float | None:
        """When `expire` is due, None while only an edge can change anything."""
        return self._due if self._ask_again is None else self._ask_again

    @property
    def down_since(self) -> float | None:
        """First edge of the press that is going on, counted or not; None while there is none."""
        return self._first if self._phase in {_Phase.DOWN, _Phase.SETTLING} else None

    def edge(self, at: float, *, down: bool) -> list[ContactOutcome]:
        """Take in one edge.

        Args:
            at: Time of the edge; edges come in order.
            down: Whether the contact closed (True) or opened.

        Returns:
            What is now certain, oldest first.
        """
        self._ask_again = None
        outcomes = self._settle(at)
        if down == self._closed:
            return outcomes  # the edge between the two was lost
        self._closed = down
        self._last = at
        self._edges += 1
        match self._phase:
            case _Phase.READY:
                outcomes += self._begin(at)
            case _Phase.LOOKING:
                pass
            case _Phase.DOUBTFUL:
                self._enter(_Phase.LOOKING, at + self._filter)
            case _Phase.DOWN:
                self._enter(_Phase.SETTLING, at + self._quiet)
            case _Phase.SETTLING:
                self._enter(_Phase.DOWN, None)
        return outcomes

    def expire(self, now: float, *, down: bool) -> list[ContactOutcome]:
        """Let time pass up to `now`.

        Args:
            now: The time.
            down: The contact as read just now. If it disagrees with the edges so far, an edge is
                on its way with a time of its own, and nothing is decided until it is here.

        Returns:
            What is now certain, oldest first.
        """
        if self.deadline is None or self.deadline > now:
            return []
        if down == self._closed:
            self._ask_again = None
            return self._settle(now)
        if self._ask_again is None:
            self._ask_again = now + self._quiet
            return []
        return self.edge(now, down=down)  # it has not come in all that time: it was lost

    def _begin(self, at: float) -> list[ContactOutcome]:
        """Start what may be a press with the closing edge at `at`."""
        self._first, self._edges = at, 1
        if at < self._ready_since:
            # Delivered after the release was declared, but older: the line had not been quiet.
            self._counted = False
            self._enter(_Phase.DOWN, None)
            return []
        self._enter(_Phase.LOOKING, at + self._filter)
        return self._settle(at)

    def _settle(self, now: float) -> list[ContactOutcome]:
        """Do all that is due up to `now`, going by the edges alone."""
        outcomes: list[ContactOutcome] = []
        while self._due is not None and self._due <= now:
            match self._phase:
                case _Phase.LOOKING if self._closed:
                    self._counted = True
                    self._enter(_Phase.DOWN, None)
                    outcomes.append(ContactPress(self._first))
                case _Phase.LOOKING:
                    self._enter(_Phase.DOUBTFUL, self._last + self._quiet)
                case _Phase.DOUBTFUL:
                    self._make_ready(self._due)
                    outcomes.append(ContactGlitch(self._first))
                case _:
                    self._make_ready(self._due)
                    outcomes.append(self._release())
        return outcomes

    def _release(self) -> ContactRelease:
        return ContactRelease(
            at=self._last,
            held=self._last - self._first,
            extra_edges=max(0, self._edges - 2),
            counted=self._counted,
        )

    def _enter(self, phase: _Phase, due: float | None) -> None:
        self._phase, self._due = phase, due

    def _make_ready(self, since: float) -> None:
        self._ready_since = since
        self._enter(_Phase.READY, None)
