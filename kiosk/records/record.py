"""One session as it is stored, and what one use of the button adds up to."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from kiosk.core.errors import StoreError
from kiosk.core.story import Story
from kiosk.ports.clock import WallTime
from kiosk.records.placing import slot_now


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session as it is stored. Nothing in it is personal.

    What came with layout 2 of the database is None for sessions from before it.

    Attributes:
        number: Its number on this station, from 1.
        started: When it started, by the station's wall clock (UTC, ISO 8601), for example
            ``2026-01-31T17:45:00+00:00``. Nothing is sorted or calculated by it, since the clock
            of a Raspberry Pi may be wrong.
        routine: Id of the routine.
        side_seconds: Seconds a side that were chosen.
        left: Seconds held on the left side.
        right: Seconds held on the right side.
        ended: ``finished``, ``stopped`` or ``abandoned``; None while it runs.
        step: The step that it is in, or ended in.
        language: Code of the language.
        clock_known: Whether the wall clock could be trusted when it started.
        day: Days since 1970-01-01 in the gym's time zone, None if that cannot be known.
        hour: Hour of that day, 0 to 23, None if that cannot be known.
        place: How far it came: index in the routine's plan of the furthest step.
        furthest: Id of that step.
        ready_after: Seconds from its start to its first hold, None if there was none.
        made_up: Seconds that were made up at its end, on both sides together.
        weight_offs: Ids of the steps in which weight off was called.
        step_seconds: Seconds from its start to the first time that each step was entered.
    """

    number: int
    started: str
    routine: str
    side_seconds: int
    left: float
    right: float
    ended: str | None
    step: str | None
    language: str | None = None
    clock_known: bool | None = None
    day: int | None = None
    hour: int | None = None
    place: int | None = None
    furthest: str | None = None
    ready_after: float | None = None
    made_up: float | None = None
    weight_offs: tuple[str, ...] | None = None
    step_seconds: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """When a session started.

    Attributes:
        started: By the wall clock (UTC, ISO 8601).
        clock_known: Whether that could be trusted.
        day: Days since 1970-01-01 in the gym's time zone, None if that cannot be known.
        hour: Hour of that day, None if that cannot be known.
    """

    started: str
    clock_known: bool
    day: int | None
    hour: int | None

    @classmethod
    def at(cls, wall: WallTime) -> "Start":
        """The start of a session that begins at the wall time `wall`."""
        slot = slot_now(wall)
        return cls(
            started=wall.at.astimezone(dt.UTC).isoformat(timespec="seconds"),
            clock_known=wall.known,
            day=None if slot is None else slot.day,
            hour=None if slot is None else slot.hour,
        )


@dataclass(frozen=True, slots=True)
class ButtonUse:
    """What the button has been through in some time.

    Attributes:
        presses: Presses that counted.
        ignored: Presses that the session ignored because they came too soon.
        glitches: Pulses that were too short to be presses.
        bounced: Presses at which the contact bounced.
        extra_edges: How often it bounced at all of them together.
    """

    presses: int = 0
    ignored: int = 0
    glitches: int = 0
    bounced: int = 0
    extra_edges: int = 0


#: The button has been through nothing.
NOT_USED = ButtonUse()


def told(story: Story | None, held: float) -> dict[str, Any]:
    """What a record has of a session's `story`, by the record's attributes.

    Args:
        story: The story, None if nobody has kept it.
        held: Seconds held on both sides together.
    """
    if story is None:
        return {}
    return {
        "place": len(story.reached) - 1,
        "furthest": story.furthest,
        "ready_after": story.ready_after,
        "made_up": round(story.made_up(held), 3),
        "weight_offs": story.weight_offs,
        "step_seconds": story.reached,
    }


#: The columns of the table of sessions by the attributes of a record, where they differ.
_COLUMNS = {"left": "left_seconds", "right": "right_seconds"}
#: Attributes with several values, which are JSON in their columns.
_LISTS = {"weight_offs", "step_seconds"}
#: What stays as it was first stored.
_OF_THE_START = {"number", "started", "clock_known", "day", "hour"}

_NAMES = [field.name for field in fields(SessionRecord)]

_PUT = (
    f"INSERT INTO session ({', '.join(_COLUMNS.get(name, name) for name in _NAMES)}) "
    f"VALUES ({', '.join(f':{name}' for name in _NAMES)}) ON CONFLICT (number) DO UPDATE SET "
    + ", ".join(
        f"{_COLUMNS.get(name, name)} = excluded.{_COLUMNS.get(name, name)}"
        for name in _NAMES
        if name not in _OF_THE_START
    )
)


def put(db: sqlite3.Connection, record: SessionRecord) -> None:
    """Insert or update a session. What tells of its start stays as it was first stored."""
    values = {name: getattr(record, name) for name in _NAMES}
    for name in _LISTS:
        if values[name] is not None:
            values[name] = json.dumps(values[name], separators=(",", ":"))
    db.execute(_PUT, values)


def records(
    db: sqlite3.Connection,
    first: int | None = None,
    last: int | None = None,
    *,
    number: int | None = None,
) -> Iterator[SessionRecord]:
    """The sessions, the newest first, read one after the other.

    A database whose layout is an older one is read as well; what it has no column for is None.

    Args:
        db: The database.
        first: If given, only sessions of this day and later ones; days since 1970-01-01.
        last: If given, only sessions of this day and earlier ones.
        number: If given, only the session with this number.

    Raises:
        StoreError: Only some days are asked for, and the layout is from when days were not noted.
    """
    there = {row[0] for row in db.execute("SELECT name FROM pragma_table_info('session')")}
    wanted = [column if column in there else "NULL" for column in map(_column, _NAMES)]
    conditions = []
    if first is not None:
        conditions.append("day >= :first")
    if last is not None:
        conditions.append("day <= :last")
    if number is not None:
        conditions.append("number = :number")
    if (first is not None or last is not None) and "day" not in there:
        raise StoreError(
            "The database is from an earlier Matside, which noted no days. Start the station once, "
            "or leave --from and --to out."
        )
    rows = db.execute(
        f"SELECT {', '.join(wanted)} FROM session WHERE {' AND '.join(conditions) or 'true'} "
        "ORDER BY number DESC",
        {"first": first, "last": last, "number": number},
    )
    for row in rows:
        values = dict(zip(_NAMES, row, strict=True))
        for name in _LISTS:
            values[name] = _list(values[name])
        if values["clock_known"] is not None:
            values["clock_known"] = bool(values["clock_known"])
        yield SessionRecord(**values)


def _column(name: str) -> str:
    return _COLUMNS.get(name, name)


def _list(text: str | None) -> tuple[Any, ...] | None:
    """The values of a column that has several; None if it has none, or is damaged."""
    try:
        found = None if text is None else json.loads(text)
    except ValueError:
        return None
    return tuple(found) if isinstance(found, list) else None
