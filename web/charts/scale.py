"""Scales: round numbers for an axis, and the names of days and weeks along one."""

import datetime as dt
import math
from collections.abc import Sequence

from kiosk.statistics.period import Period

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_WEEK = 7

#: How many names an axis has room for, by what it is along: months' names are shorter than days'.
_MOST_NAMES = {"day": 5, "week": 7}


def ticks(most: float, steps: int = 3) -> list[int]:
    """Round whole numbers from 0 on for an axis; the last one is `most` or more.

    Args:
        most: The largest value, 0 or more.
        steps: How many steps there are at most.
    """
    step = 1.0
    if most > steps:
        exact = most / steps
        size = 10.0 ** math.floor(math.log10(exact))
        step = next(size * by for by in (1, 2, 5, 10) if size * by >= exact)
    count = max(1, math.ceil(most / step))
    return [round(step) * number for number in range(count + 1)]


def day_name(day: dt.date) -> str:
    """A day for people, such as ``5 Oct``."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def month_name(day: dt.date) -> str:
    """The month of `day` for people, such as ``Oct 2026``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def days_name(days: Period) -> str:
    """Some days for people, such as ``5 Oct 2026`` or ``5 to 11 Oct 2026``."""
    last = f"{day_name(days.last)} {days.last.year}"
    if days.days == 1:
        return last
    if days.first.year != days.last.year:
        return f"{day_name(days.first)} {days.first.year} to {last}"
    if days.first.month != days.last.month:
        return f"{day_name(days.first)} to {last}"
    return f"{days.first.day} to {last}"


def bin_names(bins: Sequence[Period], unit: str) -> dict[int, str]:
    """Names for an axis along `bins`, by the index of the bin that each belongs to.

    Days are named at Mondays, weeks at the first of a month; of too many, only some.

    Args:
        bins: The bins, in order.
        unit: What a bin is: ``day`` or ``week``.
    """
    named: dict[int, str] = {}
    for number, days in enumerate(bins):
        name = _name(days.first, unit)
        if name is not None and name not in list(named.values())[-1:]:
            named[number] = name
    if not named and bins:
        named = {0: day_name(bins[0].first)}
    every = math.ceil(len(named) / _MOST_NAMES[unit])
    return dict(list(named.items())[::every] if every else [])


def _name(first: dt.date, unit: str) -> str | None:
    if unit == "day":
        return day_name(first) if first.weekday() == 0 else None
    return _MONTHS[first.month - 1] if first.day <= _WEEK else None
