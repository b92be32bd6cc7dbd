"""Checks of the machine itself: disk, power, temperature, clock, display, browser.

They read the machine's files below a folder that can be chosen, so that tests can make up machines.
Each returns what it has found, or raises `MatsideError` with what is wrong and what to do about it.
"""

import shutil
import socket
import struct
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.errors import MatsideError
from kiosk.ports.finding import Finding, run_check
from kiosk.wall_clock import has_battery, set_by_network

#: With less free disk than this, in bytes, the check of the disk fails.
ENOUGH_DISK = 200 * 1024 * 1024

#: At this temperature, in degrees Celsius, and above it a Raspberry Pi slows itself down.
HOT = 80

#: Bits in the firmware's answer to get_throttled: the voltage is too low now, and it has been too
#: low at some time since boot.
_LOW_NOW, _LOW_BEFORE = 1 << 0, 1 << 16

#: The number of the request for the address of a network card, from Linux's linux/sockios.h.
_SIOCGIFADDR = 0x8915

_BETTER_SUPPLY = "Use the Raspberry Pi's own power supply, with its own cable."


def run_tool(*command: str) -> str | None:
    """What `command` prints; None if this machine does not have it, or it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def ipv4_of(card: str) -> str | None:
    """The IPv4 address of a network card, None if it has none or this is not Linux.

    Source: netdevice(7). A socket of the usual kind is asked, since the station's service may have
    no other, such as the one that tells all addresses (AF_NETLINK).
    """
    try:
        import fcntl  # noqa: PLC0415 - only Unix has it
    except ImportError:
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            told = fcntl.ioctl(asked, _SIOCGIFADDR, struct.pack("256s", card.encode()[:15]))
        except OSError:
            return None
    return socket.inet_ntoa(told[20:24])


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine that is checked.

    Attributes:
        is_pi: Whether it is a Raspberry Pi: then it should have a display and a kiosk's browser.
        root: The folder that its files are below.
        run: Runs one of its programs; takes and returns what `run_tool` does.
        which: Gives the path of one of its programs, None if it does not have it.
        address_of: Gives the address of one of its network cards, None if it has none.
    """

    is_pi: bool
    root: Path = Path("/")
    run: Callable[..., str | None] = run_tool
    which: Callable[[str], str | None] = shutil.which
    address_of: Callable[[str], str | None] = ipv4_of


def check_machine(machine: Machine) -> Iterator[Finding]:
    """Every check that needs no settings."""
    yield run_check("power", lambda: power(machine))
    yield run_check("temperature", lambda: temperature(machine))
    yield run_check("clock", lambda: clock(machine))
    yield run_check("network", lambda: network(machine))
    yield run_check("display", lambda: display(machine))
    yield run_check("browser", lambda: browser(machine))


