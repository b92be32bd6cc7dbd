"""Where updates are brought to: the folder that root looks into."""

from pathlib import Path

import pytest

from kiosk.main.staff import updates_of
from kiosk.settings.shapes import Settings, StationSection

#: A station whose sessions are to be somewhere else.
ELSEWHERE = "elsewhere"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(station=StationSection(data=str(tmp_path / ELSEWHERE)))


def test_the_appliance_takes_updates_where_root_looks_whatever_the_settings_name(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "matside"))
    assert updates_of(settings)().folder == tmp_path / "matside" / "updates"


def test_a_station_that_is_no_service_takes_them_in_its_data_directory(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    assert updates_of(settings)().folder == tmp_path / ELSEWHERE / "updates"
