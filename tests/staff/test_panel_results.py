"""What staff found out in the panel test: kept with its date, also over a restart."""

import datetime as dt
import stat
from pathlib import Path

import pytest

from kiosk.staff.panel_test.results import (
    ASIDE,
    RESULTS_FILE,
    PanelResult,
    PanelResults,
    PanelTest,
    panel_finding,
)
from tests.drivers.clocks import WallClock

NOON = dt.datetime(2026, 5, 4, 12, 0, tzinfo=dt.UTC)


def result(*, passed: bool = True, hours: float = 0.0, known: bool = True) -> PanelResult:
    return PanelResult(passed, NOON + dt.timedelta(hours=hours), known)


def test_a_result_is_kept_with_its_date_over_a_restart(tmp_path: Path) -> None:
    wall = WallClock()
    PanelResults(tmp_path / "data", wall).keep(PanelTest.LIGHT, passed=True)
    wall.jump(24)
    later = PanelResults(tmp_path / "data", wall)
    later.keep(PanelTest.TOUCH, passed=False, text="5 of 40 fields felt no touch.")
    found = PanelResults(tmp_path / "data", wall).all()
    assert {test: each.passed for test, each in found.items()} == {
        PanelTest.LIGHT: True,
        PanelTest.TOUCH: False,
    }
    assert found[PanelTest.LIGHT].when == "2026-05-04 18:30"
    assert found[PanelTest.TOUCH].when == "2026-05-05 18:30"
    assert found[PanelTest.TOUCH].text.startswith("5 of 40")
    assert later.problem is None
    file = tmp_path / "data" / RESULTS_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_last_result_of_a_test_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    results = PanelResults(tmp_path, WallClock())
    results.keep(PanelTest.LIGHT, passed=False)
    results.keep(PanelTest.LIGHT, passed=True)
    assert [each.passed for each in results.all().values()] == [True]


def test_a_time_when_the_clock_was_not_set_is_not_told(tmp_path: Path) -> None:
    results = PanelResults(tmp_path, WallClock(known=False))
    results.keep(PanelTest.LIGHT, passed=True)
    assert results.all()[PanelTest.LIGHT].when == "when the clock was not set"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"gym": {"passed": true, "at": "2026-05-04T12:00:00Z", "known": true}}',
        '{"light": {"passed": "yes", "at": "2026-05-04T12:00:00Z", "known": true}}',
        '{"light": {"passed": true, "at": "2026-05-04T12:00:00", "known": true}}',
    ],
)
def test_a_damaged_file_is_told_and_put_aside(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / RESULTS_FILE).write_text(content)
    results = PanelResults(tmp_path, WallClock())
    assert results.all() == {}
    assert results.problem is not None
    assert "was damaged" in results.problem
    assert "was damaged" in caplog.text
    assert (tmp_path / ASIDE).read_text() == content
    results.keep(PanelTest.LIGHT, passed=True)
    assert results.problem is None
    assert PanelTest.LIGHT in PanelResults(tmp_path, WallClock()).all()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / RESULTS_FILE).mkdir()
    results = PanelResults(tmp_path, WallClock())
    assert results.all() == {}
    assert results.problem is not None
    assert "cannot be read" in results.problem


def test_a_disk_that_cannot_be_written_is_told_and_the_results_stay_meanwhile(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    results = PanelResults(tmp_path / "file", WallClock())
    results.keep(PanelTest.BUZZER, passed=True)
    assert results.all()[PanelTest.BUZZER].passed
    assert results.problem is not None
    assert "kept until the station restarts" in results.problem
    assert "kept until the station restarts" in caplog.text


def test_the_finding_tells_when_all_was_last_right() -> None:
    done = {PanelTest.LIGHT: result(), PanelTest.BUTTON: result(hours=2)}
    found = panel_finding(done, list(PanelTest))
    assert found.ok
    assert found.text == "2 of 6 parts work, last tested 2026-05-04 14:00"
    assert panel_finding({}, list(PanelTest)).text == "not done yet"


def test_the_finding_tells_what_did_not_work() -> None:
    done = {
        PanelTest.LIGHT: result(passed=False),
        PanelTest.BUZZER: result(passed=False, hours=1),
        PanelTest.TOUCH: result(hours=5),
    }
    found = panel_finding(done, list(PanelTest))
    assert not found.ok
    assert found.text.startswith("light, buzzer did not work, tested 2026-05-04 13:00.")


def test_a_part_that_the_station_does_not_have_any_more_is_left_out_of_the_finding() -> None:
    found = panel_finding({PanelTest.LIGHT: result(passed=False)}, [PanelTest.TOUCH])
    assert (found.ok, found.text) == (True, "not done yet")
