"""The outbox: an ended session is in it at the moment that its end is stored, until struck out."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.errors import StoreError
from kiosk.core.session import Rules
from kiosk.records.outbox import Outbox
from kiosk.records.store import FILE, Keeping, Store
from tests.drivers.keeping import Gym, in_a_hold
from tests.drivers.past import BERLIN, ended_session, released

KEEPING = Keeping(BERLIN, outbox=True)


def test_a_session_that_ends_waits_whole_until_it_is_struck_out(tmp_path: Path) -> None:
    with closing(Store(tmp_path, KEEPING)) as store:
        for number in (1, 2, 3):
            store.finish(ended_session(number))
        outbox = Outbox(tmp_path / FILE)
        first, second = outbox.oldest(2)
        assert [first.record, second.record] == [ended_session(1), ended_session(2)]
        assert first.id != second.id
        outbox.strike_out([first.id, second.id])
        assert [one.record.number for one in outbox.oldest(9)] == [3]
        assert [one.record.number for one in outbox.oldest(9, after=2)] == [3]
        assert outbox.oldest(9, after=3) == []
        assert outbox.count() == 1


def test_without_a_broker_nothing_is_put_in(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.finish(ended_session(1))
    assert Outbox(tmp_path / FILE).count() == 0


def test_a_session_that_goes_on_to_make_up_seconds_keeps_its_id(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / FILE)
    with closing(Store(tmp_path, KEEPING)) as store:
        store.finish(ended_session(1))
        (before,) = outbox.oldest(9)
        store.finish(replace(ended_session(1), right=120.0))
        (after,) = outbox.oldest(9)
    assert (after.id, after.record.right) == (before.id, 120.0)


def test_a_session_that_is_forgotten_is_still_sent(tmp_path: Path) -> None:
    with closing(Store(tmp_path, replace(KEEPING, sessions_days=1))) as store:
        for number in (1, 2):
            store.finish(ended_session(number, day=20_000 + 10 * number))
        assert [one.number for one in store.sessions()] == [2]
    assert [one.record.number for one in Outbox(tmp_path / FILE).oldest(9)] == [1, 2]


def test_a_session_that_a_power_cut_has_ended_is_sent_as_abandoned(
    tmp_path: Path, rules: Rules
) -> None:
    gym = Gym(tmp_path, rules)
    in_a_hold(gym.switch_on())
    with closing(Store(tmp_path, KEEPING)) as store:
        store.abandon_running()
    (waiting,) = Outbox(tmp_path / FILE).oldest(9)
    assert (waiting.record.ended, waiting.record.step) == ("abandoned", "straighten")
    gym.close()


def test_the_end_and_the_outbox_are_one_transaction(tmp_path: Path) -> None:
    with closing(Store(tmp_path, KEEPING)) as store:
        store.finish(ended_session(1))
        with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as db:
            db.execute(
                "CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(FAIL, 'full'); END"
            )
        with pytest.raises(StoreError, match="full"):
            store.finish(ended_session(2))
        assert [one.number for one in store.sessions()] == [1]


def test_a_released_database_gets_an_outbox_that_is_empty(tmp_path: Path) -> None:
    released(tmp_path)
    outbox = Outbox(tmp_path / FILE)
    with pytest.raises(StoreError, match="layout 1"):
        outbox.count()
    with closing(Store(tmp_path, KEEPING)) as store:
        assert outbox.count() == 0, "what ended before a broker was set stays here"
        store.abandon_running()
    assert [one.record.number for one in outbox.oldest(9)] == [10]


def test_without_a_database_the_outbox_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be used"):
        Outbox(tmp_path / FILE).oldest(1)
    assert not (tmp_path / FILE).exists()
