"""The screen goes off at night while nobody uses the station, and on at the first press."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from kiosk.core.moves import attract
from kiosk.core.session import Back, ButtonDown, ButtonUp, Rules, Source, Status, Timing
from kiosk.runner import Runner
from kiosk.service.caretaker import REST, Caretaker, ScreenPower
from kiosk.service.night import Night
from tests.drivers.clocks import FakeClock
from tests.drivers.threads import until

LATE, EARLY = time(22), time(6)


class Browser:
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.looks: list[bool] = []

    def restart_if_silent(self, *, screen_on: bool) -> None:
        self.looks.append(screen_on)


class Room:
    """A station's screen in a gym, and the clock on its wall."""

    def __init__(self, folder: Path, rules: Rules, off: Night | None) -> None:
        self.clock = FakeClock()
        self.wall: time | None = time(23)
        self.browser = Browser()
        self.file = folder / "screen"
        self.screen = ScreenPower(folder, off, lambda: self.wall)
        timing = Timing(repeat=0.0, after_advance=0.0)
        rules = replace(rules, timing=timing)
        self.runner = Runner(attract(self.clock.now(), rules), rules, self.clock)
        self.caretaker = Caretaker(self.screen, self.browser, self.clock)
        self.runner.listen(self.caretaker)

    def press(self) -> None:
        self.runner.post(ButtonDown(Source.PIN))
        self.runner.post(ButtonUp(Source.PIN))

    def says(self) -> str:
        return self.file.read_text() if self.file.exists() else ""

    def after(self, seconds: float) -> str:
        """What the file says when seconds have passed."""
        self.clock.time += seconds
        self.caretaker.update()
        return self.file.read_text()


@pytest.fixture
def room(tmp_path: Path, rules: Rules) -> Room:
    return Room(tmp_path, rules, Night(LATE, EARLY))


@pytest.mark.parametrize(
    ("moment", "dark"),
    [("21:59", False), ("22:00", True), ("00:00", True), ("05:59", True), ("06:00", False)],
)
def test_a_night_may_go_over_midnight(moment: str, *, dark: bool) -> None:
    assert Night(LATE, EARLY).covers(time.fromisoformat(moment)) is dark


@pytest.mark.parametrize(
    ("moment", "dark"), [("12:59", False), ("13:00", True), ("14:30", True), ("15:00", False)]
)
def test_a_night_may_be_within_a_day(moment: str, *, dark: bool) -> None:
    assert Night(time(13), time(15)).covers(time.fromisoformat(moment)) is dark


def test_the_screen_goes_off_at_night_when_nothing_has_happened_for_a_while(room: Room) -> None:
    assert room.after(0) == "on\n"
    assert room.after(REST - 1) == "on\n"
    assert room.after(1) == "off\n"
    assert room.browser.looks == [True, True, False]


def test_the_screen_is_on_by_day(room: Room) -> None:
    room.wall = time(21, 59)
    assert room.after(REST) == "on\n"
    room.wall = time(22)
    assert room.after(20) == "off\n"
    room.wall = time(6)
    assert room.after(20) == "on\n"


def test_the_screen_stays_on_where_nobody_knows_the_time(room: Room) -> None:
    room.wall = None
    assert room.after(36_000) == "on\n"


def test_the_screen_is_never_off_within_a_session(room: Room) -> None:
    room.press()
    assert room.runner.state.status is not Status.ATTRACT
    assert room.after(REST * 10) == "on\n"


def test_the_screen_has_its_rest_again_after_a_session(room: Room) -> None:
    room.press()
    room.clock.time += 300
    while room.runner.state.status is not Status.ATTRACT:
        room.runner.post(Back())
    assert room.after(REST - 1) == "on\n"
    assert room.after(1) == "off\n"


def test_a_press_wakes_the_screen_without_waiting_for_the_next_look(room: Room) -> None:
    room.clock.time += REST
    room.caretaker.start()
    assert until(lambda: room.says() == "off\n")
    room.press()
    assert until(lambda: room.says() == "on\n")
    room.caretaker.close()


def test_staff_at_the_panel_keep_the_screen_on_without_a_session(room: Room) -> None:
    room.clock.time += REST - 1
    room.caretaker.in_use()
    assert room.after(REST - 1) == "on\n"
    assert room.after(1) == "off\n"


def test_staff_at_the_panel_wake_the_screen(room: Room) -> None:
    room.clock.time += REST
    room.caretaker.start()
    assert until(lambda: room.says() == "off\n")
    room.caretaker.in_use()
    assert until(lambda: room.says() == "on\n")
    room.caretaker.close()


def test_a_press_at_the_moment_of_going_off_is_not_overlooked(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.clock.time += REST

    pressed: list[str] = []

    def wall() -> time:
        if not pressed:
            pressed.append(room.says())
            room.press()  # after the look has found the station resting
        return time(23)

    monkeypatch.setattr(room.screen, "_local_time", wall)
    room.caretaker.start()
    assert until(lambda: pressed and room.says() == "on\n")
    room.caretaker.close()


def test_without_a_night_the_screen_is_always_on(tmp_path: Path, rules: Rules) -> None:
    room = Room(tmp_path, rules, None)
    assert room.after(REST) == "on\n"


def test_a_screen_that_stays_as_it_is_is_not_written_again(room: Room) -> None:
    room.after(0)
    room.file.unlink()
    room.clock.time += 1
    room.caretaker.update()
    assert not room.file.exists()


def test_a_file_that_cannot_be_written_is_said_and_tried_again(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    room.file.mkdir()
    room.caretaker.update()
    assert "The screen cannot be looked after" in caplog.text
    room.file.rmdir()
    assert room.after(1) == "on\n"
