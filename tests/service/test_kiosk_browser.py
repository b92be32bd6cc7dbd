"""A kiosk's browser that no longer paints is started anew, and no other."""

from pathlib import Path

import pytest

from kiosk.service.kiosk_browser import KioskBrowser
from tests.drivers.clocks import FakeClock


class Kiosk:
    """The runtime directories of station and kiosk, as systemd makes them, and time."""

    def __init__(self, folder: Path) -> None:
        self.runtime = folder / "matside"
        self.runtime.mkdir()
        self.started = folder / "matside-kiosk" / "started"
        self.clock = FakeClock()
        self.browser = KioskBrowser(self.runtime, self.clock)

    def start(self, number: int = 1) -> None:
        self.started.parent.mkdir(exist_ok=True)
        self.started.write_text(f"{number}\n")

    def restarts(self, seconds: int, *, paints: bool = False, screen_on: bool = True) -> int:
        """Let seconds pass; how often in them the browser was to be started anew."""
        request = self.runtime / "restart-kiosk"
        count = 0
        for _ in range(seconds):
            self.clock.time += 1
            if paints:
                self.browser.painted()
            self.browser.restart_if_silent(screen_on=screen_on)
            if request.exists():
                request.unlink()  # as the unit that starts the browser anew does
                count += 1
        return count


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    return Kiosk(tmp_path)


def test_without_a_kiosk_no_restart_is_asked_for(kiosk: Kiosk) -> None:
    assert kiosk.restarts(1000) == 0


def test_a_page_that_paints_is_left_alone(kiosk: Kiosk) -> None:
    kiosk.start()
    assert kiosk.restarts(1000, paints=True) == 0


def test_a_browser_that_never_paints_is_started_anew_after_two_minutes(kiosk: Kiosk) -> None:
    kiosk.start()
    assert kiosk.restarts(120) == 0
    assert kiosk.restarts(1) == 1


def test_a_browser_that_stops_painting_is_started_anew_after_a_minute(kiosk: Kiosk) -> None:
    kiosk.start()
    assert kiosk.restarts(500, paints=True) == 0
    assert kiosk.restarts(59) == 0
    assert kiosk.restarts(1) == 1


def test_a_new_browser_has_its_two_minutes_again(kiosk: Kiosk) -> None:
    kiosk.start()
    assert kiosk.restarts(121) == 1
    kiosk.start(number=2)
    assert kiosk.restarts(120) == 0
    assert kiosk.restarts(1) == 1


def test_a_restart_is_not_asked_for_again_while_it_may_still_come(kiosk: Kiosk) -> None:
    kiosk.start()
    assert kiosk.restarts(121) == 1
    assert kiosk.restarts(119) == 0


def test_a_kiosk_that_was_stopped_is_no_longer_watched(kiosk: Kiosk) -> None:
    kiosk.start()
    kiosk.restarts(100, paints=True)
    kiosk.started.unlink()
    assert kiosk.restarts(1000) == 0


def test_a_station_that_starts_anew_gives_the_running_browser_time_to_come_back(
    kiosk: Kiosk,
) -> None:
    kiosk.start()
    kiosk.restarts(100, paints=True)
    kiosk.browser = KioskBrowser(kiosk.runtime, kiosk.clock)
    assert kiosk.restarts(30) == 0
    assert kiosk.restarts(1000, paints=True) == 0


def test_nothing_is_expected_of_a_screen_that_is_off_and_two_minutes_are_given_after_it(
    kiosk: Kiosk,
) -> None:
    kiosk.start()
    kiosk.restarts(100, paints=True)
    assert kiosk.restarts(36_000, screen_on=False) == 0
    assert kiosk.restarts(119) == 0
    assert kiosk.restarts(2) == 1


def test_a_runtime_directory_that_is_gone_is_said(kiosk: Kiosk) -> None:
    kiosk.start()
    kiosk.restarts(119)
    kiosk.runtime.rmdir()
    with pytest.raises(OSError, match="restart-kiosk"):
        kiosk.restarts(2)
