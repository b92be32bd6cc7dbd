"""The sums: whatever is saved in which order, they are what somebody would count by hand."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core.ledger import Ledger
from kiosk.core.routine import Side
from kiosk.core.saved import Saved
from kiosk.core.session import Choices
from kiosk.records.record import ButtonUse, SessionRecord
from kiosk.records.store import FILE, Keeping, Store, read_sessions, reading
from tests.drivers.past import AUCKLAND, BERLIN, counted, days, stored_sums

MONDAY = days("2026-05-04")

SESSION = SessionRecord(
    number=1,
    started="2026-05-04T18:30:00+00:00",
    routine="psoas-release",
    side_seconds=120,
    left=120.0,
    right=120.0,
    ended="finished",
    step="stand-up",
    language="en",
    clock_known=True,
    day=MONDAY,
    hour=20,
    place=21,
    furthest="stand-up",
    ready_after=47.3,
    made_up=0.0,
    weight_offs=("settle", "settle", "squeeze"),
    step_seconds=(0.0, 3.4),
)

seconds = st.floats(0, 700, allow_nan=False).map(lambda value: round(value, 3))


@st.composite
def any_session(draw: st.DrawFn) -> SessionRecord:
    """A session as a station of this version, or of an earlier one, may have stored it."""
    number = draw(st.integers(1, 6))
    day = draw(st.sampled_from([None, MONDAY, MONDAY + 1]))
    told = draw(st.booleans())
    place = draw(st.integers(0, 3))
    return SessionRecord(
        number=number,
        # The number decides, since a session keeps the start that it was first stored with.
        started=f"2026-05-04T{number + 10}:30:00+00:00",
        routine=draw(st.sampled_from(["psoas-release", "figure-four"])),
        side_seconds=60,
        left=draw(seconds),
        right=draw(seconds),
        ended=draw(st.sampled_from([None, "finished", "stopped", "abandoned"])),
        step="check",
        language=draw(st.sampled_from([None, "en", "de"])),
        clock_known=None if day is None else True,
        day=day,
        hour=None if day is None else draw(st.integers(0, 23)),
        place=place if told else None,
        furthest=f"step-{place}" if told else None,
        ready_after=draw(seconds) if told else None,
        made_up=draw(seconds) if told else None,
        weight_offs=tuple(draw(st.lists(st.sampled_from(["a", "b"])))) if told else None,
        step_seconds=(0.0,) if told else None,
    )


SAVED = Saved(
    Choices("psoas-release", Side.RIGHT, 120, "en"), 8, "straighten", 17.9, Ledger(0.0, 13.2), {}
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sessions=st.lists(any_session(), max_size=12), abandoned=st.booleans())
def test_sums_are_what_somebody_would_count(
    tmp_path_factory: pytest.TempPathFactory, sessions: list[SessionRecord], *, abandoned: bool
) -> None:
    directory = tmp_path_factory.mktemp("gym")
    with closing(Store(directory, Keeping(BERLIN))) as store:
        for session in sessions:
            if session.ended is None:
                store.save_running(session, SAVED)
            else:
                store.finish(session)
        if abandoned:
            store.abandon_running()
        assert stored_sums(directory / FILE) == counted(store.sessions())
    for zone in (AUCKLAND, BERLIN):
        Store(directory, Keeping(zone)).close()
        assert stored_sums(directory / FILE) == counted(read_sessions(directory))


def test_a_session_that_makes_up_seconds_after_its_end_is_counted_once(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        store.finish(replace(SESSION, left=60.0))
        store.save_running(replace(SESSION, left=60.0, ended=None), SAVED)
        assert not any(stored_sums(tmp_path / FILE).values()), "it runs again"
        store.finish(replace(SESSION, made_up=60.0))
    sums = stored_sums(tmp_path / FILE)
    assert sums["day_sum"] == {(MONDAY, "finished"): 1}
    assert sums["even_sum"] == {(MONDAY, 0): 1}


def test_another_time_zone_places_all_sessions_anew(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        store.finish(SESSION)
    with closing(Store(tmp_path, Keeping(AUCKLAND))) as store:
        (session,) = store.sessions()
        assert (session.day, session.hour) == (MONDAY + 1, 6)
    assert stored_sums(tmp_path / FILE)["hour_sum"] == {(MONDAY + 1, 6): 1}


def test_a_session_of_an_unset_clock_is_counted_and_not_placed(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        store.finish(replace(SESSION, clock_known=False, day=None, hour=None))
    sums = stored_sums(tmp_path / FILE)
    assert sums["day_sum"] == {(-1, "finished"): 1}
    assert sums["hour_sum"] == {}
    assert sums["weight_off_sum"].total() == 3


def test_a_damaged_text_keeps_nobody_else_from_being_counted(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        store.finish(SESSION)
        store.finish(replace(SESSION, number=2))
        store._db.execute("UPDATE session SET weight_offs = 'zz', step_seconds = '{}'")
        assert [session.weight_offs for session in store.sessions()] == [None, None]
        assert [session.step_seconds for session in store.sessions()] == [None, None]
    Store(tmp_path, Keeping(AUCKLAND)).close()
    assert stored_sums(tmp_path / FILE)["day_sum"].total() == 2


def test_a_session_is_kept_by_itself_for_as_long_as_the_setting_says(tmp_path: Path) -> None:
    keeping = Keeping(BERLIN, sessions_days=30)
    with closing(Store(tmp_path, keeping)) as store:
        for number in range(1, 61):
            store.finish(replace(SESSION, number=number, day=MONDAY + number))
        assert {session.number for session in store.sessions()} == {*range(30, 61)}
        assert store.last_number() == 60
    assert stored_sums(tmp_path / FILE)["day_sum"].total() == 60, "the sums stay"
    Store(tmp_path, replace(keeping, zone=AUCKLAND)).close()
    sums = stored_sums(tmp_path / FILE)
    assert sums["day_sum"].total() == 60
    assert sums["day_sum"][MONDAY + 29, "finished"] == 1, "its session is gone, so it stays there"


def test_a_clock_that_is_years_ahead_forgets_no_more_than_a_few_sessions(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        for number in range(1, 101):
            store.finish(replace(SESSION, number=number))
        store.finish(replace(SESSION, number=101, day=MONDAY + 10_000))
        assert len(store.sessions()) == 81
        store.finish(replace(SESSION, number=102, day=None))
        assert len(store.sessions()) == 82


def test_sessions_of_an_unset_clock_go_with_those_around_them(tmp_path: Path) -> None:
    lost = replace(SESSION, clock_known=False, day=None, hour=None)
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        store.finish(lost)
        store.finish(replace(SESSION, number=2))
        store.finish(replace(lost, number=3))
        store.finish(replace(SESSION, number=4, day=MONDAY + 401))
        assert [session.number for session in store.sessions()] == [4, 3]


def test_many_sessions_of_an_unset_clock_keep_none_from_being_forgotten(tmp_path: Path) -> None:
    lost = replace(SESSION, clock_known=False, day=None, hour=None)
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        for number in range(1, 51):
            store.finish(replace(lost, number=number))
        store.finish(replace(SESSION, number=51))
        for number, kept in ((52, 32), (53, 13), (54, 3)):
            store.finish(replace(SESSION, number=number, day=MONDAY + 401))
            assert len(store.sessions()) == kept
        assert [session.number for session in store.sessions()] == [54, 53, 52]


def test_the_newest_session_stays_whatever_its_day_so_that_numbers_go_on(tmp_path: Path) -> None:
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        store.finish(replace(SESSION, number=2))
        store.finish(replace(SESSION, number=1, day=MONDAY + 1000))
        assert store.last_number() == 2


def test_sums_are_kept_for_as_long_as_the_setting_says(tmp_path: Path) -> None:
    keeping = Keeping(BERLIN, sessions_days=10, sums_days=20)
    with closing(Store(tmp_path, keeping)) as store:
        store.finish(replace(SESSION, number=1, day=None))
        for number in range(2, 61):
            store.finish(replace(SESSION, number=number, day=MONDAY + number))
    kept = {day for day, _ in stored_sums(tmp_path / FILE)["day_sum"]}
    assert kept == {-1, *range(MONDAY + 40, MONDAY + 61)}


def test_the_button_is_counted_by_day(tmp_path: Path) -> None:
    use = ButtonUse(presses=30, ignored=2, glitches=1, bounced=4, extra_edges=9)
    with closing(Store(tmp_path, Keeping(BERLIN))) as store:
        store.finish(SESSION, use)
        store.finish(replace(SESSION, number=2), use)
        store.finish(replace(SESSION, number=3, day=None), use)
        store.count_button(MONDAY + 1, replace(use, presses=1))
        store.count_button(MONDAY + 2, ButtonUse())
    with reading(tmp_path) as db:
        assert db.execute("SELECT * FROM button_sum ORDER BY day").fetchall() == [
            (-1, 30, 2, 1, 4, 9),
            (MONDAY, 60, 4, 2, 8, 18),
            (MONDAY + 1, 1, 2, 1, 4, 9),
        ]
