"""Wrong tries: how long each makes the next one wait."""

import stat
from pathlib import Path

import pytest

from kiosk.staff.doorway import Doorway
from kiosk.staff.tries import TRIES_FILE, Tries, wait_after
from tests.drivers.clocks import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def wrong(tries: Tries, times: int, doorway: Doorway = Doorway.PANEL, pin: str = "one") -> None:
    for _ in range(times):
        tries.count_wrong(doorway, pin)


def test_two_wrong_tries_are_free_and_then_each_wait_is_twice_as_long() -> None:
    waits = [wait_after(number, Doorway.PANEL) for number in range(8)]
    assert waits == [0, 0, 0, 10, 20, 40, 80, 160]


def test_no_wait_is_longer_than_a_quarter_of_an_hour_at_the_panel_or_an_hour_elsewhere() -> None:
    assert wait_after(1000, Doorway.PANEL) == 15 * 60
    assert wait_after(1000, Doorway.NETWORK) == 60 * 60


def test_a_wait_goes_by(tmp_path: Path, clock: FakeClock) -> None:
    tries = Tries(tmp_path, clock)
    wrong(tries, 4)
    assert tries.wait(Doorway.PANEL, "one") == 20
    clock.advance(15)
    assert tries.wait(Doorway.PANEL, "one") == 5
    clock.advance(6)
    assert tries.wait(Doorway.PANEL, "one") == 0


def test_panel_and_network_are_counted_apart(tmp_path: Path, clock: FakeClock) -> None:
    tries = Tries(tmp_path, clock)
    wrong(tries, 5, Doorway.NETWORK)
    assert tries.wait(Doorway.PANEL, "one") == 0
    wrong(tries, 3, Doorway.PANEL)
    tries.forget(Doorway.NETWORK, "one")
    assert tries.wait(Doorway.NETWORK, "one") == 0
    assert tries.wait(Doorway.PANEL, "one") == 10


def test_a_wait_begins_anew_after_a_restart(tmp_path: Path, clock: FakeClock) -> None:
    wrong(Tries(tmp_path, clock), 5)
    clock.advance(39)
    later = Tries(tmp_path, clock)
    assert later.wait(Doorway.PANEL, "one") == 40
    clock.advance(40)
    wrong(later, 1)
    assert later.wait(Doorway.PANEL, "one") == 80


def test_another_pin_has_had_no_try_yet(tmp_path: Path, clock: FakeClock) -> None:
    tries = Tries(tmp_path, clock)
    wrong(tries, 9)
    assert tries.wait(Doorway.PANEL, "two") == 0
    wrong(tries, 1, pin="two")
    assert tries.wait(Doorway.PANEL, "two") == 0


def test_the_counts_are_on_the_disk_before_a_try_is_answered(
    tmp_path: Path, clock: FakeClock
) -> None:
    wrong(Tries(tmp_path / "data", clock), 1)
    path = tmp_path / "data" / TRIES_FILE
    assert path.read_text() == '{"pin":"one","panel":1,"network":0}'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_disk_that_cannot_be_written_is_told_once_and_forgives_nothing(
    tmp_path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    tries = Tries(tmp_path / "file", clock)
    wrong(tries, 4)
    assert tries.wait(Doorway.PANEL, "one") == 20
    assert caplog.text.count("until the next restart only") == 1


@pytest.mark.parametrize("content", ["", "{", '{"panel": -1}', '{"panel": "x"}'])
def test_a_damaged_file_is_told(
    tmp_path: Path, clock: FakeClock, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / TRIES_FILE).write_text(content)
    assert Tries(tmp_path, clock).wait(Doorway.PANEL, "one") == 0
    assert "counted anew" in caplog.text
