"""What is installed: the settings file names every setting, and the package holds what it needs."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import msgspec
import pytest

from kiosk.settings.loading import load_settings
from kiosk.settings.shapes import Settings
from kiosk.version import VERSION

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "packaging" / "config.toml"
SCRIPTS = [
    ROOT / "install.sh",
    *(ROOT / "tests" / "systems" / name for name in ("enter", "with-arm64")),
    *(ROOT / "packaging" / name for name in ("wheels", "deb", "postinst", "prerm", "postrm")),
    *(ROOT / "systemd" / name for name in ("browser", "screen", "matside")),
]
#: Settings whose line in the file is an example: they are not set, or the routine decides.
EXAMPLES = {"seconds", "routines", "data", "off_from", "off_until", "chip", "staff_pin"}
EXAMPLES |= {"languages", "allowed_hosts", "offered", "offered_languages"}
EXAMPLES |= {"recordings", "piper_voices", "quiet_from", "quiet_until"}
EXAMPLES |= {"name", "time_zone", "keep_sums_days"}
EXAMPLES |= {"broker", "port", "ca_file", "user", "password_file", "station", "groups"}
EXAMPLES |= {"token_file", "push_key"}


def uncommented(tmp_path: Path) -> Path:
    """The settings file with every setting taken up."""
    file = tmp_path / "config.toml"
    file.write_text(re.sub(r"(?m)^#(\w+ = )", r"\1", CONFIG.read_text()))
    return file


def test_the_settings_file_changes_nothing_as_it_is_installed() -> None:
    assert load_settings(CONFIG) == Settings()


def test_the_settings_file_names_every_setting_and_no_other(tmp_path: Path) -> None:
    file = uncommented(tmp_path)
    load_settings(file)  # refuses a name or a value that is not right
    named = {section: set(keys) for section, keys in tomllib.loads(file.read_text()).items()}
    assert named == {section: set(keys) for section, keys in defaults().items()}


def test_the_settings_file_says_the_defaults(tmp_path: Path) -> None:
    said = tomllib.loads(uncommented(tmp_path).read_text())
    for section, keys in defaults().items():
        for key, value in keys.items():
            assert key in EXAMPLES or said[section][key] == value, key


def defaults() -> dict[str, dict[str, object]]:
    built_in: dict[str, dict[str, object]] = msgspec.to_builtins(Settings())
    return built_in


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="no shellcheck here")
def test_the_scripts_are_sound() -> None:
    done = subprocess.run(["shellcheck", *SCRIPTS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_scripts_can_be_run() -> None:
    assert [script.name for script in SCRIPTS if not script.stat().st_mode & 0o100] == []


def build(wheels: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "packaging" / "deb", wheels, "arm64", folder],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb here")
def test_the_package_holds_units_and_the_wheels_of_its_processor(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for name in (
        f"matside-{VERSION}-py3-none-any",
        "msgspec-1-cp311-cp311-manylinux_2_17_aarch64",
        "msgspec-1-cp311-cp311-manylinux_2_17_x86_64",
    ):
        (wheels / f"{name}.whl").touch()
    done = build(wheels, tmp_path / "one")
    assert done.returncode == 0, done.stderr
    package = Path(done.stdout.strip())
    assert package.name == f"matside_{VERSION}_arm64.deb"
    listing = subprocess.run(
        ["dpkg-deb", "--contents", package], capture_output=True, text=True, check=True
    ).stdout
    for unit in (ROOT / "systemd").iterdir():
        if unit.suffix in {".service", ".path"}:
            assert f"/usr/lib/systemd/system/{unit.name}" in listing
    assert "aarch64" in listing
    assert "x86_64" not in listing
    again = Path(build(wheels, tmp_path / "two").stdout.strip())
    assert package.read_bytes() == again.read_bytes()


def test_without_the_wheel_of_this_version_there_is_no_package(tmp_path: Path) -> None:
    done = build(tmp_path, tmp_path)
    assert done.returncode == 1
    assert f"no wheel of Matside {VERSION}" in done.stderr
