"""What is said on a connection: how the station is now, then what changes, then the outbox."""

import random
from dataclasses import replace

import msgspec

from kiosk.core.session import Status
from kiosk.fleet import discovery
from kiosk.fleet.commands import Commands
from kiosk.fleet.connection import Arrived, Connection, Said
from kiosk.fleet.identity import Identity
from kiosk.fleet.linked import LinkedStation, health_message, session_message, state_message
from kiosk.fleet.messages import (
    OFFLINE,
    ONLINE,
    HealthMessage,
    StateMessage,
    Topics,
    VersionsMessage,
)
from kiosk.fleet.newest import Newest, Taken
from kiosk.fleet.sender import Sender
from kiosk.ports.health import MachineNumbers
from kiosk.ports.panel import PartName, PartStatus
from kiosk.records.outbox import Outbox
from kiosk.records.placing import slot_now
from kiosk.records.store import FILE
from kiosk.version import VERSION

#: Seconds that nobody must have used the station before sessions are sent: until then the last one
#: may go on to make up seconds.
SETTLED = 2.0
#: Seconds between two looks at disk and temperature.
LOOK_EVERY = 60.0
#: Numbers that have moved are told after so many seconds; what staff should mend, at once.
NUMBERS_EVERY = 300.0
#: Home Assistant is told within so many seconds after it has started, each station at another time.
SPREAD = 20.0
#: Seconds within which a second station with the same id is answered once.
ANSWER_EVERY = 60.0


