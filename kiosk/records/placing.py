"""Days and hours: when a session was, by the clock on the gym's wall.

In the database a day is a number, the days since 1970-01-01, so that weekdays and spans of days
can be reckoned there. A session whose time nobody knows has no day. It is counted, but not placed.
"""

import datetime as dt
from typing import NamedTuple

from kiosk.ports.clock import WallTime

#: In sums, the day of what has none.
NO_DAY = -1

_EPOCH = dt.date(1970, 1, 1)

#: A session of an earlier version, which did not note whether the clock was right, is placed if its
#: time is after this one. Before it there was no Matside.
_PLAUSIBLE = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


class Slot(NamedTuple):
    """Day and hour of a session in the calendar.

    Attributes:
        day: Days since 1970-01-01.
        hour: 0 to 23. When clocks go back, one hour of the day comes twice; what is in either of
            them has the same number.
    """

    day: int
    hour: int


def day_number(date: dt.date) -> int:
    """The days from 1970-01-01 to `date`."""
    return (date - _EPOCH).days


def date_of(day: int) -> dt.date:
    """The date that is `day` days after 1970-01-01."""
    return _EPOCH + dt.timedelta(days=day)


def slot_now(wall: WallTime) -> Slot | None:
    """Day and hour of what begins at the wall time `wall`, None if the clock cannot be trusted."""
    return Slot(day_number(wall.at.date()), wall.at.hour) if wall.known else None


def slot_of(started: str, zone: dt.tzinfo | None, *, known: bool | None) -> Slot | None:
    """Day and hour of a session.

    Args:
        started: When it started, in ISO 8601; without a zone it is UTC.
        zone: The gym's time zone, None for the machine's own.
        known: Whether the clock could be trusted; None if nobody noted it.

    Returns:
        Day and hour, None if the time cannot be read or is not to be trusted.
    """
    if known is False:
        return None
    try:
        at = dt.datetime.fromisoformat(started)
        at = at.replace(tzinfo=at.tzinfo or dt.UTC)
        if known is None and at < _PLAUSIBLE:
            return None
        local = at.astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return None
    return Slot(day_number(local.date()), local.hour)
