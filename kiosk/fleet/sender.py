"""Sends what is in the outbox, slowly, and strikes out what the broker has acknowledged."""

import logging
from collections.abc import Callable

import msgspec

from kiosk.core.errors import StoreError
from kiosk.fleet.connection import Connection, Said
from kiosk.fleet.messages import SessionMessage
from kiosk.records.outbox import Outbox, Waiting

_log = logging.getLogger(__name__)

#: How many are under way at a time.
AT_ONCE = 10
#: Seconds between one lot and the next: after a month without a network that is some minutes.
APART = 1.0
#: Seconds after which it looks again when the broker, or the disk, has refused.
AGAIN = 60.0
#: Seconds after which it looks even if no session has ended here.
LOOK_EVERY = 300.0


class Sender:
    """The sender of one connection. What was under way when that ended is sent in the next one.

    Attributes:
        waiting: How many sessions wait, as far as it has looked; None before it has.
        problem: Why nothing goes on, None while all is well.

    Args:
        outbox: What waits.
        make: Makes the message of a session.
        topic: Its topic.
    """

    def __init__(
        self, outbox: Outbox, make: Callable[[Waiting], SessionMessage], topic: str
    ) -> None:
        self.waiting: int | None = None
        self.problem: str | None = None
        self._outbox = outbox
        self._make = make
        self._topic = topic
        self._under_way: dict[int, str] = {}
        self._done: list[str] = []
        self._due = 0.0
        self._patience = APART

    def look_at(self, moment: float) -> None:
        """Look into the outbox at `moment`, in clock seconds, or earlier.

        If nothing is there yet, since the disk is slow, it looks again soon, and then less often.
        """
        self._patience = APART
        self._due = min(self._due, moment)

    def go_on(self, connection: Connection, now: float, *, at_rest: bool) -> float:
        """Do what is due.

        Args:
            connection: The connection, which the broker has taken.
            now: Clock seconds.
            at_rest: Whether nobody uses the station.

        Returns:
            Clock seconds at which it wants to be called again, unless something happens.
        """
        try:
            self._note_answers(connection, now)
            if not self._under_way and at_rest and now >= self._due:
                self._send_some(connection, now)
        except StoreError as problem:
            self.problem = str(problem)
            # They are sent again, with the same ids.
            self._under_way.clear()
            self._done.clear()
            self._due = now + AGAIN
        return self._due if at_rest and not self._under_way else now + LOOK_EVERY

    def _note_answers(self, connection: Connection, now: float) -> None:
        """Strike out what was acknowledged, once the whole lot was answered."""
        for mid in connection.acknowledged:
            if (id_ := self._under_way.pop(mid, None)) is not None:
                self._done.append(id_)
        connection.acknowledged.clear()
        refused = [why for mid, why in connection.refused.items() if self._under_way.pop(mid, None)]
        connection.refused.clear()
        if refused:
            self.problem = f"the broker refuses sessions: {refused[0]}. Look at its rights."
        if not self._under_way and self._done:
            self._outbox.strike_out(self._done)
            self._done.clear()
            self._due = now + APART
        if refused:
            self._due = now + AGAIN

    def _send_some(self, connection: Connection, now: float) -> None:
        self.waiting = self._outbox.count()
        self.problem = None
        self._due = now + self._patience
        self._patience = min(LOOK_EVERY, 2 * self._patience)
        for each in self._outbox.oldest(AT_ONCE):
            payload = msgspec.json.encode(self._make(each))
            mid = connection.send(Said(self._topic, payload, retain=False, qos=1))
            self._under_way[mid] = each.id
