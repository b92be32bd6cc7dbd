"""Whether the time of day can be trusted."""

from pathlib import Path

import pytest

from kiosk.wall_clock import has_battery, is_trusted


@pytest.mark.parametrize(
    ("heard_from_server", "battery", "known"),
    [
        (True, None, True),
        (False, None, False),
        (False, "17\n", False),
        (False, "?", False),
        (False, "1764051000\n", True),
    ],
)
def test_the_time_is_known_from_a_server_or_from_a_battery(
    tmp_path: Path, *, heard_from_server: bool, battery: str | None, known: bool
) -> None:
    if heard_from_server:
        synchronized = tmp_path / "run/systemd/timesync/synchronized"
        synchronized.parent.mkdir(parents=True)
        synchronized.touch()
    if battery is not None:
        clock = tmp_path / "sys/class/rtc/rtc0/since_epoch"
        clock.parent.mkdir(parents=True)
        clock.write_text(battery)
    assert is_trusted(tmp_path) is known


def test_a_battery_clock_that_has_lost_its_time_is_none(tmp_path: Path) -> None:
    assert not has_battery(tmp_path)
