"""What a station reads once it is ready, and what follows if a file of it is wrong."""

import contextlib
import shutil
from pathlib import Path

import pytest

from kiosk.core.session import Status
from kiosk.library import shelf
from kiosk.main.setup import Setup, set_up
from kiosk.main.station import build
from kiosk.main.warming import read_all
from kiosk.settings.fallback import FoundSettings, Origin
from kiosk.settings.shapes import PanelSection, Settings, StationSection
from tests.drivers.clocks import FakeClock
from tests.drivers.shipped import ROUTINE_FILES


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Setup:
    """A set-up in which the file of one routine that comes along is damaged."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    for path in ROUTINE_FILES:
        shutil.copy(path, folder)
    (folder / "foot-ball.toml").write_text("place = 3\nid = 1\n", encoding="utf-8")
    monkeypatch.setattr(shelf, "SHIPPED_ROUTINES", folder)
    station = StationSection(data=str(tmp_path / "data"))
    settings = Settings(station=station, panel=PanelSection(hardware="mock"))
    return set_up(FoundSettings(settings, Origin.FILE, forgiving=True))


def test_a_damaged_routine_is_told_everywhere_and_offered_nowhere(setup: Setup) -> None:
    clock = FakeClock()
    assert setup.health.problems == ()
    with contextlib.ExitStack() as stack:
        station = build(setup, stack, clock)
        client = station.app.test_client()
        client.environ_base["HTTP_ORIGIN"] = "http://localhost"
        assert client.get("/healthz").json["status"] == "ok"  # type: ignore[index] # it has a body
        opened = station.streams.open()
        read_all(setup, station.streams)
        assert next(iter(opened)) is not None
        health = client.get("/healthz").json
        assert health is not None
        assert health["status"] == "degraded"
        (problem,) = health["setup"]["problems"]
        assert "foot-ball.toml: id: found 1" in problem
        assert 'class="banner"' in client.get("/").text
        clock.time += 1
        client.post("/api/button", json={"action": "press"})
        for page in range(3):
            assert client.post("/api/routines", json={"page": page}).status_code == 200
            assert station.runner.state.status is Status.CHOOSING
            assert 'data-value="foot-ball"' not in client.get("/").text
        refused = client.post("/api/choose", json={"routine": "foot-ball"})
        assert refused.status_code == 400
        assert refused.json is not None
        assert "foot-ball" not in refused.json["error"].partition("one of")[2]


def test_while_all_is_right_no_page_is_told_anything(tmp_path: Path) -> None:
    settings = Settings(
        station=StationSection(data=str(tmp_path)), panel=PanelSection(hardware="mock")
    )
    setup = set_up(FoundSettings(settings, Origin.FILE))
    with contextlib.ExitStack() as stack:
        station = build(setup, stack, FakeClock())
        refreshed: list[bool] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(station.streams, "refresh", lambda: refreshed.append(True))
            read_all(setup, station.streams)
        assert refreshed == []
        assert setup.health_now() == setup.health
