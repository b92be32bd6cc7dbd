"""What the link needs of its station, and what it tells about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.remaining import remaining_at
from kiosk.core.session import Rules, State, Status
from kiosk.fleet.commands import Hands
from kiosk.fleet.messages import HealthMessage, SessionMessage, StateMessage
from kiosk.fleet.pushes import Pushes
from kiosk.ports.clock import MonotonicClock, WallClock
from kiosk.ports.health import MachineNumbers
from kiosk.ports.panel import PanelHealth, PartStatus
from kiosk.records.outbox import Waiting
from kiosk.settings.shapes import FleetSection

#: Characters of a problem that are told; Home Assistant shows 255.
PROBLEM_LENGTH = 250


@dataclass(frozen=True, slots=True)
class LinkedStation:
    """The station, as the link sees it. What can be called is called in the link's thread.

    Attributes:
        section: The settings of the fleet.
        name: What the gym calls the station, None without a name.
        directory: The data directory.
        rules: What sessions run by.
        languages: Codes of the languages that the station has.
        clock: The clock that sessions run by.
        wall: The wall clock.
        panel: Tells the panel's health; never blocks.
        saving_problem: Says why sessions are not being saved, None while they are.
        setup_problems: What is wrong with the files of staff.
        machine: Reads the numbers of the machine.
        sessions_on: Counts the sessions that have ended on a day, in days since 1970-01-01.
        hands: What commands act on.
        quiet: Whether the buzzer is silent to begin with.
        pushes: What the gym sends to it, None if it takes nothing.
        latest: Tells the newer version that lies ready to be installed, None if there is none. It
            may take a second, so it is asked only while nobody uses the station.
    """

    section: FleetSection
    name: str | None
    directory: Path
    rules: Rules
    languages: tuple[str, ...]
    clock: MonotonicClock
    wall: WallClock
    panel: Callable[[], PanelHealth]
    saving_problem: Callable[[], str | None]
    setup_problems: Sequence[str]
    machine: Callable[[], MachineNumbers]
    sessions_on: Callable[[int], int | None]
    hands: Hands
    quiet: bool
    pushes: Pushes | None = None
    latest: Callable[[], str | None] = lambda: None


def state_message(
    state: State, at: float, rules: Rules, *, today: int | None, quiet: bool
) -> StateMessage:
    """What the station is doing.

    Args:
        state: The session's state.
        at: Clock seconds since which it has been so.
        rules: What sessions run by.
        today: Sessions that have ended today, None if unknown.
        quiet: Whether the buzzer is silent.
    """
    in_use = state.status not in (Status.ATTRACT, Status.RESUME)
    remaining = remaining_at(state, at, rules)
    step = state.step
    return StateMessage(
        status=state.status.value,
        in_use=in_use,
        routine=state.choices.routine if in_use else None,
        step=None if step is None else step.id,
        side=None if step is None or step.side is None else step.side.value,
        remaining=None if remaining is None or step is None else round(remaining),
        sessions_today=today,
        quiet=quiet,
    )


def health_message(
    station: LinkedStation, numbers: MachineNumbers, waiting: int | None
) -> HealthMessage:
    """How the station is.

    Args:
        station: The station.
        numbers: The numbers of its machine.
        waiting: Ended sessions that wait to be sent, None if nobody has looked yet.
    """
    panel = station.panel()
    saving = station.saving_problem()
    problems = [each for each in (panel.problem, saving, *station.setup_problems) if each]
    parts = (panel.button, panel.buzzer, panel.light)
    well = all(part in (PartStatus.OK, PartStatus.ABSENT) for part in parts)
    if numbers.low_voltage:
        problems.append("The power supply gives too little voltage.")
    return HealthMessage(
        ok=well and not problems,
        problem=" ".join(problems)[:PROBLEM_LENGTH] or None,
        button=panel.button.value,
        buzzer=panel.buzzer.value,
        light=panel.light.value,
        saving=saving is None,
        disk_free=numbers.disk_free,
        temperature=numbers.temperature,
        low_voltage=numbers.low_voltage,
        waiting=waiting or 0,
    )


def session_message(waiting: Waiting, station: str, name: str | None) -> SessionMessage:
    """The message of a session that waits in the outbox.

    Args:
        waiting: The session.
        station: Id of the station.
        name: What the gym calls it, None without a name.
    """
    record = waiting.record
    return SessionMessage(
        id=waiting.id,
        station=station,
        name=name,
        number=record.number,
        started=record.started,
        clock_known=record.clock_known,
        day=record.day,
        hour=record.hour,
        routine=record.routine,
        language=record.language,
        side_seconds=record.side_seconds,
        left=record.left,
        right=record.right,
        ended=record.ended or "",
        step=record.step,
        place=record.place,
        furthest=record.furthest,
        ready_after=record.ready_after,
        made_up=record.made_up,
        weight_offs=record.weight_offs,
        step_seconds=record.step_seconds,
    )
