"""Pin factories by name.

The station names the factory that it wants, since gpiozero's own search for one that works hides
why the others do not. Each is imported only when it is opened: it loads gpiozero and a library of
its own, and whoever only asks `resolve` for a name needs neither.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from hardware.clock import AlarmClock
from hardware.pins.board import on_raspberry_pi
from hardware.pins.contract import LossListener, PinFactory
from kiosk.core.errors import HardwareError, SettingsError
from kiosk.ports.panel import PanelSettings

#: Names of the factories, by what the setting `hardware` may be besides ``auto``.
FACTORIES = {"gpio": "gpiod", "lgpio": "lgpio", "mock": "mock"}


def resolve(hardware: str) -> str:
    """The name of the factory that the setting `hardware` means: gpiod, lgpio or mock.

    ``auto`` means gpiod on a Raspberry Pi, and mock on any other machine.

    Raises:
        SettingsError: There is no factory of that name.
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
) -> PinFactory:
    """A new pin factory.

    Args:
        name: gpiod, lgpio or mock.
        settings: For the chip.
        clock: For the mock's time; the others have the machine's.
        on_loss: Told if the chip goes away. Only gpiod can tell; the others never call it.

    Raises:
        HardwareError: The factory cannot be had; says what to do.
    """
    if name == "mock":
        from hardware.pins.mock import PanelMockFactory  # noqa: PLC0415 - it imports gpiozero

        return PanelMockFactory(clock)
    if name == "lgpio":
        return _import_lgpio_factory()(settings.chip)
    return _import_gpiod_factory()(settings.chip, on_loss)


def _import_gpiod_factory() -> Callable[[str | None, LossListener], PinFactory]:
    """The class of the factory on gpiod.

    Raises:
        HardwareError: The package is missing, or is a gpiod before 2, which is another library.
    """
    try:
        from hardware.pins.gpiod_factory import GpiodFactory  # noqa: PLC0415 - it imports gpiod
    except ImportError as cause:
        raise HardwareError(
            f"The Python package gpiod 2.2 or newer is missing ({cause}). Install Matside anew "
            f"with pip: it brings that along on Linux."
        ) from cause
    return GpiodFactory


def _import_lgpio_factory() -> Callable[[str | None], PinFactory]:
    """The class of the factory on lgpio.

    Raises:
        HardwareError: The package is missing, or is the empty one, which has no attributes.
    """
    here = Path.cwd()
    # lgpio makes a named pipe in the directory where it is imported, or moves the process to
    # LG_WD and makes it there: https://github.com/joan2937/lg/issues/12
    os.environ.setdefault("LG_WD", tempfile.gettempdir())
    try:
        from hardware.pins.lgpio_factory import PanelLGPIOFactory  # noqa: PLC0415 - it imports lgpio
    except (ImportError, AttributeError) as cause:
        raise HardwareError(
            "The Python package lgpio is missing, or is the empty one (0.0.0.2) that pip installs "
            "on Python 3.13. Install python3-lgpio with apt, and make the virtual environment "
            'with --system-site-packages; or use hardware = "gpio", which does not need it.'
        ) from cause
    finally:
        os.chdir(here)
    return PanelLGPIOFactory
