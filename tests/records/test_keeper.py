"""The keeper: the store always knows where the session stands, and nothing stops the session."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.errors import DamagedStoreError
from kiosk.core.routine import Side
from kiosk.core.saved import Saved, save
from kiosk.core.session import Rules, Status, ledger_at
from kiosk.records.keeper import RETRY_EVERY, KeeperThread
from kiosk.records.store import FILE, read_sessions
from kiosk.runner import Change
from tests.drivers.keeping import Gym, KeptMat


@pytest.fixture
def gym(tmp_path: Path, rules: Rules) -> Iterator[Gym]:
    gym = Gym(tmp_path, rules)
    yield gym
    gym.close()


@pytest.fixture(autouse=True)
def _log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def running_in(mat: KeptMat) -> tuple[int, Saved] | None:
    with closing(mat.stored()) as store:
        return store.running()


def ended(mat: KeptMat) -> list[tuple[int, str | None, str | None]]:
    """Number, end and step of every session, the first first."""
    records = reversed(read_sessions(mat.directory))
    return [(record.number, record.ended, record.step) for record in records]


# What the member may be in the middle of when the plug is pulled.
def in_a_hold(mat: KeptMat) -> None:
    mat.press_until("straighten")
    mat.wait(17)


def in_weight_off_for_long(mat: KeptMat) -> None:
    mat.press_until("straighten")
    mat.hold(after=17)
    mat.wait(170)


def getting_ready(mat: KeptMat) -> None:
    in_weight_off_for_long(mat)
    mat.press()
    mat.wait(3)
    assert mat.status is Status.READY


def asked_whether_still_there(mat: KeptMat) -> None:
    mat.press_until("switch")
    mat.wait(100)
    assert mat.status is Status.ASKING


def at_the_switch(mat: KeptMat) -> None:
    mat.press_until("switch")


def one_step_back(mat: KeptMat) -> None:
    mat.press_until("knee-out")
    mat.wait(8)
    mat.back()


def after_choosing(mat: KeptMat) -> None:
    mat.press()
    mat.press()
    mat.choose(side=Side.LEFT)
    mat.choose(seconds=60)
    mat.press_until("settle")


def with_the_button_down(mat: KeptMat) -> None:
    mat.press_until("knee-out")
    mat.wait(8)
    mat.down()
    mat.wait(1)


def making_up(mat: KeptMat) -> None:
    mat.press_until("stand-up")
    mat.press()
    mat.press()
    mat.wait(12)
    assert mat.state.make_up


MOMENTS = [
    in_a_hold,
    in_weight_off_for_long,
    getting_ready,
    asked_whether_still_there,
    at_the_switch,
    one_step_back,
    after_choosing,
    with_the_button_down,
    making_up,
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_offer_is_right_to_within_five_seconds(
    gym: Gym, moment: Callable[[KeptMat], None]
) -> None:
    mat = gym.switch_on()
    moment(mat)
    now = save(mat.state, mat.now, mat.rules)
    assert now is not None
    again = gym.switch_on()
    assert again.status is Status.RESUME
    assert (again.step_id, again.state.choices) == (now.step, now.choices)
    assert again.state.make_up == now.make_up
    late = (again.state.remaining or 0.0) - (now.remaining or 0.0)
    assert -0.001 <= late <= 5
    for side in Side:
        assert -0.001 <= now.ledger.of(side) - again.state.ledger.of(side) <= 5


@pytest.mark.parametrize(
    "moment", [in_weight_off_for_long, getting_ready, asked_whether_still_there, at_the_switch]
)
def test_what_stands_still_is_saved_to_the_instant_and_then_left_alone(
    gym: Gym, moment: Callable[[KeptMat], None]
) -> None:
    mat = gym.switch_on()
    moment(mat)
    assert running_in(mat) == (1, save(mat.state, mat.now, mat.rules))
    assert mat.keeper.patience() is None


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


def test_a_session_that_is_cut_off_twice_is_one_session(gym: Gym) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    again = gym.switch_on()
    again.press()
    again.wait(10)
    third = gym.switch_on()
    assert third.status is Status.RESUME
    assert third.remaining == pytest.approx(30 - 17 - 5, abs=10)
    assert (third.state.remaining or 0) < (again.state.remaining or 30)
    third.press()
    third.press_until("stand-up")
    third.press()
    assert ended(mat) == [(1, "finished", "stand-up")]


def test_the_plug_pulled_during_the_offer_changes_nothing(gym: Gym) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    first = gym.switch_on()
    first.wait(100)
    second = gym.switch_on()
    assert second.status is Status.RESUME
    assert (second.step_id, second.state.remaining) == (first.step_id, first.state.remaining)
    second.down()
    third = gym.switch_on()
    assert (third.status, third.state.remaining) == (Status.RESUME, first.state.remaining)


def test_an_offer_that_is_not_taken_is_an_abandoned_session(gym: Gym) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    again = gym.switch_on()
    again.wait(180)
    assert again.status is Status.ATTRACT
    assert ended(mat) == [(1, "abandoned", "straighten")]
    assert gym.switch_on().status is Status.ATTRACT
    again.press()
    assert ended(mat) == [(1, "abandoned", "straighten"), (2, None, "check")]


def test_a_session_that_is_cut_off_before_anything_is_on_is_over(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    mat.press_until("find-spot")
    assert gym.switch_on().status is Status.ATTRACT
    assert ended(mat) == [(1, "abandoned", "find-spot")]
    assert "session 1 was cut off at find-spot and is over" in caplog.text


def test_a_session_of_a_routine_that_has_changed_since_is_over(gym: Gym) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    routine = gym.rules.routines["psoas-release"]
    shorter = replace(routine, prepare=routine.prepare[1:])
    again = gym.switch_on(replace(gym.rules, routines={"psoas-release": shorter}))
    assert again.status is Status.ATTRACT
    (record,) = read_sessions(gym.directory)
    assert (record.ended, record.step) == ("abandoned", "straighten")
    assert record.right == pytest.approx(mat.held[1], abs=5)


def test_a_finish_that_weight_off_takes_back_goes_on(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press_until("stand-up")
    mat.hold()
    assert (mat.status, mat.step_id) == (Status.PAUSED, "stand-up")
    assert ended(mat) == [(1, None, "stand-up")]
    assert gym.switch_on().status is Status.RESUME


@pytest.mark.parametrize("hours", [-9.5, 7.0, -400_000.0])
def test_a_jump_of_the_wall_clock_during_a_session_does_nothing(gym: Gym, hours: float) -> None:
    if hours < -1000:
        gym.wall.jump(500_000)
    started = gym.wall.time
    mat = gym.switch_on()
    mat.press_until("straighten")
    mat.wait(4)
    state, patience = mat.state, mat.keeper.patience()
    gym.wall.jump(hours)
    assert mat.keeper.patience() == patience
    mat.wait(0.5)
    assert mat.state == state
    mat.press_until("stand-up")
    mat.press()
    (record,) = read_sessions(gym.directory)
    assert record.started == started.isoformat(timespec="seconds")
    assert record.ended == "finished"


def test_a_wall_clock_that_is_back_after_a_power_cut_reorders_nothing(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press()
    mat.hold()
    gym.wall.jump(-24 * 365 * 30)
    again = gym.switch_on()
    again.press()
    again.hold()
    first, second = reversed(read_sessions(gym.directory))
    assert (first.number, second.number) == (1, 2)
    assert first.started > second.started


def test_a_disk_that_fails_during_a_session_does_not_touch_the_session(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    mat.disk.problem = "the disk is full"
    mat.press_until("squeeze")
    mat.wait(130)
    assert mat.status is Status.ASKING
    assert mat.keeper.problem == "the disk is full"
    assert mat.healths == ["the disk is full"]
    assert mat.disk.tries > 10
    errors = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.message for record in errors] == [
        "sessions are not being saved: the disk is full"
    ]


def test_what_has_ended_meanwhile_is_written_once_there_is_room_again(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    in_a_hold(mat)
    mat.disk.problem = "the disk is full"
    mat.press_until("stand-up")
    mat.press()
    mat.wait(60)
    mat.press()
    mat.hold()
    assert ended(mat) == [(1, None, "straighten")]
    mat.disk.problem = None
    mat.wait(RETRY_EVERY + 1)
    assert ended(mat) == [(1, "finished", "stand-up"), (2, "stopped", "check")]
    assert mat.keeper.problem is None
    assert mat.healths == ["the disk is full", None]
    assert mat.keeper.patience() is None
    assert caplog.messages[-1] == "sessions are being saved again; the last is session 2"


def test_a_session_that_runs_when_there_is_room_again_is_saved_from_then_on(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press_until("lie-down")
    mat.disk.problem = "the disk is full"
    mat.press_until("settle")
    mat.disk.problem = None
    mat.press()
    assert running_in(mat) == (1, save(mat.state, mat.now, mat.rules))


def test_a_station_whose_disk_fails_from_the_start_runs_and_saves_later(gym: Gym) -> None:
    first = gym.switch_on()
    first.press()
    first.hold()
    in_a_hold(first)
    mat = gym.switch_on(problem="the disk is read-only")
    assert mat.status is Status.ATTRACT
    assert mat.keeper.problem == "the disk is read-only"
    in_a_hold(mat)
    mat.disk.problem = None
    mat.wait(RETRY_EVERY + 1)
    # The one that was cut off is not lost, and the new one has not taken its number.
    assert ended(mat) == [
        (1, "stopped", "check"),
        (2, "abandoned", "straighten"),
        (3, None, "knee-out"),
    ]


def test_a_database_that_is_damaged_during_a_session_is_set_aside_and_the_session_saved(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    mat.press()
    mat.hold()
    in_a_hold(mat)
    gym.close()
    (gym.directory / FILE).write_bytes(b"this is no database" * 1000)
    mat.disk.problem, mat.disk.error = "the database is damaged", DamagedStoreError
    mat.press()
    mat.disk.problem = None
    mat.press_until("stand-up")
    mat.press()
    assert ended(mat) == [(2, "finished", "stand-up")]
    assert len(list(gym.directory.glob("*.damaged-*"))) == 1
    assert "set aside as" in caplog.text


def test_a_disk_that_fails_at_rest_is_tried_again_twice_a_minute(gym: Gym) -> None:
    mat = gym.switch_on(problem="the disk is read-only")
    mat.wait(601)
    assert mat.disk.tries == 21


def test_a_station_at_rest_wants_nothing_and_logs_nothing(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on()
    mat.wait(100_000)
    assert mat.keeper.patience() is None
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


def test_what_waits_for_the_disk_when_the_station_stops_is_said_to_be_lost(
    gym: Gym, caplog: pytest.LogCaptureFixture
) -> None:
    mat = gym.switch_on(problem="the disk is read-only")
    mat.press()
    mat.hold()
    mat.keeper.close()
    assert caplog.messages[-1] == "sessions that could not be saved, and are lost: 1"


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
    take = mat.keeper.take
    failures = [ZeroDivisionError()]

    def take_badly(change: Change) -> None:
        if failures:
            raise failures.pop()
        take(change)

    monkeypatch.setattr(mat.keeper, "take", take_badly)
    thread = KeeperThread(mat.keeper)
    change = change_to_a_hold(gym.switch_on())
    thread(change)
    thread(change)
    thread.close()
    assert running_in(mat) is not None
    assert "the keeper failed, and goes on" in caplog.text


def test_a_short_session_whose_summary_is_left_by_holding_stays_finished(gym: Gym) -> None:
    mat = gym.switch_on()
    mat.press_until("stand-up")
    mat.press()
    mat.hold()
    assert mat.status is Status.ATTRACT
    assert ended(mat) == [(1, "finished", "stand-up")]
    assert running_in(mat) is None
