"""What a station tells a broker: the topics, and the shape of each message.

Messages are JSON. Whoever reads them takes no offence at fields that it does not know, so a later
Matside may add some. Seconds that are held are routine seconds.
"""

import re
from dataclasses import dataclass

import msgspec

#: What the topic of availability says.
ONLINE, OFFLINE = "online", "offline"

#: The largest message that a station or the archive reads, in bytes.
LARGEST = 256 * 1024

#: The parts of a topic, and so ids of stations and names of groups, are of these characters alone.
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class SessionMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A session that has ended. It is sent at least once; its `id` tells repetitions.

    Attributes:
        id: A UUID, the same one in each repetition.
        station: Id of the station.
        name: What the gym calls the station, None without a name.
        number: The session's number on that station, from 1.
        started: When it started, by the station's wall clock (UTC, ISO 8601).
        clock_known: Whether that clock could be trusted; None if nobody noted it.
        day: Days since 1970-01-01 in the gym's time zone, None if unknown.
        hour: Hour of that day, 0 to 23, None if unknown.
        routine: Id of the routine.
        language: Code of the language.
        side_seconds: Seconds a side that were chosen.
        left: Seconds held on the left side.
        right: Seconds held on the right side.
        ended: ``finished``, ``stopped`` or ``abandoned``.
        step: Id of the step that it ended in.
        place: Index in the routine's plan of the furthest step.
        furthest: Id of that step.
        ready_after: Seconds from its start to its first hold, None if there was none.
        made_up: Seconds that were made up at its end, on both sides together.
        weight_offs: Ids of the steps in which weight off was called.
        step_seconds: Seconds from its start to the first time that each step was entered.
    """

    id: str
    station: str
    name: str | None = None
    number: int
    started: str
    clock_known: bool | None = None
    day: int | None = None
    hour: int | None = None
    routine: str
    language: str | None = None
    side_seconds: int
    left: float
    right: float
    ended: str
    step: str | None = None
    place: int | None = None
    furthest: str | None = None
    ready_after: float | None = None
    made_up: float | None = None
    weight_offs: tuple[str, ...] | None = None
    step_seconds: tuple[float, ...] | None = None


class StateMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What the station is doing. Retained; sent on change, not every second.

    Attributes:
        status: Its status, for example ``attract`` or ``running``.
        in_use: Whether a member uses it.
        routine: Id of the routine, None while nobody uses it.
        step: Id of the step, None outside of a session.
        side: ``left`` or ``right``, None if the step has no side.
        remaining: Whole seconds that remained of the step at that change, None if it is untimed.
        sessions_today: Sessions that have ended today, None while nobody knows the day.
        quiet: Whether the buzzer is silent.
    """

    status: str
    in_use: bool
    routine: str | None
    step: str | None
    side: str | None
    remaining: int | None
    sessions_today: int | None
    quiet: bool


class HealthMessage(msgspec.Struct, frozen=True, kw_only=True):
    """How the station is. Retained; sent on change, and every few minutes if numbers have moved.

    Attributes:
        ok: Whether there is nothing that staff should mend.
        problem: What is wrong and what to do, cut to 250 characters; None if nothing is.
        button: Status of the button, such as ``ok``, ``stuck`` or ``failed``.
        buzzer: Status of the buzzer.
        light: Status of the button's light.
        saving: Whether sessions are being saved.
        disk_free: Free megabytes on the disk of the data directory, None if unknown.
        temperature: Degrees Celsius of the processor, None if unknown.
        low_voltage: Whether the power supply gives too little voltage, None if unknown.
        waiting: Ended sessions that wait to be sent.
    """

    ok: bool
    problem: str | None
    button: str
    buzzer: str
    light: str
    saving: bool
    disk_free: int | None
    temperature: int | None
    low_voltage: bool | None
    waiting: int


class EventMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Something that has just happened. Not retained, and lost if nobody listens.

    Attributes:
        event_type: ``finished``, ``stopped``, ``abandoned`` (a session has ended), ``weight_off``
            or ``unanswered`` (nobody answered "Still there?").
        routine: Id of the routine.
        step: Id of the step in which it happened.
    """

    event_type: str
    routine: str
    step: str | None


class VersionsMessage(msgspec.Struct, frozen=True, kw_only=True):
    """Which versions of what the station has. Retained.

    Attributes:
        matside: Matside's version.
        latest: The newer version that lies ready to be installed, None if there is none.
        station: Id of the station.
        name: What the gym calls it, None without a name.
        machine: A trace of the machine it runs on, by which two with the same id are told apart.
        groups: Names of the groups that it is in.
        routines: Ids of the routines that it offers.
        languages: Codes of the languages that it has.
        pushed: The versions of what it has taken from the gym, by file.
        push_problem: Why something that was sent could not be taken; None if nothing is wrong.
    """

    matside: str
    station: str
    name: str | None
    machine: str
    groups: tuple[str, ...] = ()
    routines: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    pushed: dict[str, int] = {}
    push_problem: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one station.

    Attributes:
        prefix: What all topics of the gym begin with, for example ``matside``.
        station: Id of the station.
    """

    prefix: str
    station: str

    @property
    def availability(self) -> str:
        """``online`` or ``offline``. Retained, and the station's last will."""
        return f"{self._own}/availability"

    @property
    def state(self) -> str:
        """A `StateMessage`. Retained."""
        return f"{self._own}/state"

    @property
    def health(self) -> str:
        """A `HealthMessage`. Retained."""
        return f"{self._own}/health"

    @property
    def session(self) -> str:
        """A `SessionMessage`, with QoS 1. Not retained."""
        return f"{self._own}/session"

    @property
    def event(self) -> str:
        """An `EventMessage`. Not retained."""
        return f"{self._own}/event"

    @property
    def versions(self) -> str:
        """A `VersionsMessage`. Retained."""
        return f"{self._own}/versions"

    def do(self, name: str) -> str:
        """The command `name`; ``+`` stands for all of them."""
        return f"{self._own}/do/{name}"

    @property
    def _own(self) -> str:
        return f"{self.prefix}/{self.station}"


def every_session(prefix: str) -> str:
    """The subscription to the ended sessions of all stations of a gym."""
    return f"{prefix}/+/session"
