"""What the station tells systemd and the kiosk's browser when it is up."""

from pathlib import Path

import pytest

from kiosk.ports.panel import PanelHealth, PartStatus
from kiosk.service.duties import Service
from kiosk.settings.shapes import ScreenSection
from tests.drivers.clocks import FakeClock

WELL = PanelHealth("gpiod", PartStatus.OK, PartStatus.OK, PartStatus.OK)


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path / "matside"))
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    (tmp_path / "matside").mkdir()
    return tmp_path / "matside"


def come_up(address: str) -> None:
    Service(ScreenSection(), FakeClock()).ready(WELL, address)


def test_the_kiosks_browser_is_told_where_the_page_is(runtime: Path) -> None:
    come_up("http://127.0.0.1:8080/")
    assert (runtime / "address").read_text() == "http://127.0.0.1:8080/\n"


def test_it_goes_on_when_the_page_is_where_it_was(runtime: Path) -> None:
    for _ in range(2):
        come_up("http://127.0.0.1:8080/")
    assert not (runtime / "restart-kiosk").exists()


def test_it_is_started_anew_when_the_page_has_moved(runtime: Path) -> None:
    come_up("http://127.0.0.1:8080/")
    come_up("http://127.0.0.1:8081/")
    assert (runtime / "address").read_text() == "http://127.0.0.1:8081/\n"
    assert (runtime / "restart-kiosk").exists()
