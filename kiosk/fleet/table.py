"""All stations of a gym as a table, from what the broker has kept of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from kiosk.fleet.messages import NAME, ONLINE, HealthMessage, StateMessage, VersionsMessage

#: The parts of a topic that stand for one station, of which each is a column's source.
PARTS = ("availability", "state", "health", "versions")

_HEAD = ("station", "name", "now", "health", "matside", "routines", "sent by the gym")

_Message = TypeVar("_Message", StateMessage, HealthMessage, VersionsMessage)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the broker has kept of one station."""

    online: bool
    state: StateMessage | None
    health: HealthMessage | None
    versions: VersionsMessage | None


def topics_of_all(prefix: str) -> list[str]:
    """What to ask the broker for."""
    return [f"{prefix}/+/{part}" for part in PARTS]


def table(kept: Mapping[str, bytes]) -> Iterator[str]:
    """The lines of the table. Garbage in a topic is shown as ``?``.

    Args:
        kept: What the broker has kept, by topic.
    """
    stations = sorted({topic.split("/")[-2] for topic in kept})
    rows = [_HEAD, *(_row(each, kept) for each in stations if NAME.fullmatch(each))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield line.rstrip()


def _row(station: str, kept: Mapping[str, bytes]) -> tuple[str, ...]:
    own = {topic.split("/")[-1]: text for topic, text in kept.items() if f"/{station}/" in topic}
    told = _Told(
        own.get("availability") == ONLINE.encode(),
        _read(own.get("state"), StateMessage),
        _read(own.get("health"), HealthMessage),
        _read(own.get("versions"), VersionsMessage),
    )
    versions = told.versions
    return (
        station,
        _plain(versions.name or "") if versions else "?",
        _now(told),
        _health(told.health),
        _plain(versions.matside) if versions else "?",
        str(len(versions.routines)) if versions else "?",
        _sent(versions) if versions else "?",
    )


def _now(told: _Told) -> str:
    if not told.online:
        return "gone"
    if told.state is None:
        return "?"
    return f"in use: {_plain(told.state.routine or '')}" if told.state.in_use else "free"


def _health(health: HealthMessage | None) -> str:
    if health is None:
        return "?"
    return "ok" if health.ok else _plain(health.problem or "not well")[:60]


def _sent(versions: VersionsMessage) -> str:
    taken = ", ".join(f"{_plain(file)} {number}" for file, number in versions.pushed.items())
    if versions.push_problem is None:
        return taken
    return f"{taken} PROBLEM: {_plain(versions.push_problem)[:100]}".strip()


def _read(payload: bytes | None, shape: type[_Message]) -> _Message | None:
    try:
        return None if payload is None else msgspec.json.decode(payload, type=shape)
    except (ValueError, RecursionError, msgspec.MsgspecError):
        return None


def _plain(text: str) -> str:
    """`text` without anything that a terminal would obey."""
    return "".join(character if character.isprintable() else "?" for character in text)
