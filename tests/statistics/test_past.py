"""Statistics tell what the sessions say, counted one by one."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core.errors import StoreError
from kiosk.records.placing import day_number
from kiosk.records.record import ButtonUse, SessionRecord
from kiosk.records.store import FILE, Keeping, Store
from kiosk.statistics.past import Past
from kiosk.statistics.period import Period
from kiosk.statistics.shapes import Chosen, FunnelStep, Statistics, StepCount
from tests.drivers.clocks import WallClock
from tests.drivers.past import BERLIN, released

#: A Thursday.
TODAY = dt.date(2026, 11, 26)
WEEKS = Period.weeks_until(TODAY)

SESSION = SessionRecord(
    number=1,
    started="2026-11-26T18:30:00+00:00",
    routine="psoas-release",
    side_seconds=120,
    left=120.0,
    right=120.0,
    ended="finished",
    step="stand-up",
    language="en",
    clock_known=True,
    day=day_number(TODAY),
    hour=19,
    place=3,
    furthest="stand-up",
    ready_after=47.0,
    made_up=0.0,
    weight_offs=(),
    step_seconds=(0.0,),
)
UNPLACED = replace(SESSION, day=None, hour=None, clock_known=False)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        yield store


YEAR = Period.year_of(TODAY)


def told(directory: Path, period: Period = WEEKS) -> Statistics:
    return past(directory).statistics(period)


def past(directory: Path) -> Past:
    return Past(directory, WallClock(dt.datetime(2026, 11, 26, 0, 30, tzinfo=BERLIN)))


@pytest.mark.usefixtures("store")
def test_a_station_that_has_had_no_session_says_so_in_every_figure(tmp_path: Path) -> None:
    nothing = told(tmp_path)
    assert (nothing.sessions, nothing.unplaced, nothing.funnel) == (0, 0, None)
    assert nothing.weight_offs.per_hundred is None
    assert nothing.first_day is None
    assert nothing.hours.most == 0


def test_every_day_of_the_period_is_told_also_those_without_a_session(
    store: Store, tmp_path: Path
) -> None:
    store.finish(SESSION)
    store.finish(replace(SESSION, number=2, ended="stopped"))
    store.finish(replace(SESSION, number=3, day=day_number(WEEKS.first) - 1))
    ended = told(tmp_path).ended
    assert len(ended) == 53
    assert (ended[-1].finished, ended[-1].stopped, ended[-1].abandoned) == (1, 1, 0)
    assert sum(day.total for day in ended[:-1]) == 0


def test_hours_are_told_by_the_day_of_the_week(store: Store, tmp_path: Path) -> None:
    store.finish(SESSION)
    store.finish(replace(SESSION, number=2, day=day_number(TODAY) - 7))
    hours = told(tmp_path).hours
    assert hours.sessions[TODAY.weekday()][19] == 2
    assert sum(map(sum, hours.sessions)) == hours.most == 2


def test_the_funnel_has_all_steps_and_counts_who_came_as_far_or_farther(
    store: Store, tmp_path: Path
) -> None:
    for number, (place, step) in enumerate([(0, "check"), (3, "settle"), (3, "settle")], start=1):
        store.finish(replace(SESSION, number=number, place=place, furthest=step))
    store.finish(replace(SESSION, number=4, routine="figure-four", place=9))
    funnel = told(tmp_path).funnel
    assert funnel is not None
    assert (funnel.routine, funnel.sessions) == ("psoas-release", 3)
    assert funnel.steps == (
        FunnelStep(0, "check", 3),
        FunnelStep(1, None, 2),
        FunnelStep(2, None, 2),
        FunnelStep(3, "settle", 2),
    )
    other = past(tmp_path).statistics(WEEKS, "figure-four").funnel
    assert other is not None
    assert other.sessions == 1
    unknown = past(tmp_path).statistics(WEEKS, "yoga").funnel
    assert unknown is not None
    assert (unknown.sessions, unknown.steps) == (0, ())


def test_a_place_whose_step_has_changed_has_the_name_that_most_sessions_knew(
    store: Store, tmp_path: Path
) -> None:
    for number, step in enumerate(["old", "new", "new"], start=1):
        store.finish(replace(SESSION, number=number, place=0, furthest=step))
    funnel = told(tmp_path).funnel
    assert funnel is not None
    assert funnel.steps == (FunnelStep(0, "new", 3),)


def test_evenness_is_told_of_finished_sessions(store: Store, tmp_path: Path) -> None:
    sides = [(120, 120), (120, 116), (100, 120), (60, 120), (120, 100), (120, 10), (120, 30)]
    for number, (left, right) in enumerate(sides, start=1):
        store.finish(replace(SESSION, number=number, left=float(left), right=float(right)))
    store.finish(replace(SESSION, number=9, left=0.0, ended="stopped"))
    evenness = told(tmp_path).evenness
    assert evenness.counts == (1, 1, 2, 1, 2)
    assert evenness.sessions == 7
    assert evenness.left_seconds == sum(left for left, _ in sides)
    assert evenness.right_seconds == sum(right for _, right in sides)


def test_weight_offs_are_told_in_a_hundred_sessions_of_which_it_is_known(
    store: Store, tmp_path: Path
) -> None:
    store.finish(replace(SESSION, weight_offs=("settle", "squeeze", "settle")))
    for number in range(2, 12):
        store.finish(replace(SESSION, number=number))
    store.finish(replace(SESSION, number=12, weight_offs=None))
    told_of = told(tmp_path).weight_offs
    assert (told_of.sessions, told_of.times) == (11, 3)
    assert told_of.per_hundred == pytest.approx(300 / 11)
    assert told_of.steps == (
        StepCount("psoas-release", "settle", 2),
        StepCount("psoas-release", "squeeze", 1),
    )


def test_made_up_seconds_are_told_with_their_days(store: Store, tmp_path: Path) -> None:
    store.finish(replace(SESSION, made_up=41.6))
    store.finish(replace(SESSION, number=2))
    last = told(tmp_path).made_up[-1]
    assert (last.sessions, last.seconds) == (1, 42)


def test_getting_ready_is_told_by_its_median(store: Store, tmp_path: Path) -> None:
    for number, seconds in enumerate([12, 20, 47, 250, 1000], start=1):
        store.finish(replace(SESSION, number=number, ready_after=float(seconds)))
    store.finish(replace(SESSION, number=6, routine="figure-four", ready_after=None))
    (ready,) = told(tmp_path).ready
    assert (ready.routine, ready.sessions) == ("psoas-release", 5)
    assert 45 <= ready.median <= 50
    assert ready.quarter < ready.median < ready.three_quarters <= 600


def test_choices_are_told_the_most_frequent_first(store: Store, tmp_path: Path) -> None:
    for number, (routine, language) in enumerate(
        [("figure-four", "de"), ("psoas-release", "en"), ("psoas-release", "de")], start=1
    ):
        store.finish(replace(SESSION, number=number, routine=routine, language=language))
    statistics = told(tmp_path)
    assert statistics.routines == (Chosen("psoas-release", 2), Chosen("figure-four", 1))
    assert statistics.languages == (Chosen("de", 2), Chosen("en", 1))


def test_the_button_is_told_by_day(store: Store, tmp_path: Path) -> None:
    store.finish(SESSION, ButtonUse(30, 2, 1, 4, 9))
    last = told(tmp_path).button[-1]
    assert (last.presses, last.ignored, last.glitches) == (30, 2, 1)
    assert (last.bounced, last.extra_edges) == (4, 9)


def test_sessions_of_an_unset_clock_are_counted_apart(store: Store, tmp_path: Path) -> None:
    store.finish(UNPLACED)
    store.finish(replace(SESSION, number=2))
    for period in (WEEKS, YEAR):
        statistics = told(tmp_path, period)
        assert (statistics.sessions, statistics.unplaced) == (1, 1)
        assert statistics.first_day == TODAY


def test_a_session_that_is_under_way_is_in_nothing(store: Store, tmp_path: Path) -> None:
    store.finish(SESSION)
    store.finish(replace(SESSION, ended=None))
    statistics = told(tmp_path)
    assert (statistics.sessions, statistics.first_day) == (0, None)
    assert statistics.weight_offs.sessions == 0
    assert statistics.routines == ()
    assert statistics.ready == ()
    assert statistics.funnel is None


def test_sums_of_sessions_that_are_gone_are_told(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Keeping(BERLIN, sessions_days=5))) as store:
        for number in range(1, 41):
            store.finish(replace(SESSION, number=number, day=day_number(TODAY) - 40 + number))
    assert told(tmp_path).sessions == 40


def test_a_database_of_an_earlier_version_is_explained(tmp_path: Path) -> None:
    released(tmp_path)
    with pytest.raises(StoreError, match="kept no sums"):
        told(tmp_path)


def test_reading_changes_nothing_and_waits_for_no_session(store: Store, tmp_path: Path) -> None:
    store.finish(SESSION)
    store._db.execute("BEGIN IMMEDIATE")
    before = (tmp_path / FILE).read_bytes()
    assert told(tmp_path).sessions == 1
    store._db.execute("COMMIT")
    assert (tmp_path / FILE).read_bytes() == before


def test_today_is_the_gyms_day(tmp_path: Path) -> None:
    assert past(tmp_path).today() == TODAY


def test_the_sessions_of_a_period_are_exported(store: Store, tmp_path: Path) -> None:
    store.finish(UNPLACED)
    store.finish(replace(SESSION, number=2))
    store.finish(replace(SESSION, number=3, day=day_number(WEEKS.first) - 1))
    first, second = past(tmp_path).as_csv(WEEKS)
    assert first.startswith("\ufeffnumber,")
    assert second.startswith("2,")
    assert [one["number"] for one in json.loads("".join(past(tmp_path).as_json(WEEKS)))] == [2]


days = st.integers(0, 70).map(lambda back: day_number(TODAY) - back)


@st.composite
def any_session(draw: st.DrawFn) -> SessionRecord:
    placed = draw(st.booleans())
    return replace(
        SESSION if placed else UNPLACED,
        day=draw(days) if placed else None,
        hour=draw(st.integers(0, 23)) if placed else None,
        ended=draw(st.sampled_from(["finished", "stopped", "abandoned"])),
        place=draw(st.one_of(st.none(), st.integers(0, 4))),
        weight_offs=draw(st.one_of(st.none(), st.just(("settle",)))),
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(any_session(), max_size=25))
def test_all_figures_agree_with_the_sessions(
    tmp_path_factory: pytest.TempPathFactory, sessions: list[SessionRecord]
) -> None:
    directory = tmp_path_factory.mktemp("gym")
    with closing(Store(directory, Keeping(BERLIN))) as store:
        for number, session in enumerate(sessions, start=1):
            store.finish(replace(session, number=number))
    first, last = day_number(WEEKS.first), day_number(WEEKS.last)
    within = [one for one in sessions if one.day is not None and first <= one.day <= last]
    statistics = told(directory)
    assert statistics.sessions == len(within)
    assert statistics.unplaced == sum(one.day is None for one in sessions)
    assert sum(map(sum, statistics.hours.sessions)) == len(within)
    assert (
        sum(day.finished for day in statistics.ended)
        == Counter(one.ended for one in within)["finished"]
    )
    assert statistics.weight_offs.sessions == sum(one.weight_offs is not None for one in within)
    assert statistics.weight_offs.times == sum(len(one.weight_offs or ()) for one in within)
    assert sum(one.sessions for one in statistics.routines) == len(within)
    funnel = statistics.funnel
    reached = [] if funnel is None else [step.reached for step in funnel.steps]
    assert reached == sorted(reached, reverse=True)
    assert (reached or [0])[0] == sum(one.place is not None for one in within)
    placed = [one for one in sessions if one.day is not None]
    assert told(directory, YEAR).sessions == len(placed)
