"""The machine that the test runs on: what it must have, what it is told, where images are kept."""

import os
import shutil
import subprocess
from pathlib import Path

#: Host commands and the Debian packages that have them.
NEEDS = {
    "qemu-system-x86_64": "qemu-system-x86",
    "qemu-img": "qemu-utils",
    "debootstrap": "debootstrap",
    "mkfs.ext4": "e2fsprogs",
    "unshare": "util-linux",
}


class HilError(Exception):
    """The virtual machine or its image could not be had; the message says what to do."""


def say(message: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(f"hil: {message}", flush=True)


def host_release() -> str:
    """Debian release to build: DEBIAN_RELEASE, else the host's own, else bookworm."""
    if release := os.environ.get("DEBIAN_RELEASE"):
        return release
    fields = dict(
        line.rstrip().split("=", 1)
        for line in Path("/etc/os-release").read_text().splitlines()
        if "=" in line
    )
    return (
        fields.get("VERSION_CODENAME", "bookworm") if fields.get("ID") == "debian" else "bookworm"
    )


def cache_folder() -> Path:
    """Where images are kept: MATSIDE_HIL_CACHE, else in the user's cache."""
    if chosen := os.environ.get("MATSIDE_HIL_CACHE"):
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "matside-hil"


def install_needs() -> None:
    """Install what the host is missing.

    Raises:
        HilError: Something is missing and cannot be installed.
    """
    if os.geteuid() != 0:
        raise HilError("building the image needs root: run this as root (sudo make hil)")
    missing = sorted({NEEDS[command] for command in NEEDS if not shutil.which(command)})
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise HilError(f"install these Debian packages first: {' '.join(missing)}")
    say(f"installing {' '.join(missing)} on this machine")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *missing]):
        done = subprocess.run(
            ["apt-get", *step],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=1800,
        )
        if done.returncode:
            raise HilError(f"apt-get {step[0]} failed:\n{done.stdout}{done.stderr}")
