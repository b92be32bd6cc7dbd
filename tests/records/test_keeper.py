"""The keeper: what it saves of a session, when, and what it logs."""

import datetime as dt
from contextlib import closing
from dataclasses import replace

import pytest

from kiosk.core.saved import save
from kiosk.core.session import Status, ledger_at
from kiosk.ports.panel import ButtonHealth
from kiosk.records.keeper import KeeperThread
from kiosk.records.store import read_sessions, reading
from kiosk.runner import Change
from tests.drivers.keeping import Gym, KeptMat, ended, running_in
from tests.drivers.past import BERLIN, days


def test_each_change_is_saved_when_it_happens(gym: Gym) -> None:
    mat = gym.switch_on()
    while not mat.endings:
        mat.press()
        mat.down()
        saved = save(mat.state, mat.now, mat.rules)
        assert running_in(mat) == (None if saved is None else (1, saved))
        mat.up()


def test_a_hold_is_never_more_than_five_seconds_ahead_of_what_is_saved(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press_until("settle")
    while mat.step_id != "switch":
        mat.wait(0.7)
        running = running_in(mat)
        assert running is not None
        held = ledger_at(mat.state, mat.now, mat.rules)
        assert held.right - running[1].ledger.right <= 5.001


def test_a_fast_station_saves_as_often_by_the_clock_on_the_wall(gym: Gym) -> None:
    mat = gym.switch_on(replace(gym.rules, speed=4))
    mat.press_until("settle")
    mat.wait(6)
    running = running_in(mat)
    assert running is not None
    assert 0 < (running[1].remaining or 0) - (mat.remaining or 0) <= 5 * 4


def test_nothing_is_running_in_attract_and_in_the_summary(gym: Gym) -> None:
    mat = gym.switch_on()
    assert running_in(mat) is None
    mat.press_until("stand-up")
    mat.press()
    assert mat.status is Status.SUMMARY
    assert running_in(mat) is None
    assert gym.switch_on().status is Status.ATTRACT
    assert ended(mat) == [(1, "finished", "stand-up")]


@pytest.mark.parametrize("hours", [-9.5, 7.0, -400_000.0])
def test_a_jump_of_the_wall_clock_during_a_session_does_nothing(gym: Gym, hours: float) -> None:
    if hours < -1000:
        gym.wall.jump(500_000)
    started = gym.wall.time
    mat = gym.switch_on()
    mat.press_until("straighten")
    mat.wait(4)
    state, patience = mat.state, mat.keeper.seconds_until_save()
    gym.wall.jump(hours)
    assert mat.keeper.seconds_until_save() == patience
    mat.wait(0.5)
    assert mat.state == state
    mat.press_until("stand-up")
    mat.press()
    (record,) = read_sessions(gym.directory)
    assert record.started == started.isoformat(timespec="seconds")
    assert record.ended == "finished"


def test_a_station_at_rest_wants_nothing_and_logs_nothing(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    mat.wait(100_000)
    assert mat.keeper.seconds_until_save() is None
    assert not caplog.records


def test_a_session_logs_its_start_and_its_end_and_nothing_else(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    mat.press_until("straighten")
    mat.hold()
    mat.press()
    mat.wait(5)
    mat.press_until("stand-up")
    mat.press()
    mat.wait(60)
    assert mat.status is Status.ATTRACT
    assert len(caplog.messages) == 2
    assert caplog.messages[0] == "session 1 started: psoas-release"
    assert caplog.messages[1].startswith("session 1 finished at stand-up: left ")


def test_a_short_session_whose_summary_is_left_by_holding_stays_finished(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press_until("stand-up")
    mat.press()
    mat.hold()
    assert mat.status is Status.ATTRACT
    assert ended(mat) == [(1, "finished", "stand-up")]
    assert running_in(mat) is None


def change_to_a_hold(mat: KeptMat) -> Change:
    """A change that a keeper in another thread has not heard of yet."""
    before = mat.state
    mat.press_until("settle")
    return Change(before, mat.state, mat.now, None, None)


def test_the_thread_writes_what_waits_before_it_ends(gym: Gym) -> None:
    mat = gym.switch_on()
    thread = KeeperThread(mat.keeper)
    other = gym.switch_on()
    thread(change_to_a_hold(other))
    thread.close()
    with closing(mat.stored()) as store:
        assert store.last_number() == 1


def test_the_thread_outlives_what_nobody_has_thought_of(
    gym: Gym, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    mat = gym.switch_on()
    note = mat.keeper.note
    failures = [ZeroDivisionError()]

    def note_badly(change: Change) -> None:
        if failures:
            raise failures.pop()
        note(change)

    monkeypatch.setattr(mat.keeper, "note", note_badly)
    thread = KeeperThread(mat.keeper)
    change = change_to_a_hold(gym.switch_on())
    thread(change)
    thread(change)
    thread.close()
    assert running_in(mat) is not None
    assert "the keeper failed, and goes on" in caplog.text


def test_what_happened_in_a_session_is_kept_with_it(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press()
    mat.choose(language="en")
    mat.press_until("settle")
    mat.hold(after=10)
    mat.press()
    mat.press_until("stand-up")
    mat.press()
    (session,) = read_sessions(gym.directory)
    story = mat.state.story
    assert story is not None
    assert session.step_seconds == story.reached
    assert session.place == len(mat.state.steps) - 1
    assert session.furthest == "stand-up"
    assert session.ready_after == story.ready_after
    assert session.weight_offs == ("settle",)
    assert (session.language, session.made_up) == ("en", 0)


def test_seconds_that_are_made_up_are_kept_with_the_session_that_lacked_them(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press_until("stand-up")
    mat.press()
    mat.press()
    mat.press_until("settle")
    mat.wait(10)
    mat.press_until("stand-up")
    mat.press()
    (session,) = read_sessions(gym.directory)
    assert session.made_up == pytest.approx(10, abs=10)
    assert (session.made_up or 0) > 5


def test_a_session_knows_its_day_and_hour_by_the_gyms_clock(gym: Gym) -> None:
    gym.wall.time = dt.datetime(2026, 7, 1, 0, 30, tzinfo=BERLIN)
    mat = gym.switch_on()
    mat.press()
    mat.hold()
    (session,) = read_sessions(gym.directory)
    assert session.started == "2026-06-30T22:30:00+00:00"
    assert (session.day, session.hour) == (days("2026-07-01"), 0)
    assert session.clock_known is True


def test_a_session_of_a_clock_that_is_not_set_has_neither_day_nor_hour(gym: Gym) -> None:
    gym.wall.known = False
    mat = gym.switch_on()
    mat.press()
    gym.wall.known = True
    mat.hold()
    (session,) = read_sessions(gym.directory)
    assert (session.day, session.hour, session.clock_known) == (None, None, False)


def button_sums(gym: Gym) -> list[tuple[int, ...]]:
    with reading(gym.directory) as db:
        return db.execute("SELECT * FROM button_sum ORDER BY day").fetchall()


def test_what_the_button_has_been_through_is_counted_once_however_often_it_is_told(
    gym: Gym,
) -> None:
    mat = gym.switch_on()
    mat.button = ButtonHealth(presses=5, glitches=1, bounces=(3, 0, 2))
    mat.press()
    mat.down()
    mat.up()
    mat.hold()
    today = days("2026-05-04")
    assert button_sums(gym) == [(today, 5, 1, 1, 2, 4)]
    mat.button = ButtonHealth(presses=9, glitches=1, bounces=(7, 0, 2))
    mat.press()
    mat.hold()
    assert button_sums(gym) == [(today, 9, 1, 1, 2, 4)]
    gym.wall.jump(24)
    mat.button = ButtonHealth(presses=10, glitches=3, bounces=(8, 0, 2))
    mat.keeper.close()
    assert button_sums(gym) == [(today, 9, 1, 1, 2, 4), (today + 1, 1, 0, 2, 0, 0)]


def test_what_the_button_has_been_through_waits_for_the_disk(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.button = ButtonHealth(presses=5)
    mat.press()
    mat.disk.problem = "the disk is full"
    mat.hold()
    mat.disk.problem = None
    mat.wait(31)
    assert button_sums(gym) == [(days("2026-05-04"), 5, 0, 0, 0, 0)]


def test_a_button_that_cannot_be_counted_at_the_end_is_told(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    mat.press()
    mat.hold()
    mat.button = ButtonHealth(presses=5)
    mat.disk.problem = "the disk is full"
    mat.keeper.close()
    assert caplog.messages[-1] == (
        "what the button has been through lately is lost: the disk is full"
    )
