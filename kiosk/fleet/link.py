"""The link to the gym's broker: a thread that connects, and connects again, as long as it takes.

The session never waits for it. A change is put into `Newest` and wakes the thread; whatever the
broker does or does not do is a matter of this thread alone.
"""

import logging
import random
import threading
from collections.abc import Callable

from kiosk.core.errors import MatsideError
from kiosk.core.session import State
from kiosk.fleet.access import Access, access, reason
from kiosk.fleet.connection import Connection
from kiosk.fleet.conversation import Conversation
from kiosk.fleet.identity import Identity, identity
from kiosk.fleet.linked import LinkedStation
from kiosk.fleet.newest import Bell, Newest
from kiosk.ports.health import FleetHealth

_log = logging.getLogger(__name__)

#: Seconds before the first new try, and at most before each later one.
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0
#: A connection that has lasted for so many seconds was a good one: waits begin anew after it.
GOOD_AFTER = 60.0
#: Seconds within which the broker must have taken the connection.
TAKEN_WITHIN = 15.0


class Waits:
    """How long to wait for the next try: twice as long each time, and each station differently."""

    def __init__(self, dice: Callable[[], float] = random.random) -> None:
        self._dice = dice
        self._next = FIRST_WAIT

    def after(self, lasted: float) -> float:
        """Seconds to wait after a connection that has lasted for `lasted` seconds."""
        if lasted >= GOOD_AFTER:
            self._next = FIRST_WAIT
        longest, self._next = self._next, min(LONGEST_WAIT, self._next * 2)
        return longest * (0.5 + 0.5 * self._dice())


class Link:
    """The link. It is a listener of the runner through its `newest`.

    Args:
        station: The station.
        state: The session's state now.
    """

    def __init__(self, station: LinkedStation, state: State) -> None:
        self._station = station
        self._bell = Bell()
        self.newest = Newest(state, station.clock.now(), self._bell)
        self._waits = Waits()
        self._closing = threading.Event()
        self._conversation: Conversation | None = None
        self._speaks_5 = True
        self._problem: str | None = "it has not been reached yet"
        self._logged: str | None = None
        self._connection: Connection | None = None
        self._identity: Identity | None = None
        self._thread = threading.Thread(target=self._run, name="fleet", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """Say goodbye and end the thread, in 2 seconds at most."""
        self._closing.set()
        self._bell.ring()
        self._thread.join(timeout=2)
        if not self._thread.is_alive():
            self._bell.close()

    def health(self) -> FleetHealth:
        """How the link is doing; never blocks."""
        connection, conversation, who = self._connection, self._conversation, self._identity
        connected = connection is not None and connection.taken
        told = None if conversation is None else conversation.problem
        section = self._station.section
        return FleetHealth(
            broker=section.broker or "",
            station=None if who is None else who.station,
            connected=connected,
            protocol=("5" if self._speaks_5 else "3.1.1") if connected else None,
            problem=told if connected else self._problem,
            waiting=None if conversation is None else conversation.waiting,
        )

    def _run(self) -> None:
        while not self._closing.is_set():
            began = self._station.clock.now()
            try:
                self._connect_and_talk()
            except MatsideError as problem:
                self._failed(str(problem))
            except Exception as problem:  # noqa: BLE001 - the link must go on, whatever happens
                _log.exception("the link to the broker failed, and goes on")
                self._failed(f"the link itself failed ({problem!r}). Please report it.")
            self._connection = None
            lasted = self._station.clock.now() - began
            self._closing.wait(self._waits.after(lasted))

    def _connect_and_talk(self) -> None:
        conversation = self._prepared()
        at = access(self._station.section)
        connection = self._made(at, conversation)
        try:
            connection.open()
        except (OSError, ValueError) as problem:
            self._failed(reason(problem, at, self._station.wall()))
            return
        try:
            self._talk(connection, conversation)
        finally:
            self._connection = None
            connection.close()
        # After a connection in MQTT 3.1.1 the next try is in 5 again: the broker may be a new one.
        self._speaks_5 = not connection.refuses_5
        if not self._closing.is_set():
            self._failed(f"{at.host}:{at.port}: {connection.problem}")

    def _prepared(self) -> Conversation:
        """The conversation; the station gets its id when it is first needed."""
        if self._conversation is None:
            station = self._station
            self._identity = identity(station.directory, station.section.station)
            self._conversation = Conversation(station, self._identity, self.newest)
        return self._conversation

    def _made(self, at: Access, conversation: Conversation) -> Connection:
        who = self._identity
        client_id = "" if who is None else f"matside-{who.station}-{who.machine}"
        return Connection(
            at, client_id, conversation.will, self._bell.file, speaks_5=self._speaks_5
        )

    def _talk(self, connection: Connection, conversation: Conversation) -> None:
        """Talk until the connection ends, or the station does."""
        clock = self._station.clock
        due = until = clock.now() + TAKEN_WITHIN
        begun = False
        while not connection.ended and not self._closing.is_set():
            connection.turn(max(0.0, due - clock.now()))
            self._bell.quiet()
            now = clock.now()
            if not connection.taken:
                if now >= until:
                    connection.problem = connection.problem or "it does not answer"
                    return
                continue
            if not begun:
                begun = True
                conversation.begin(connection, now)
                self._worked(connection)
            due = conversation.go_on(connection, now)
        if begun and not connection.ended:
            conversation.end(connection)

    def _failed(self, problem: str) -> None:
        """Note why there is no connection; the log has it once."""
        self._problem = problem
        if self._logged != problem:
            self._logged = problem
            _log.warning("no link to the gym's broker: %s", problem)

    def _worked(self, connection: Connection) -> None:
        self._connection, self._problem, self._logged = connection, None, None
        _log.info("linked to the gym's broker (MQTT %s)", "5" if self._speaks_5 else "3.1.1")
