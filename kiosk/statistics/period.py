"""The days that statistics are about, and how a picture shares them out."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.core.errors import PeriodError

#: A picture has a bar for each day if there are no more days than this, else one for each week.
MOST_DAYS = 62
#: The most days that statistics are about. More would take too long to read at a million sessions.
LONGEST = 371

_WEEK = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in the gym's time zone.

    Attributes:
        first: The first day.
        last: The last day, not before the first.
    """

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodError(
                f"The last day, {self.last}, is before the first, {self.first}. Exchange them."
            )
        if self.days > LONGEST:
            raise PeriodError(
                f"From {self.first} to {self.last} are {self.days} days. Take {LONGEST} at most, "
                f"which are 53 weeks."
            )

    @property
    def days(self) -> int:
        """How many days it has, at least 1."""
        return (self.last - self.first).days + 1

    @classmethod
    def weeks_until(cls, last: dt.date, weeks: int = 8) -> "Period":
        """The whole `weeks` from a Monday on that end with the week of `last`, cut off at it."""
        monday = last - dt.timedelta(days=last.weekday())
        return cls(monday - (weeks - 1) * _WEEK, last)

    @classmethod
    def month_of(cls, day: dt.date) -> "Period":
        """The whole month that `day` is in."""
        last = calendar.monthrange(day.year, day.month)[1]
        return cls(day.replace(day=1), day.replace(day=last))

    @classmethod
    def year_of(cls, day: dt.date) -> "Period":
        """The whole year that `day` is in."""
        return cls(dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))

    def bins(self) -> Iterator["Period"]:
        """Days, or weeks from Monday on: as many as a picture has room for, in order.

        Together they are the period; the first and the last may be cut off by it.
        """
        begin = self.first
        while begin <= self.last:
            end = min(self._bin_end(begin), self.last)
            yield Period(begin, end)
            begin = end + _DAY

    @property
    def unit(self) -> str:
        """What a bin is: ``day`` or ``week``."""
        return "day" if self.days <= MOST_DAYS else "week"

    def _bin_end(self, begin: dt.date) -> dt.date:
        return begin if self.unit == "day" else begin + dt.timedelta(days=6 - begin.weekday())