def disk(directory: Path) -> str:
    """The free space on the disk where `directory` is, or will be once it is made."""
    there = next(path for path in (directory, *directory.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    if free < ENOUGH_DISK:
        raise MatsideError(f"{there}: only {free // 2**20} MiB are free. Make room.")
    return f"{free // 2**20} MiB free at {there}"


def power(machine: Machine) -> str:
    """Whether the power supply gives enough voltage, now and since boot.

    Source: the kernel's raspberrypi-hwmon driver, which asks the firmware every two seconds.
    """
    alarm = low_alarm(machine.root)
    flags = _throttled(machine)
    if alarm is None and flags is None:
        return "cannot be told here" if machine.is_pi else "not a Raspberry Pi: cannot be told"
    if alarm or (flags or 0) & _LOW_NOW:
        raise MatsideError(f"The voltage is too low right now. {_BETTER_SUPPLY}")
    if (flags or 0) & _LOW_BEFORE:
        raise MatsideError(f"The voltage has been too low since boot. {_BETTER_SUPPLY}")
    return "voltage is high enough" + (" now" if flags is None else ", and has been since boot")


def temperature(machine: Machine) -> str:
    """How hot the processor is."""
    degrees = degrees_of(machine.root)
    if degrees is None:
        return "cannot be told here"
    if degrees >= HOT:
        raise MatsideError(
            f"{degrees:.0f} °C: from {HOT} °C on the Pi slows down. Give it air, or a heat sink."
        )
    return f"{degrees:.0f} °C"


def degrees_of(root: Path) -> float | None:
    """How hot the processor is, in degrees Celsius, None if it cannot be told."""
    zones = (root / "sys/class/thermal").glob("thermal_zone*")
    heats = {_read(zone / "type"): _read(zone / "temp") for zone in sorted(zones)}
    # On a Raspberry Pi the processor's zone is called cpu-thermal. On a PC any zone will do.
    read = heats.get("cpu-thermal") or next((heat for heat in heats.values() if heat), None)
    return None if read is None else int(read) / 1000


def clock(machine: Machine) -> str:
    """Whether the network sets the wall clock. Never fails, since no session depends on it."""
    asked = ("timedatectl", "show", "--property=NTPSynchronized", "--value")
    if set_by_network(machine.root) or machine.run(*asked) == "yes":
        return "set by the network"
    return "not set by the network: the dates of sessions may be wrong, all else works" + (
        " (a clock with a battery has kept the time)" if has_battery(machine.root) else ""
    )


def network(machine: Machine) -> str:
    """The addresses of this machine in its networks. Never fails, since none is needed."""
    cards = sorted(path.name for path in (machine.root / "sys/class/net").glob("*"))
    found = {card: machine.address_of(card) for card in cards if card != "lo"}
    told = [f"{card} {address}" for card, address in found.items() if address is not None]
    return ", ".join(told) or "none, which is fine: the station needs no network"


def display(machine: Machine) -> str:
    """The displays that are connected."""
    connectors = sorted((machine.root / "sys/class/drm").glob("card*-*"))
    connected = [path for path in connectors if _read(path / "status") == "connected"]
    if not connected:
        if not machine.is_pi:
            return "none on this machine; the page works in any browser"
        raise MatsideError(
            "No display is connected. Check its cable at both ends and its power, then restart."
        )
    return ", ".join(_display(path) for path in connected)


def browser(machine: Machine) -> str:
    """The kiosk's browser, and the compositor that it runs in."""
    found = machine.which("chromium") or machine.which("chromium-browser")
    cage = machine.which("cage")
    if machine.is_pi and not (found and cage):
        missing = [name for name, path in (("chromium", found), ("cage", cage)) if not path]
        raise MatsideError(
            f"{' and '.join(missing)} missing: the screen stays dark. "
            f"sudo apt install {' '.join(missing)}"
        )
    return found or "no Chromium here; the page works in any browser"


def _display(connector: Path) -> str:
    """A display for people, for example ``HDMI-A-1 800x480``."""
    name = connector.name.partition("-")[2]
    size = (_read(connector / "modes") or "").partition("\n")[0]
    return f"{name} {size}".strip()


def low_alarm(root: Path) -> bool | None:
    """Whether the kernel says that the voltage is too low, None if it does not say."""
    for device in sorted((root / "sys/class/hwmon").glob("hwmon*")):
        if _read(device / "name") == "rpi_volt":
            alarm = _read(device / "in0_lcrit_alarm")
            return None if alarm is None else alarm != "0"
    return None


def _throttled(machine: Machine) -> int | None:
    """The bits in which the firmware says what slows it down, None if it does not say.

    They are printed as ``throttled=0x50000``.
    """
    said = machine.run("vcgencmd", "get_throttled") if machine.is_pi else None
    try:
        return int((said or "").partition("=")[2], 16)
    except ValueError:
        return None


def _read(path: Path) -> str | None:
    try:
        return path.read_text().strip()
    except OSError:
        return None  # not every machine has this file, and some sensors cannot be read
