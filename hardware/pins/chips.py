"""The kernel's GPIO chips: which of them has the header's lines."""

import errno
from pathlib import Path

import gpiod

from kiosk.core.errors import HardwareError

#: Labels of the chip that has the header's lines: on a Pi 5, on a Pi 4, and on all before. The
#: number of that chip changes from kernel to kernel (gpiozero#1166), its label does not. A Pi 5 has
#: more chips, in its main processor (gpio-brcmstb@...); their lines are not on the header.
HEADER_LABELS = ("pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835")


def chip_devices() -> list[str]:
    """Paths of all GPIO chips, in the order of their numbers: ``/dev/gpiochip0`` and so on."""
    paths = Path("/dev").glob("gpiochip*")
    return sorted(map(str, paths), key=lambda path: (len(path), path))


def find_chip(wanted: str | None) -> str:
    """Path of the chip to use.

    Args:
        wanted: Label (``pinctrl-rp1``), name (``gpiochip4``) or path (``/dev/gpiochip4``) of the
            chip; None finds the header's.

    Raises:
        HardwareError: There is no such chip, or this user may not use it.
    """
    if wanted is not None and wanted.startswith("/"):
        open_chip(wanted).close()
        return wanted
    found: dict[str, str] = {}
    forbidden: HardwareError | None = None
    for path in chip_devices():
        try:
            with open_chip(path) as chip:
                info = chip.get_info()
        except HardwareError as problem:
            forbidden = problem
            continue
        except OSError:
            continue  # the chip has gone away since it was listed
        found.setdefault(info.label, path)
        if info.name == wanted:
            return path
    for label in HEADER_LABELS if wanted is None else (wanted,):
        if label in found:
            return found[label]
    if forbidden is not None:
        raise forbidden
    raise HardwareError(_no_chip(wanted, found))


def open_chip(path: str) -> gpiod.Chip:
    """The chip at `path`, for the caller to close.

    Raises:
        HardwareError: There is nothing at `path`, or no GPIO chip, or this user may not use it.
    """
    try:
        return gpiod.Chip(path)
    except OSError as cause:
        if cause.errno in {errno.EACCES, errno.EPERM}:
            raise HardwareError(
                f"No permission for {path}. Add this user to the group gpio "
                f"(sudo usermod -aG gpio $USER), then log in again."
            ) from cause
        raise HardwareError(
            f"No GPIO chip at {path}: {cause.strerror}. Correct the setting chip."
        ) from cause


def _no_chip(wanted: str | None, found: dict[str, str]) -> str:
    there = ", ".join(f"{label} ({path})" for label, path in found.items()) or "none at all"
    if wanted is not None:
        return f"No GPIO chip is labelled {wanted!r}. There is: {there}. Correct the setting chip."
    return (
        f"No GPIO chip of a Raspberry Pi's header ({', '.join(HEADER_LABELS)}). There is: {there}. "
        f"On another board name its chip in the setting chip; without any pins use "
        f'hardware = "mock".'
    )
