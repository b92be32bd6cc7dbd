"""Days and hours: where a session stands in the gym's calendar."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.ports.clock import WallTime
from kiosk.records.placing import date_of, day_number, slot_now, slot_of
from tests.drivers.past import AUCKLAND, BERLIN

ZONES = [BERLIN, AUCKLAND, ZoneInfo("UTC"), ZoneInfo("America/St_Johns"), ZoneInfo("Asia/Kolkata")]


@pytest.mark.parametrize(
    ("started", "date", "hour"),
    [
        pytest.param("2026-03-29T00:30:00+00:00", "2026-03-29", 1, id="before the spring's jump"),
        pytest.param("2026-03-29T01:30:00+00:00", "2026-03-29", 3, id="after the spring's jump"),
        pytest.param("2026-10-25T00:30:00+00:00", "2026-10-25", 2, id="the hour that comes twice"),
        pytest.param("2026-10-25T01:30:00+00:00", "2026-10-25", 2, id="the same hour again"),
        pytest.param("2026-12-31T23:30:00+00:00", "2027-01-01", 0, id="another year already"),
        pytest.param("2026-05-04T18:30:00", "2026-05-04", 20, id="no zone means UTC"),
    ],
)
def test_a_session_stands_where_the_clock_on_the_gyms_wall_was(
    started: str, date: str, hour: int
) -> None:
    slot = slot_of(started, BERLIN, known=True)
    assert slot is not None
    assert (date_of(slot.day).isoformat(), slot.hour) == (date, hour)


@pytest.mark.parametrize(
    ("started", "known"),
    [
        pytest.param("2026-05-04T18:30:00+00:00", False, id="the clock was not set"),
        pytest.param("1970-01-01T00:04:00+00:00", None, id="of an earlier version, in 1970"),
        pytest.param("2024-12-31T23:59:59+00:00", None, id="before there was a Matside"),
        pytest.param("once upon a time", True, id="damaged"),
        pytest.param("0001-01-01T00:00:00+00:00", True, id="before the calendar begins"),
    ],
)
def test_a_session_of_a_time_that_nobody_knows_stands_nowhere(
    started: str, *, known: bool | None
) -> None:
    assert slot_of(started, ZoneInfo("America/New_York"), known=known) is None


def test_the_clock_of_an_earlier_version_is_believed_if_it_can_be_right() -> None:
    assert slot_of("2026-05-04T18:30:00+00:00", BERLIN, known=None) is not None


FIRST = dt.datetime(2025, 1, 2, tzinfo=dt.UTC)
moments = st.integers(0, 75 * 365 * 86_400).map(lambda s: FIRST + dt.timedelta(seconds=s))


@settings(deadline=None)
@given(moments, st.sampled_from(ZONES))
def test_what_is_placed_when_it_begins_is_placed_alike_when_it_is_read(
    moment: dt.datetime, zone: ZoneInfo
) -> None:
    now = slot_now(WallTime(moment.astimezone(zone), known=True))
    assert now == slot_of(moment.isoformat(timespec="seconds"), zone, known=True)


@settings(deadline=None)
@given(moments, st.sampled_from(ZONES))
def test_an_hour_later_is_never_an_earlier_day(moment: dt.datetime, zone: ZoneInfo) -> None:
    first = slot_of(moment.isoformat(), zone, known=True)
    later = slot_of((moment + dt.timedelta(hours=1)).isoformat(), zone, known=True)
    assert first is not None
    assert later is not None
    assert later.day - first.day in (0, 1)
    assert 0 <= first.hour <= 23


@settings(deadline=None)
@given(st.dates(dt.date(1970, 1, 1), dt.date(2200, 1, 1)))
def test_days_are_counted_from_1970_and_seven_of_them_are_a_week(date: dt.date) -> None:
    day = day_number(date)
    assert date_of(day) == date
    # 1970-01-01 was a Thursday, whose number is 3 if Monday's is 0.
    assert (day + 3) % 7 == date.weekday()


def test_nothing_is_placed_by_a_clock_that_is_not_known() -> None:
    wall = WallTime(dt.datetime(2026, 5, 4, tzinfo=BERLIN), known=False)
    assert slot_now(wall) is None
