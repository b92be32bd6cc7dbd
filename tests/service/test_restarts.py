"""Restarts that staff ask for, through files that path units wait for."""

import re
from pathlib import Path

import pytest

from kiosk.ports.restart import Restart
from kiosk.service.restarts import FILES, Restarts

SYSTEMD = Path(__file__).parents[2] / "systemd"


@pytest.mark.parametrize("what", Restart)
def test_a_restart_is_asked_for_by_a_file(tmp_path: Path, what: Restart) -> None:
    Restarts(tmp_path).ask(what)
    assert [path.name for path in tmp_path.iterdir()] == [FILES[what]]


@pytest.mark.parametrize("what", Restart)
def test_a_unit_waits_for_the_file_and_its_service_takes_it_away_first(what: Restart) -> None:
    file = f"%t/matside/{FILES[what]}"
    (path,) = (
        path for path in SYSTEMD.glob("*.path") if f"PathExists={file}\n" in path.read_text()
    )
    service = path.with_suffix(".service").read_text()
    first, second = re.findall(r"(?m)^ExecStart=(.*)$", service)
    assert first == f"/bin/rm -f {file}"
    assert second.startswith("/bin/systemctl --no-block ")


def test_the_station_has_no_right_to_restart_anything_itself() -> None:
    station = (SYSTEMD / "matside.service").read_text()
    assert "User=matside\n" in station
    assert "NoNewPrivileges=yes" in station
    for what in (Restart.STATION, Restart.MACHINE):
        assert f"matside-{FILES[what]}.path" in station


def test_a_runtime_directory_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="restart-station"):
        Restarts(tmp_path / "gone").ask(Restart.STATION)
