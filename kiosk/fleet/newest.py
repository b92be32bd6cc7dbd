"""Hands the session's changes to the link: the newest state, and what has happened since.

The runner's thread puts something in and goes on at once, whatever the link is doing.
"""

import socket
import threading
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from kiosk.core.session import End, State, Status
from kiosk.fleet.messages import EventMessage
from kiosk.runner import Change

#: Events that wait for the link, at most; the oldest are dropped. The sessions are not among them.
MOST_EVENTS = 50


class Bell:
    """Wakes the link's thread; any thread may ring it, and none waits."""

    def __init__(self) -> None:
        self._clapper, self._rope = socket.socketpair()
        self._clapper.setblocking(False)
        self._rope.setblocking(False)

    @property
    def file(self) -> int:
        """A file descriptor that can be read once it has been rung."""
        return self._clapper.fileno()

    def ring(self) -> None:
        """Wake the thread."""
        try:
            self._rope.send(b"!")
        except OSError:
            return  # it has been rung often enough, or has been taken down

    def quiet(self) -> None:
        """Be ready to be rung again."""
        try:
            self._clapper.recv(4096)
        except BlockingIOError:
            return  # nobody has rung it

    def close(self) -> None:
        """Take it down. Ringing it afterwards does nothing; closing twice is fine."""
        self._clapper.close()
        self._rope.close()


class Taken(NamedTuple):
    """What the link finds in it.

    Attributes:
        state: The newest state.
        at: Clock seconds since which it has been so.
        events: What has happened since the link last looked.
    """

    state: State
    at: float
    events: Sequence[EventMessage]


class Newest:
    """A listener of the runner.

    Args:
        state: The state to begin with.
        at: Clock seconds now.
        bell: Wakes the link.
    """

    def __init__(self, state: State, at: float, bell: Bell) -> None:
        self._newest = (state, at)
        self._events: deque[EventMessage] = deque(maxlen=MOST_EVENTS)
        self._lock = threading.Lock()
        self._bell = bell

    def __call__(self, change: Change) -> None:
        """Put `change` in; returns at once."""
        with self._lock:
            self._newest = (change.state, change.at)
            self._events.extend(events_of(change))
        self._bell.ring()

    def take(self) -> Taken:
        """What there is now."""
        with self._lock:
            events = tuple(self._events)
            self._events.clear()
            return Taken(*self._newest, events)


def events_of(change: Change) -> list[EventMessage]:
    """What has happened at `change` that is worth a message."""
    before, state, ending = change.before, change.state, change.ending
    routine = before.choices.routine
    step = None if before.step is None else before.step.id
    kinds = []
    if state.status is Status.PAUSED and before.status is not Status.PAUSED:
        kinds.append("weight_off")
    if ending is not None:
        if before.status is Status.ASKING and ending.end is End.ABANDONED:
            kinds.append("unanswered")
        kinds.append(ending.end.value)
        step = ending.step.id
    return [EventMessage(event_type=kind, routine=routine, step=step) for kind in kinds]
