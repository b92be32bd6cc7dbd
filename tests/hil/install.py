"""Puts the project into the virtual machine: built as a wheel here, installed there, offline."""

import tempfile
from pathlib import Path

from tests.hil.machine import Machine
from tests.systems.host import TREE, call, own_pip, say

#: Where the scripts that run in the machine go.
SCRIPTS = "/opt/hil"
GUEST_USER = "station"
#: What lgpio's wheels are for.
PLATFORM = "--platform=manylinux_2_34_x86_64"


def install(machine: Machine) -> None:
    """Install the project of this tree, its dependencies and the test's own scripts.

    Raises:
        SystemsError: The wheels cannot be had or do not install.
    """
    version = machine.run("python3 -c 'import sys; print(*sys.version_info[:2], sep=\".\")'")
    with tempfile.TemporaryDirectory(prefix="matside-wheels-") as folder:
        wheels = collect_wheels(Path(folder), version.out.strip())
        say(f"installing {len(wheels)} wheels in the machine")
        for wheel in wheels:
            machine.put(wheel, f"/opt/wheels/{wheel.name}")
    # Debian's own pip, run from its wheel: unpacking a second one takes an emulated CPU a minute.
    # Where PyPI has no lgpio (Python 3.13), Debian's is seen through the system's packages.
    machine.run("python3 -m venv --without-pip --system-site-packages /opt/matside")
    machine.run(
        "/opt/matside/bin/python $(ls /usr/share/python-wheels/pip-*.whl)/pip install --quiet"
        " --no-index --find-links /opt/wheels matside $(ls /opt/wheels/lgpio-*.whl || true)",
        timeout=600,
    )
    machine.run(f"useradd --system --groups gpio {GUEST_USER}")
    put_scripts(machine)


def put_scripts(machine: Machine) -> None:
    """Put the test's own scripts into the machine."""
    for script in sorted((TREE / "tests" / "hil" / "guest").glob("*.py")):
        machine.put(script, f"{SCRIPTS}/tests/hil/guest/{script.name}")


def run_script(machine: Machine, name: str, *arguments: str, timeout: float) -> str:
    """Run one of the test's own scripts in the machine; give what it printed."""
    command = ["env", "-C", SCRIPTS, "python3", "-m", f"tests.hil.guest.{name}", *arguments]
    return machine.run(command, timeout=timeout).out


def collect_wheels(folder: Path, python: str) -> list[Path]:
    """Build the project's wheel, and fetch those of its dependencies for `python`."""
    say(f"collecting wheels for Python {python}")
    pip = own_pip()
    call([str(TREE / "packaging" / "wheels"), str(folder), "amd64", python], PIP=" ".join(pip))
    if python < "3.13":
        target = ("--only-binary=:all:", "--no-deps", f"--python-version={python}", PLATFORM)
        call([*pip, "download", "--quiet", *target, "--dest", str(folder), "lgpio>=0.2.2"])
    return sorted(folder.glob("*.whl"))
