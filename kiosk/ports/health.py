"""The station's health as one document: what ``GET /healthz`` says and `matside check` reads."""

from dataclasses import dataclass
from enum import Enum
from typing import Self

from kiosk.ports.panel import ButtonHealth, PanelHealth, PartStatus


class Condition(Enum):
    """How the station is doing as a whole; the value is its name in the document."""

    OK = "ok"
    DEGRADED = "degraded"  # it runs, but there is something that staff should mend


@dataclass(frozen=True, slots=True)
class HardwareHealth:
    """The panel, part by part.

    Attributes:
        factory: The pin factory in use: ``mock``, ``gpiod`` or ``lgpio``.
        button: Status of the button.
        buzzer: Status of the buzzer.
        light: Status of the button's light.
        problem: What is wrong and what to do about it, None if nothing is.
    """

    factory: str
    button: PartStatus
    buzzer: PartStatus
    light: PartStatus
    problem: str | None

    @property
    def well(self) -> bool:
        """Whether every part works; a part that is switched off in the settings does no harm."""
        parts = (self.button, self.buzzer, self.light)
        return all(part in (PartStatus.OK, PartStatus.ABSENT) for part in parts)


@dataclass(frozen=True, slots=True)
class ButtonCounts:
    """What the button has been through since the station started; times are in seconds.

    Attributes:
        presses: Presses that the panel has told the station.
        ignored: Of these, the presses that the session ignored because they came too soon.
        glitches: Pulses that were shorter than the filter, so that they are no presses.
        bounces: Histogram of the presses by their extra edges, which is how often the contact
            bounced: ``(8, 0, 4)`` is 8 presses with no extra edge and 4 with two. The last index
            stands for that many or more.
        down: Whether the button is down now.
        longest: The longest press, None before the first.
        since_last: How long ago the last press was, None before the first.
    """

    presses: int
    ignored: int
    glitches: int
    bounces: tuple[int, ...]
    down: bool
    longest: float | None
    since_last: float | None

    def without_session(self) -> ButtonHealth:
        """These counts in the panel's own type, which lacks the presses that were ignored."""
        return ButtonHealth(
            presses=self.presses,
            glitches=self.glitches,
            bounces=self.bounces,
            down=self.down,
            longest=self.longest,
            since_last=self.since_last,
        )


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """Whether sessions are being saved.

    Attributes:
        saving: Whether they are.
        problem: Why they are not and what to do about it, None while they are.
    """

    saving: bool
    problem: str | None


@dataclass(frozen=True, slots=True)
class SetupHealth:
    """Whether the files that staff write are right.

    Attributes:
        settings: Where the settings in force are from: ``file``, ``kept`` (the last that worked)
            or ``built-in``.
        problems: What is wrong with settings and routine files and what to do, a text each.
    """

    settings: str = "built-in"
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoiceHealth:
    """Whether the voice can be heard.

    Attributes:
        sentences: How many sentences it may say.
        ready: How many of them have a sound file. The station makes the others while it is at rest.
        problems: What keeps it from being heard and what to do, a text each.
    """

    sentences: int
    ready: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FleetHealth:
    """How the link to the gym's broker is. Without it a session is as good as ever.

    Attributes:
        broker: Name or address of the broker.
        station: Id of the station in the fleet, None before it has one.
        connected: Whether the broker has taken the connection.
        protocol: The version of MQTT that is spoken, ``5`` or ``3.1.1``; None without a connection.
        problem: What is wrong and what to do, None if nothing is.
        waiting: Ended sessions that wait to be sent, None if nobody has looked yet.
    """

    broker: str
    station: str | None
    connected: bool
    protocol: str | None
    problem: str | None
    waiting: int | None


@dataclass(frozen=True, slots=True)
class MetricsHealth:
    """Whether the metrics can be collected as the settings want it.

    Attributes:
        problem: What is wrong and what to do, None if nothing is.
    """

    problem: str | None


@dataclass(frozen=True, slots=True)
class MachineNumbers:
    """Numbers of the machine, each None if it cannot be told.

    Attributes:
        disk_free: Free megabytes on the disk of the data directory.
        temperature: Degrees Celsius of the processor.
        low_voltage: Whether the power supply gives too little voltage now.
    """

    disk_free: int | None = None
    temperature: int | None = None
    low_voltage: bool | None = None


@dataclass(frozen=True, slots=True)
class StationHealth:
    """The whole document.

    Attributes:
        status: How the station is doing as a whole.
        hardware: The panel, part by part.
        button: What the button has been through.
        store: Whether sessions are being saved.
        streams: Pages that are connected.
        version: Matside's version.
        uptime: Seconds since the station started.
        setup: Whether the files that staff write are right.
        voice: How the voice is doing, None if it is off.
        fleet: How the link to the gym's broker is, None if it is off. It never degrades `status`.
        metrics: Whether they can be collected, None if they are off. It never degrades `status`.
    """

    status: Condition
    hardware: HardwareHealth
    button: ButtonCounts
    store: StoreHealth
    streams: int
    version: str
    uptime: float
    setup: SetupHealth = SetupHealth()
    voice: VoiceHealth | None = None
    fleet: FleetHealth | None = None
    metrics: MetricsHealth | None = None

    @classmethod
    def of(  # noqa: PLR0913 - each is one thing that the document tells
        cls,
        panel: PanelHealth,
        *,
        ignored: int,
        saving_problem: str | None,
        setup: SetupHealth,
        voice: VoiceHealth | None,
        streams: int,
        version: str,
        uptime: float,
        fleet: FleetHealth | None = None,
        metrics: MetricsHealth | None = None,
    ) -> Self:
        """Put the document together; seconds are rounded to milliseconds.

        Args:
            panel: The panel's health.
            ignored: Presses that the session ignored because they came too soon.
            saving_problem: Why sessions are not being saved, None while they are.
            setup: Whether the files that staff write are right.
            voice: How the voice is doing, None if it is off.
            streams: Pages that are connected.
            version: Matside's version.
            uptime: Seconds since the station started.
            fleet: How the link to the gym's broker is, None if it is off.
            metrics: Whether they can be collected, None if they are off.
        """
        hardware = HardwareHealth(
            panel.factory, panel.button, panel.buzzer, panel.light, panel.problem
        )
        stats = panel.stats
        problems = (*setup.problems, *(() if voice is None else voice.problems))
        well = hardware.well and saving_problem is None and not problems
        return cls(
            status=Condition.OK if well else Condition.DEGRADED,
            hardware=hardware,
            button=ButtonCounts(
                presses=stats.presses,
                ignored=ignored,
                glitches=stats.glitches,
                bounces=stats.bounces,
                down=stats.down,
                longest=_rounded(stats.longest),
                since_last=_rounded(stats.since_last),
            ),
            store=StoreHealth(saving=saving_problem is None, problem=saving_problem),
            streams=streams,
            version=version,
            uptime=round(uptime, 3),
            setup=setup,
            voice=voice,
            fleet=fleet,
            metrics=metrics,
        )


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
