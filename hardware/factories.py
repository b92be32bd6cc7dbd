"""Pin factories by name. Each is asked for by name: gpiozero's own search hides what went wrong."""

import os
import tempfile
from pathlib import Path
from typing import Any

from gpiozero.pins.mock import MockFactory, MockPWMPin

from kiosk.core.errors import HardwareError

_MODEL = Path("/proc/device-tree/model")


def factory_name(wanted: str) -> str:
    """The pin factory for the setting `wanted`: auto is gpio on a Raspberry Pi, else mock."""
    if wanted != "auto":
        return wanted
    return "gpio" if on_raspberry_pi() else "mock"


def on_raspberry_pi() -> bool:
    """Whether this machine says that it is a Raspberry Pi."""
    try:
        return _MODEL.read_text(encoding="utf-8", errors="replace").startswith("Raspberry Pi")
    except OSError:
        return False


def open_factory(name: str) -> Any:
    """A new pin factory.

    Args:
        name: ``mock``, or ``gpio`` and ``lgpio`` for the real pins.

    Raises:
        HardwareError: It cannot be had; says what to do.
    """
    if name == "mock":
        return MockFactory(pin_class=MockPWMPin)
    return _open_lgpio()


def _open_lgpio() -> Any:
    here = Path.cwd()
    # lgpio makes a pipe where it is imported, and moves the process there.
    os.environ.setdefault("LG_WD", tempfile.gettempdir())
    try:
        from gpiozero.pins.lgpio import LGPIOFactory  # noqa: PLC0415 - only where it is asked for
    except (ImportError, AttributeError) as cause:
        raise HardwareError(
            "The package lgpio is missing or empty (there is none on PyPI for Python 3.13). "
            "Install python3-lgpio with apt, and make the virtual environment with "
            "--system-site-packages."
        ) from cause
    finally:
        os.chdir(here)
    try:
        return LGPIOFactory()
    except PermissionError as cause:
        raise HardwareError(
            "No permission for the GPIO chip. Add this user to the group gpio and log in again."
        ) from cause
    except Exception as cause:
        raise HardwareError(
            f"The GPIO chip cannot be opened ({cause}). Is this a Raspberry Pi, and is "
            f"/dev/gpiochip0 there?"
        ) from cause
