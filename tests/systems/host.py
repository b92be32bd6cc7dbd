"""The machine that the tests run on: what it must have, and what it lends to other systems.

An other system is a folder with a Debian in it (`tests.systems.root`) or a virtual machine
(`tests.hil`). Both are built once and kept in one cache, outside the repository.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

TREE = Path(__file__).parents[2]
#: What is in the cache is thrown away once it has not been used for so many seconds: a week. A
#: newer one may already be there, but another working copy may still use this one.
UNUSED_SECONDS = 7 * 24 * 3600
#: A step that takes longer hangs; the longest installs an emulated browser on a busy machine.
CALL_SECONDS = 5400
#: What apt is told on this machine about how to reach its archives.
REACHING = re.compile(r"Acquire::(https?::Proxy\b|Check-)")


class SystemsError(Exception):
    """An other system could not be had, or failed; the message says what to do."""


def say(message: str) -> None:
    """Tell the person at the terminal what is going on."""
    print(f"== {message}", flush=True)


def cache_folder() -> Path:
    """Where other systems are kept: MATSIDE_CACHE, else in the user's cache."""
    if chosen := os.environ.get("MATSIDE_CACHE"):
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "matside"


def ensure(kind: str, key: str, build: Callable[[Path], None]) -> Path:
    """Return the folder in the cache that `build` fills, filled first if there is none.

    Args:
        kind: What is in it. Others of the kind are removed once they are out of use.
        key: Hash of all that decides what is in it.
        build: Fills the folder that it is given; whatever it raises leaves nothing behind.
    """
    folder = cache_folder() / f"{kind}-{key}"
    if folder.exists():
        say(f"{folder} (cached)")
        os.utime(folder)
        return folder
    say(f"building {folder} (once)")
    start = time.monotonic()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="building-", dir=folder.parent) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        build(made)
        try:
            made.rename(folder)
        except OSError:
            if not folder.exists():
                raise
            say("another run has built it meanwhile")
    say(f"built in {time.monotonic() - start:.0f} s")
    for old in (*folder.parent.glob(f"{kind}-*"), *folder.parent.glob("building-*")):
        if old != folder and time.time() - old.stat().st_mtime > UNUSED_SECONDS:
            shutil.rmtree(old)
    return folder


def install_needs(needs: Mapping[str, str]) -> None:
    """Install what this machine is missing.

    Args:
        needs: Commands or absolute paths, and the Debian packages that have them.

    Raises:
        SystemsError: This is not root, or something is missing and cannot be installed.
    """
    if os.geteuid() != 0:
        raise SystemsError("this needs root: sudo make ...")
    missing = sorted({package for need, package in needs.items() if not _is_here(need)})
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise SystemsError(f"install these Debian packages first: {' '.join(missing)}")
    say(f"installing {' '.join(missing)} on this machine")
    call(["apt-get", "update", "-q"], DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    call(install, DEBIAN_FRONTEND="noninteractive")


def _is_here(need: str) -> bool:
    return Path(need).exists() if need.startswith("/") else shutil.which(need) is not None


def mirror() -> str:
    """Where Debian's packages come from: DEBIAN_MIRROR, else the one that apt has here."""
    if chosen := os.environ.get("DEBIAN_MIRROR"):
        return chosen
    wanted = ["--format", "$(ORIGIN) $(LABEL) $(REPO_URI)", "Created-By: Packages"]
    for line in call(["apt-get", "indextargets", *wanted]).splitlines():
        origin, _, rest = line.partition(" ")
        label, _, address = rest.partition(" ")
        if (origin, label) == ("Debian", "Debian"):
            return address
    return "http://deb.debian.org/debian"


def apt_options() -> str:
    """What apt is told here about how to reach its archives, as lines of an apt.conf."""
    lines = call(["apt-config", "dump"]).splitlines()
    return "".join(f"{line}\n" for line in lines if REACHING.match(line))


def own_pip() -> list[str]:
    """Give a pip of our own: Debian's python3 may have none. It is set up as pip is here."""
    environment = cache_folder() / "pip"
    if not (environment / "bin" / "pip").exists():
        call([sys.executable, "-m", "venv", str(environment)])
    return [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]


def call(command: list[str], **environment: str) -> str:
    """Run a command of this machine with some more variables; give what it printed.

    Raises:
        SystemsError: It failed; the message has the end of what it said.
    """
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=CALL_SECONDS,
        env={**os.environ, **environment},
    )
    if done.returncode:
        end = "\n".join((done.stdout + done.stderr).splitlines()[-20:])
        raise SystemsError(f"this failed: {' '.join(command)}\n{end}")
    return done.stdout
