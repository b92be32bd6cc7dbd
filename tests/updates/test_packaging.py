"""What root runs is installed apart from the virtual environments, and needs nothing of them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.version import VERSION

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb here")
def test_the_installed_updater_runs_by_itself_on_the_systems_python(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for name in (f"matside-{VERSION}-py3-none-any", "msgspec-1-cp311-cp311-manylinux_2_17_aarch64"):
        (wheels / f"{name}.whl").touch()
    build = (ROOT / "packaging" / "deb", wheels, "arm64", tmp_path)
    package = subprocess.run(build, capture_output=True, text=True, check=True).stdout.strip()
    subprocess.run(["dpkg-deb", "--extract", package, tmp_path / "root"], check=True)
    updater = tmp_path / "root" / "usr" / "lib" / "matside" / "updater"
    # It is started as the unit does, but without site-packages, and only tells what it has loaded.
    tell = "\nprint(sys.modules['kiosk.updates.installer'].__file__)\n"
    program = updater / "__main__.py"
    program.write_text(program.read_text().replace("sys.exit(main())", tell))
    run = (sys.executable, "-I", "-S", "-B", updater)
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(updater / "kiosk" / "updates" / "installer.py")


def test_the_unit_takes_the_request_away_first_and_runs_the_updater_alone() -> None:
    service = (ROOT / "systemd" / "matside-install-update.service").read_text()
    first, second = re.findall(r"(?m)^ExecStart=(.*)$", service)
    assert first == "/bin/rm -f %t/matside/install-update"
    assert second == "/usr/bin/python3 -I -B /usr/lib/matside/updater"
    path = (ROOT / "systemd" / "matside-install-update.path").read_text()
    assert "PathExists=%t/matside/install-update\n" in path
    assert "matside-install-update.path" in (ROOT / "systemd" / "matside.service").read_text()


def test_the_watch_over_an_update_goes_on_with_each_start_of_the_station() -> None:
    watch = (ROOT / "systemd" / "matside-watch-update.service").read_text()
    assert "ConditionPathExists=/var/lib/matside-update/trial.json\n" in watch
    assert "After=matside.service\n" in watch
    (program,) = re.findall(r"(?m)^ExecStart=(.*)$", watch)
    assert program == "/usr/bin/python3 -I -B /usr/lib/matside/updater go-on"
    station = (ROOT / "systemd" / "matside.service").read_text()
    assert "\nWants=matside-watch-update.service\n" in station


def test_the_keys_are_where_the_station_cannot_write() -> None:
    station = (ROOT / "systemd" / "matside.service").read_text()
    assert re.findall(r"(?m)^ReadWritePaths=(.*)$", station) == ["-/etc/matside"]
    assert (
        "install -d -m 755 /etc/matside-update\n" in (ROOT / "packaging" / "postinst").read_text()
    )
