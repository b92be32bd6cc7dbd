"""Pin factories by name.

The station names the factory that it wants, since gpiozero's own search for one that works hides
why the others do not. Each is imported only when it is opened: it loads gpiozero and a library of
its own, and whoever only asks `resolve` for a name needs neither.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from hardware.clock import AlarmClock
from hardware.pins.board import on_raspberry_pi
from hardware.pins.contract import LossListener
from kiosk.core.errors import HardwareError, SettingsError
from kiosk.ports.panel import PanelSettings

#: What the setting `hardware` may be, besides ``auto``, and what the factory is then called.
FACTORIES = {"gpio": "gpiod", "lgpio": "lgpio", "mock": "mock"}


def resolve(hardware: str) -> str:
    """The factory that the setting `hardware` means: gpiod, lgpio or mock.

    Raises:
        SettingsError: There is none of that name.
    """
    if hardware == "auto":
        hardware = "gpio" if on_raspberry_pi() else "mock"
    try:
        return FACTORIES[hardware]
    except KeyError:
        raise SettingsError(
            f"hardware: found {hardware!r}; it is one of auto, {', '.join(FACTORIES)}."
        ) from None


def open_factory(
    name: str,
    settings: PanelSettings,
    clock: AlarmClock,
    on_loss: LossListener,
) -> Any:
    """A new pin factory.

    Args:
        name: gpiod, lgpio or mock.
        settings: For the chip.
        clock: For the mock's time.
        on_loss: Told if the chip goes away, where the factory can tell.

    Raises:
        HardwareError: It cannot be had; says what to do.
    """
    if name == "mock":
        from hardware.pins.mock import PanelMockFactory  # noqa: PLC0415 - it imports gpiozero

        return PanelMockFactory(clock)
    if name == "lgpio":
        return _open_lgpio(settings.chip)
    return _open_gpiod(settings.chip, on_loss)


def _open_gpiod(chip: str | None, on_loss: LossListener) -> Any:
    try:
        from hardware.pins.gpiod_factory import GpiodFactory  # noqa: PLC0415 - it imports gpiod
    except ImportError as cause:  # also a gpiod before 2, which is another library altogether
        raise HardwareError(
            f"The Python package gpiod 2.2 or newer is missing ({cause}). Install Matside anew "
            f"with pip: it brings that along on Linux."
        ) from cause
    return GpiodFactory(chip, on_loss)


def _open_lgpio(chip: str | None) -> Any:
    here = Path.cwd()
    # lgpio makes a named pipe in the directory where it is imported, or moves the process to
    # LG_WD and makes it there: https://github.com/joan2937/lg/issues/12
    os.environ.setdefault("LG_WD", tempfile.gettempdir())
    try:
        from hardware.pins.lgpio_factory import PanelLGPIOFactory  # noqa: PLC0415 - it imports lgpio
    except (ImportError, AttributeError) as cause:  # the empty package has no attributes
        raise HardwareError(
            "The Python package lgpio is missing, or is the empty one (0.0.0.2) that pip installs "
            "on Python 3.13. Install python3-lgpio with apt, and make the virtual environment "
            'with --system-site-packages; or use hardware = "gpio", which does not need it.'
        ) from cause
    finally:
        os.chdir(here)
    return PanelLGPIOFactory(chip)
