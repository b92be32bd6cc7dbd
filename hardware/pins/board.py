"""Which board this is."""

from pathlib import Path

from gpiozero import PinUnknownPi
from gpiozero.pins.local import get_pi_revision

#: Where a board says what it is. The first is the one that a hardened service can still see.
_MODELS = (
    Path("/sys/firmware/devicetree/base/model"),
    Path("/proc/device-tree/model"),
    Path("/proc/cpuinfo"),
)

#: Revision code of a Raspberry Pi 4 B, whose 40-pin header is that of every Pi since 2014.
PI_4B = 0xC03111


def on_raspberry_pi(models: tuple[Path, ...] = _MODELS) -> bool:
    """Whether this machine says that it is a Raspberry Pi, in its device tree or in cpuinfo."""
    return any(b"Raspberry Pi" in _read(path) for path in models)


def board_revision() -> int:
    """The board's revision code, from which gpiozero knows the pins of its header.

    Where there is none (another board whose chip the settings name, or a service that may not
    see it) the header is taken for that of a Pi 4: BCM number n is line n of the chip.
    """
    try:
        return int(get_pi_revision())
    except (PinUnknownPi, OSError):
        return PI_4B


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # a PC has no device tree, and cpuinfo can be hidden from a service
