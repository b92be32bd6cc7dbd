"""The days that statistics are about."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.errors import PeriodError
from kiosk.statistics.period import LONGEST, Period

#: A Thursday.
TODAY = dt.date(2026, 11, 26)


def test_eight_weeks_begin_on_a_monday_and_end_today() -> None:
    assert Period.weeks_until(TODAY) == Period(dt.date(2026, 10, 5), TODAY)
    assert Period.weeks_until(dt.date(2026, 11, 23), 1).days == 1


def test_a_month_and_a_year_are_whole() -> None:
    assert Period.month_of(dt.date(2028, 2, 3)) == Period(dt.date(2028, 2, 1), dt.date(2028, 2, 29))
    assert Period.year_of(TODAY).days == 365


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodError, match="Exchange them"):
        Period(TODAY, TODAY - dt.timedelta(days=1))


def test_a_period_that_is_longer_than_a_year_is_refused() -> None:
    with pytest.raises(PeriodError, match=r"are 372 days\. Take 371 at most"):
        Period(TODAY - dt.timedelta(days=LONGEST), TODAY)


@pytest.mark.parametrize(
    ("period", "unit", "bins"),
    [
        (Period(TODAY, TODAY), "day", 1),
        (Period.weeks_until(TODAY), "day", 53),
        (Period.month_of(TODAY), "day", 30),
        (Period.year_of(TODAY), "week", 53),
    ],
)
def test_a_picture_has_as_many_bars_as_it_has_room_for(
    period: Period, unit: str, bins: int
) -> None:
    assert (period.unit, len(list(period.bins()))) == (unit, bins)


@settings(deadline=None)
@given(st.dates(dt.date(2020, 1, 1), dt.date(2080, 1, 1)), st.integers(0, LONGEST - 1))
def test_bins_are_in_order_and_leave_out_no_day(first: dt.date, more: int) -> None:
    period = Period(first, first + dt.timedelta(days=more))
    bins = list(period.bins())
    assert bins[0].first == period.first
    assert bins[-1].last == period.last
    for one, other in pairwise(bins):
        assert other.first - one.last == dt.timedelta(days=1)
        if period.unit == "week":
            assert other.first.weekday() == 0
    assert sum(one.days for one in bins) == period.days
