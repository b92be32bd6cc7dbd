"""``make fleet-test``: a station, a real broker and a real Home Assistant, on Debian Trixie.

See docs/systems.md.
"""

import hashlib
import sys
import tempfile
import tomllib
from pathlib import Path

from tests.systems import debian, host
from tests.systems.root import ENVIRONMENT, Recipe, Root, environment

#: What the three need, and what Home Assistant's packages are built with where there is no wheel.
PACKAGES = (
    *("ca-certificates", "gcc", "libc6-dev", "mosquitto", "python3-dev", "python3-venv"),
    "libturbojpeg0",
)
#: Home Assistant, and what it would otherwise fetch when it starts.
HOME_ASSISTANT = (
    "homeassistant==2026.2.3",
    "home-assistant-frontend==20260128.6",
    "paho-mqtt==2.1.0",
    "pyotp==2.9.0",
    "PyQRCode==1.2.1",
)
#: Its own virtual environment: it wants other versions of what Matside takes too.
HASS = "/opt/hass"
#: The certificates that this machine trusts, if there are some; then the root trusts the same.
TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt")


def main() -> int:
    """Build the root if there is none, and try Home Assistant in it; give the exit status."""
    project = tomllib.loads((host.TREE / "pyproject.toml").read_text())["project"]
    extra = project["optional-dependencies"]["fleet"]
    recipe = Recipe("fleet", "trixie", PACKAGES, (*project["dependencies"], *extra))
    try:
        host.install_needs(debian.needs(recipe.architecture))
        parts = f"{recipe.key()} {_home_assistant()}"
        key = hashlib.sha256(parts.encode()).hexdigest()[:16]
        folder = host.ensure("root-fleet-trixie", key, lambda folder: _build(recipe, folder))
    except host.SystemsError as problem:
        host.say(str(problem))
        return 2
    try_it = ("-m", "tests.systems.try_home_assistant", f"{ENVIRONMENT}/bin/python")
    return Root(folder, recipe.architecture).run([f"{HASS}/bin/python", *try_it])


def _build(recipe: Recipe, folder: Path) -> None:
    (folder / "scratch").mkdir()
    with tempfile.TemporaryDirectory(prefix="matside-root-") as scratch:
        hooks = environment(recipe, Path(scratch) / "wheels")
        debian.bootstrap(
            recipe.release,
            recipe.architecture,
            folder / "root",
            recipe.packages,
            "--customize-hook=echo '127.0.0.1 localhost' >\"$1/etc/hosts\"",
            *hooks,
            *_home_assistant(),
        )


def _home_assistant() -> list[str]:
    """The steps that install Home Assistant; pip fetches it from within, for not all are wheels."""
    certificates = [f"--customize-hook=copy-in {TRUSTED} {TRUSTED.parent}"]
    pip = f"env PIP_CERT={TRUSTED} {HASS}/bin/python -m pip install --quiet --no-cache-dir"
    return [
        *(certificates if TRUSTED.exists() else []),
        f'--customize-hook=chroot "$1" python3 -m venv {HASS}',
        f'--customize-hook=chroot "$1" {pip} {" ".join(HOME_ASSISTANT)}',
    ]


if __name__ == "__main__":
    sys.exit(main())
