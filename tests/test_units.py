"""The units: systemd understands every line, and the station's is shut in as it should be."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

SYSTEMD = Path(__file__).parent.parent / "systemd"
UNITS = sorted([*SYSTEMD.glob("*.service"), *SYSTEMD.glob("*.path")])
#: What `systemd-analyze security` may find open, in tenths: the network's part, the chip's, the
#: notify socket's.
MOST_EXPOSED = 13

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd-analyze: apt-get install systemd"
)


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units as installed, but for commands that are only there once it is."""
    copies = []
    for unit in UNITS:
        text = re.sub(r"(/usr/lib/matside/|/usr/bin/cage)\S*", "/bin/true", unit.read_text())
        copies.append(tmp_path / unit.name)
        copies[-1].write_text(text)
    return copies


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_systemd_has_nothing_to_say_about_the_units(units: list[Path]) -> None:
    done = analyze("verify", *units)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_systemd_finds_a_word_that_it_does_not_know(units: list[Path]) -> None:
    units[0].write_text(units[0].read_text() + "\n[Unit]\nWhatever=1\n")
    assert "Whatever" in analyze("verify", *units).stderr


def test_the_station_is_shut_in(units: list[Path]) -> None:
    (station,) = (unit for unit in units if unit.name == "matside.service")
    done = analyze("security", "--offline=yes", f"--threshold={MOST_EXPOSED}", station)
    assert done.returncode == 0, done.stdout


def test_no_unit_waits_for_a_network() -> None:
    for unit in UNITS:
        assert "network" not in re.sub(r"(?m)^#.*", "", unit.read_text()).lower(), unit.name


@pytest.mark.parametrize("name", ["matside.service", "matside-kiosk.service"])
def test_nothing_ends_the_restarting(name: str) -> None:
    text = (SYSTEMD / name).read_text()
    assert "Restart=always" in text
    assert "StartLimitIntervalSec=0" in text


def test_the_browser_keeps_its_devices_and_its_sessions_directory() -> None:
    text = re.sub(r"(?m)^#.*", "", (SYSTEMD / "matside-kiosk.service").read_text())
    for closes in ("ProtectHome=", "ProtectClock=", "PrivateDevices=", "DevicePolicy="):
        assert closes not in text


def test_the_browser_starts_once_the_station_is_ready_and_stays_when_it_starts_anew() -> None:
    text = (SYSTEMD / "matside-kiosk.service").read_text()
    assert re.search(r"(?m)^After=.*matside\.service", text)
    for ties in ("Requires=", "BindsTo=", "PartOf="):
        assert ties not in text


def test_a_station_that_hung_is_ended_at_once() -> None:
    # Any other signal wakes a process that was stopped, and lets its ticker run on for a moment.
    station = (SYSTEMD / "matside.service").read_text().splitlines()
    assert "WatchdogSec=30" in station
    assert "WatchdogSignal=SIGKILL" in station


def test_the_station_may_use_the_loudspeaker_and_let_the_engine_give_way() -> None:
    station = (SYSTEMD / "matside.service").read_text().splitlines()
    assert "SupplementaryGroups=gpio audio" in station
    assert "DeviceAllow=char-alsa rw" in station
    # The last of several lines adds to those before, so this call is allowed again.
    assert [line for line in station if line.startswith("SystemCallFilter=")][-1] == (
        "SystemCallFilter=setpriority"
    )
