"""Messages from the broker, read into rows, or found to be what nobody can read."""

import datetime as dt
import re
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import msgspec

from kiosk.core.errors import ArchiveError
from kiosk.fleet.messages import LARGEST, SessionMessage

#: What PostgreSQL's type bigint can hold.
_LARGEST_NUMBER = 2**63 - 1

#: Text of PostgreSQL has no such character, although JSON may.
_NO_TEXT = re.compile("\0")

#: How much is kept of a message that nobody can read, in bytes.
KEPT = 8 * 1024


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A message that is no session.

    Attributes:
        digest: Tells repetitions.
        topic: Its topic.
        payload: What it says, cut to `KEPT` bytes.
        problem: What is wrong with it.
    """

    digest: bytes
    topic: str
    payload: bytes
    problem: str


#: The columns of a session, in the order of `row_of`.
COLUMNS = (
    "id",
    "station",
    "name",
    "number",
    "started",
    "clock_known",
    "day",
    "hour",
    "routine",
    "language",
    "side_seconds",
    "left_seconds",
    "right_seconds",
    "ended",
    "step",
    "place",
    "furthest",
    "ready_after",
    "made_up",
    "weight_offs",
    "step_seconds",
)

Row = tuple[object, ...]

#: What is raised for a message that is no session.
_WRONG = (ArchiveError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError)


def read(topic: str, payload: bytes) -> Row | Unreadable:
    """The row of the session that `payload` tells, or why there is none."""
    try:
        return row_of(topic, payload)
    except _WRONG as problem:
        return unreadable(topic, payload, str(problem) or type(problem).__name__)


def unreadable(topic: str, payload: bytes, problem: str) -> Unreadable:
    """Keep what nobody can read."""
    name = topic.replace("\0", "?")
    digest = sha256(name.encode(errors="replace") + b"\0" + payload).digest()
    return Unreadable(digest, name, payload[:KEPT], problem.replace("\0", "?")[:500])


def row_of(topic: str, payload: bytes) -> Row:
    """The row of the session that `payload` tells.

    Raises:
        ArchiveError: It is too long, or it tells what cannot be.
        ValueError: An id is no UUID, or a time is none.
        msgspec.MsgspecError: It has not the shape of one.
    """
    if len(payload) > LARGEST:
        raise ArchiveError(f"it has {len(payload)} bytes; {LARGEST} are the most")
    told = msgspec.json.decode(payload, type=SessionMessage)
    if told.station != topic.split("/")[-2]:
        raise ArchiveError(f"it says to be of {told.station!r}, but came by the topic {topic}")
    values = msgspec.structs.astuple(told)
    for value in (*values, *(told.weight_offs or ())):
        if isinstance(value, str):
            _check_text(value)
        elif isinstance(value, int) and not 0 <= value <= _LARGEST_NUMBER:
            raise ArchiveError(f"a number is out of range: {value:.3g}")
    started = dt.datetime.fromisoformat(told.started)
    if started.tzinfo is None:
        started = started.replace(tzinfo=dt.UTC)
    of_ours = {
        "id": UUID(told.id),
        "started": started,
        "day": None if told.day is None else dt.date(1970, 1, 1) + dt.timedelta(told.day),
        "left_seconds": told.left,
        "right_seconds": told.right,
        "weight_offs": None if told.weight_offs is None else list(told.weight_offs),
        "step_seconds": None if told.step_seconds is None else list(told.step_seconds),
    }
    return tuple(of_ours[name] if name in of_ours else getattr(told, name) for name in COLUMNS)


def _check_text(text: str) -> None:
    """Hold that the database can keep `text`.

    Raises:
        ArchiveError: It has the character of number 0.
        ValueError: It has half of a character.
    """
    if _NO_TEXT.search(text):
        raise ArchiveError("a text has the character of number 0")
    text.encode()
