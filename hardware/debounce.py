"""Debouncing: from the edges of a contact that bounces to presses, each counted once.

Nothing here reads a clock or starts a thread: the time comes in with every call. All times are
seconds on one monotonic clock.

A press that bounces, with a filter of 2 ms and a quiet time of 30 ms:

    closed      _   ______________________   _
    open    ___| |_|                      |_| |______________________________
               0    :                    100  101 ms                        :
               :    2 ms: the look                                     131 ms

- **0 ms**: the contact closes for the first time. This may be a press.
- **2 ms**: the filter has passed, and the line is looked at once. The contact is closed, so the
  press counts: ``ContactPress(at=0.0)``. It does not matter that the contact has opened and closed
  again since its first edge, and nothing later can delay or repeat this press.
- **100 ms**: the finger lets go, and the contact bounces once more. Nothing counts as a press now,
  because the line has not yet been open and quiet for 30 ms.
- **101 ms**: the last edge.
- **131 ms**: the line has been open and quiet for 30 ms. That is the end of the press:
  ``ContactRelease(at=0.101, held=0.101, extra_edges=4, counted=True)``. There were six edges, and
  a clean press has two. The next closing edge may be a press again.

A pulse that is shorter than the filter, as mains beside the cable or a loose plug makes it:

    closed      _
    open    ___| |_________________________________
               0 1 :                              :
                   2 ms: the look             31 ms

- **2 ms**: the look finds the contact open, so there is no press yet. If the contact closed again
  now, that edge would be looked at 2 ms later in the same way.
- **31 ms**: the line has been open and quiet for 30 ms: ``ContactGlitch(at=0.0)``.

So the only thing that a member ever waits for is the filter. One pulse that is shorter than the
filter never counts. Pulses that follow each other so fast that the contact is closed at the very
moment of the look do count: at that moment nothing can tell them from a press.
"""

from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class ContactPress:
    """A press that counts.

    Attributes:
        at: Time of its first edge, in seconds.
    """

    at: float


@dataclass(frozen=True, slots=True)
class ContactRelease:
    """The end of a press: the contact has opened and stayed open.

    Attributes:
        at: Time of the last opening edge, in seconds.
        held: Seconds from the first edge of the press to `at`.
        extra_edges: How many edges the press had more than the two of a clean one.
        counted: Whether its press counted. It did not if the contact was closed at the start, or
            closed before the line had been quiet.
    """

    at: float
    held: float
    extra_edges: int
    counted: bool


@dataclass(frozen=True, slots=True)
class ContactGlitch:
    """A pulse that was shorter than the filter.

    Attributes:
        at: Time of its first edge, in seconds.
    """

    at: float


ContactOutcome = ContactPress | ContactRelease | ContactGlitch


class _Phase(Enum):
    READY = auto()  # the contact is open and quiet; the next closing edge may be a press
    LOOKING = auto()  # a first edge has come; the look is due, whatever the contact does until then
    DOUBTFUL = auto()  # the look found the contact open; this is a glitch, if no edge follows
    DOWN = auto()  # a press is going on, counted or not, and the contact is closed
    SETTLING = auto()  # a press is going on; the contact is open, not yet quiet for long enough


class Debouncer:
    """Turns the edges of one contact into presses, releases and glitches.

    Feed it every edge with `edge`, and call `expire` once `deadline` has passed. It is not safe
    for threads: the caller sees to it that there is one call at a time.

    Args:
        filter_seconds: A pulse shorter than this is a glitch; with 0 a press counts on its edge.
        quiet_seconds: How long the line must be open and quiet before the next press counts.
        down: Whether the contact is closed at the start; that never counts as a press.
        at: Time of the start, in seconds.
    """

    def __init__(
        self, filter_seconds: float, quiet_seconds: float, *, down: bool = False, at: float = 0.0
    ) -> None:
        self._filter = filter_seconds
        self._quiet = quiet_seconds
        self._phase = _Phase.DOWN if down else _Phase.READY
        self._closed = down
        self._counted = False
        self._first = at  # time of the first edge of the press, or of what may become one
        self._last = at  # time of the latest edge
        self._edges = 1 if down else 0
        self._ready_since = at
        self._due: float | None = None
        self._ask_again: float | None = None

    @property
    def deadline(self) -> float | None:
        """When `expire` is to be called; None while only an edge can change anything."""
        return self._due if self._ask_again is None else self._ask_again

    @property
    def down_since(self) -> float | None:
        """Time of the first edge of the press that goes on, counted or not; None without one."""
        return self._first if self._phase in {_Phase.DOWN, _Phase.SETTLING} else None

    def edge(self, at: float, *, down: bool) -> list[ContactOutcome]:
        """Take in one edge.

        Args:
            at: Time of the edge in seconds. Edges come in the order in which they happened.
            down: Whether the contact closed (True) or opened (False).

        Returns:
            What is now certain, the oldest first.
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
            now: The time in seconds.
            down: Whether the contact is closed, read from the pin just now. If the edges so far say
                something else, then an edge is still on its way, with a time of its own. Nothing is
                decided until it is here, or until `quiet_seconds` later: then it was lost, and this
                reading takes its place.

        Returns:
            What is now certain, the oldest first.
        """
        if self.deadline is None or self.deadline > now:
            return []
        if down == self._closed:
            self._ask_again = None
            return self._settle(now)
        if self._ask_again is None:
            self._ask_again = now + self._quiet
            return []
        return self.edge(now, down=down)

    def _begin(self, at: float) -> list[ContactOutcome]:
        """Start what may be a press with the closing edge at `at`."""
        self._first, self._edges = at, 1
        if at < self._ready_since:
            # The edge was read late: it is older than the end of the press before it, which has
            # been told already. So the line had not been quiet, and this press does not count.
            self._counted = False
            self._enter(_Phase.DOWN, None)
            return []
        self._enter(_Phase.LOOKING, at + self._filter)
        return self._settle(at)

    def _settle(self, now: float) -> list[ContactOutcome]:
        """Do all that is due up to `now`, as the edges say the contact is."""
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
