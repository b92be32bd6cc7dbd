"""What the station tells other units through its runtime directory."""

import os
import stat
from pathlib import Path

import pytest

from kiosk.service.runtime import publish, runtime_directory
from kiosk.settings.address import from_here


def test_a_station_that_is_no_service_has_no_runtime_directory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("RUNTIME_DIRECTORY", raising=False)
    assert runtime_directory() is None
    monkeypatch.setenv("RUNTIME_DIRECTORY", "/run/matside:/run/other")
    assert runtime_directory() == Path("/run/matside")


def test_what_is_published_can_be_read_by_others_whatever_the_umask(tmp_path: Path) -> None:
    file = tmp_path / "screen"
    before = os.umask(0o077)
    try:
        publish(file, "on")
        publish(file, "off")
    finally:
        os.umask(before)
    assert file.read_text() == "off\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "::1"),
        ("192.168.1.5", "127.0.0.1"),
        ("fd00::5", "::1"),
        ("mat-1.local", "127.0.0.1"),
        ("localhost", "localhost"),
    ],
)
def test_the_kiosk_reaches_a_station_wherever_it_listens(host: str, here: str) -> None:
    assert from_here(host) == here
