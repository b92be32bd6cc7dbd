"""Sends what is in the outbox, slowly, and strikes out what the broker has taken for good.

A broker acknowledges a message before it is on its disk: Mosquitto writes down what it has once in
a while. One that is killed, or whose power fails, loses what has come since then. So a session
stays in the outbox for a while after it was acknowledged, and if the connection ends within that
while, it is sent again, with the same id.
"""

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
#: Seconds from the broker's acknowledgement until a session is struck out: a minute, after which
#: the broker is to write down what it has (``autosave_interval 60``), and the time in which it is
#: noticed for certain that a broker without power says nothing any more.
HELD = 300.0
#: Seconds after which it looks again when the broker, or the disk, has refused.
AGAIN = 60.0
#: Seconds after which it looks even if no session has ended here.
LOOK_EVERY = 300.0


class Sender:
    """The sender of one connection.

    What was under way when that ended, or was acknowledged only just before, is sent in the next.

    Attributes:
        waiting: How many sessions wait to be sent, as far as it has looked; None before it has.
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
        self._under_way: dict[int, Waiting] = {}
        self._held: dict[str, float] = {}
        self._after = 0
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
        self._note_answers(connection, now)
        if not at_rest:
            return now + LOOK_EVERY
        try:
            self._strike_out(now)
            if not self._under_way and now >= self._due:
                self._send_some(connection, now)
        except StoreError as problem:
            self.problem = str(problem)
            # They are sent again, with the same ids.
            self._under_way.clear()
            self._held.clear()
            self._after = 0
            self._due = now + AGAIN
        due = now + LOOK_EVERY if self._under_way else self._due
        return min(due, next(iter(self._held.values()), due))

    def _note_answers(self, connection: Connection, now: float) -> None:
        """Take down what was acknowledged, and what was refused."""
        answered, refused = False, False
        for mid in connection.acknowledged:
            if (sent := self._under_way.pop(mid, None)) is not None:
                self._held[sent.id] = now + HELD
                answered = True
        connection.acknowledged.clear()
        for mid, why in connection.refused.items():
            if (sent := self._under_way.pop(mid, None)) is not None:
                self.problem = f"the broker refuses sessions: {why}. Look at its rights."
                # From there on they are sent once more, those that it has taken among them.
                self._after = min(self._after, sent.record.number - 1)
                refused = True
        connection.refused.clear()
        if refused:
            self._due = now + AGAIN
        elif answered and not self._under_way:
            self._due = now + APART

    def _strike_out(self, now: float) -> None:
        """Strike out what the broker has had for long enough."""
        done = [id_ for id_, until in self._held.items() if until <= now]
        if done:
            self._outbox.strike_out(done)
            for each in done:
                del self._held[each]

    def _send_some(self, connection: Connection, now: float) -> None:
        self.waiting = max(0, self._outbox.count() - len(self._held))
        self.problem = None
        self._due = now + self._patience
        self._patience = min(LOOK_EVERY, 2 * self._patience)
        found = self._outbox.oldest(AT_ONCE, self._after)
        if not found and self.waiting:
            # One with a smaller number was stored later, since the disk had failed meanwhile. With
            # it those that are held are sent once more, with the same ids.
            found = self._outbox.oldest(AT_ONCE)
        for each in found:
            payload = msgspec.json.encode(self._make(each))
            mid = connection.send(Said(self._topic, payload, retain=False, qos=1))
            self._under_way[mid] = each
            self._after = each.record.number