class Conversation:
    """What a station says, connection after connection. The link's thread alone uses it.

    Attributes:
        conflict: What is wrong if another station has the same id, else None.

    Args:
        station: The station.
        identity: Who it is.
        newest: What its session is doing.
    """

    def __init__(self, station: LinkedStation, identity: Identity, newest: Newest) -> None:
        self.conflict: str | None = None
        self._station = station
        self._identity = identity
        self._newest = newest
        self._topics = Topics(station.section.prefix, identity.station)
        self._commands = Commands(station.hands, station.clock, quiet=station.quiet)
        self._today: int | None = None
        self._latest: str | None = None
        self._discover_at: float | None = None
        self._told_state: StateMessage | None = None
        self._told_health: HealthMessage | None = None
        self._told_health_at = float("-inf")
        self._numbers = MachineNumbers()
        self._look_at = float("-inf")
        self._answered = float("-inf")
        self._sender = self._made_sender()

    @property
    def will(self) -> Said:
        """What the broker says for the station when it is gone."""
        return Said(self._topics.availability, OFFLINE.encode(), qos=1)

    @property
    def waiting(self) -> int | None:
        """How many sessions wait to be sent; None before it has looked."""
        return self._sender.waiting

    @property
    def problem(self) -> str | None:
        """What is wrong though the connection is up, None if nothing is."""
        return self.conflict or self._sender.problem

    def begin(self, connection: Connection, now: float) -> None:
        """Say that the station is there; the broker has just taken the connection."""
        self._begin_anew()
        self._newest.take()  # what has happened while there was no link is no news any more
        subscribed = [self._topics.do("+"), self._topics.versions]
        if self._birth is not None:
            subscribed.append(self._birth)
        if self._station.pushes is not None:
            subscribed += self._station.pushes.subscriptions
        connection.subscribe(subscribed)
        connection.send(replace(self.will, payload=ONLINE.encode()))
        self._discover_at = now + random.uniform(0, SPREAD)  # noqa: S311 - dice, not secrets
        self._tell(connection, now)
        connection.send(self._versions())

    def go_on(self, connection: Connection, now: float) -> float:
        """Look at what has arrived, and say what there is to say.

        Returns:
            Clock seconds at which it wants to be called again, unless something happens.
        """
        while connection.arrived:
            self._hear(connection, connection.arrived.popleft(), now)
        if connection.clogged:
            return now + LOOK_EVERY
        taken = self._tell(connection, now)
        resting = taken.state.status is Status.ATTRACT
        settled = resting and now >= taken.at + SETTLED
        waiting = self._sender.waiting
        due = self._sender.go_on(connection, now, at_rest=settled)
        if self._sender.waiting != waiting:
            self._look_at = now  # a session has been stored meanwhile: count today's anew
        if settled:
            due = min(due, self._take_pushes(connection, now))
        if resting and not settled:
            due = min(due, taken.at + SETTLED)
        return min(due, self._look_at, self._discover_at or due)

    def end(self, connection: Connection) -> None:
        """Say that the station is gone, since a goodbye keeps the broker from saying it."""
        connection.send(self.will)

    def _begin_anew(self) -> None:
        """Forget what another connection was told; the broker may have, too."""
        self.conflict = None
        self._told_state = self._told_health = None
        self._look_at = self._answered = float("-inf")
        self._sender = self._made_sender()

    def _made_sender(self) -> Sender:
        return Sender(
            Outbox(self._station.directory / FILE),
            lambda waiting: session_message(waiting, self._identity.station, self._station.name),
            self._topics.session,
        )

    @property
    def _birth(self) -> str | None:
        """The topic on which Home Assistant says that it has started."""
        prefix = self._station.section.discovery_prefix
        return None if prefix is None else f"{prefix}/status"

    def _tell(self, connection: Connection, now: float) -> Taken:
        """Send what has changed."""
        taken = self._newest.take()
        if taken.events:
            # The keeper has stored by then what has ended now.
            self._look_at = min(self._look_at, taken.at + SETTLED)
            self._sender.look_at(taken.at + SETTLED)
        if now >= self._look_at:
            self._look_at = now + LOOK_EVERY
            self._numbers = self._station.machine()
            self._today = self._counted()
            self._look_for_an_update(connection, taken)
        self._tell_state(connection, taken)
        for event in taken.events:
            said = msgspec.json.encode(event)
            connection.send(Said(self._topics.event, said, retain=False))
        self._tell_health(connection, now)
        if self._discover_at is not None and now >= self._discover_at:
            self._discover_at = None
            self._discover(connection)
        return taken

    def _look_for_an_update(self, connection: Connection, taken: Taken) -> None:
        """Say so if another version lies ready to be installed than before."""
        if taken.state.status is not Status.ATTRACT:
            return
        latest = self._station.latest()
        if latest != self._latest:
            self._latest = latest
            connection.send(self._versions())

    def _tell_state(self, connection: Connection, taken: Taken) -> None:
        message = state_message(
            taken.state,
            taken.at,
            self._station.rules,
            today=self._today,
            quiet=self._commands.quiet,
        )
        # Seconds run all the time; they are told when something else changes.
        told = self._told_state
        if told is None or replace_remaining(told) != replace_remaining(message):
            self._told_state = message
            connection.send(Said(self._topics.state, msgspec.json.encode(message)))

    def _tell_health(self, connection: Connection, now: float) -> None:
        message = health_message(self._station, self._numbers, self._sender.waiting)
        told = self._told_health
        if told is not None:
            moved = without_numbers(told) != without_numbers(message)
            due = now >= self._told_health_at + NUMBERS_EVERY and told != message
            if not moved and not due:
                return
        self._told_health, self._told_health_at = message, now
        connection.send(Said(self._topics.health, msgspec.json.encode(message)))

    def _counted(self) -> int | None:
        """Sessions that have ended today, None if nobody knows the day or they cannot be read."""
        day = slot_now(self._station.wall())
        return None if day is None else self._station.sessions_on(day.day)

    def _discover(self, connection: Connection) -> None:
        """Tell Home Assistant what there is, and how it is: it may have forgotten everything."""
        prefix = self._station.section.discovery_prefix
        if prefix is None:
            return
        panel = self._station.panel()
        absent = [part.value for part in PartName if panel.status(part) is PartStatus.ABSENT]
        device = discovery.Device(
            self._topics,
            self._station.name,
            VERSION,
            frozenset(absent),
            can_restart=self._station.hands.restart_browser is not None,
        )
        topic = discovery.topic(prefix, self._identity.station)
        connection.send(Said(topic, discovery.payload(device)))
        for said in (self._told_state, self._told_health):
            if said is not None:
                own = self._topics.state if said is self._told_state else self._topics.health
                connection.send(Said(own, msgspec.json.encode(said)))

    def _take_pushes(self, connection: Connection, now: float) -> float:
        """Look at what the gym has sent; gives when to do so again."""
        pushes = self._station.pushes
        if pushes is None:
            return float("inf")
        if pushes.go_on(now):
            connection.send(self._versions())
        due = pushes.due()
        return float("inf") if due is None else due

    def _versions(self) -> Said:
        pushes = self._station.pushes
        message = VersionsMessage(
            matside=VERSION,
            station=self._identity.station,
            name=self._station.name,
            machine=self._identity.machine,
            groups=self._station.section.groups,
            routines=self._station.rules.offered,
            languages=self._station.languages,
            pushed={} if pushes is None else pushes.taken,
            push_problem=None if pushes is None or pushes.problem is None else pushes.problem[:250],
            latest=self._latest,
        )
        return Said(self._topics.versions, msgspec.json.encode(message))

    def _hear(self, connection: Connection, arrived: Arrived, now: float) -> None:
        pushes = self._station.pushes
        if pushes is not None and pushes.hear(arrived.topic, arrived.payload):
            return
        before, _, name = arrived.topic.rpartition("/")
        if arrived.topic == self._birth:
            if arrived.payload == ONLINE.encode() and not arrived.retained:
                self._discover_at = now + random.uniform(0, SPREAD)  # noqa: S311 - dice
        elif arrived.topic == self._topics.versions:
            self._look_for_a_double(connection, arrived, now)
        elif f"{before}/+" == self._topics.do("+"):
            self._commands.obey(name, arrived.payload, retained=arrived.retained)

    def _look_for_a_double(self, connection: Connection, arrived: Arrived, now: float) -> None:
        """Say so if another machine uses this station's id; its message is answered with ours."""
        try:
            other = msgspec.json.decode(arrived.payload, type=VersionsMessage)
        except (msgspec.DecodeError, UnicodeDecodeError):
            other = None
        if other is not None and other.machine == self._identity.machine:
            return
        if now - self._answered >= ANSWER_EVERY:
            self._answered = now
            connection.send(self._versions())
        if other is not None and not arrived.retained:
            self.conflict = (
                f"another station ({other.name or 'without a name'!r:.60}, machine "
                f"{other.machine:.20}) uses the id {self._identity.station} too. Give one of them "
                f"another fleet.station."
            )


def replace_remaining(message: StateMessage) -> StateMessage:
    """`message` without the seconds that run."""
    return msgspec.structs.replace(message, remaining=None)


def without_numbers(message: HealthMessage) -> HealthMessage:
    """`message` without what moves all the time and asks nobody to mend anything."""
    return msgspec.structs.replace(message, disk_free=None, temperature=None, waiting=0)
