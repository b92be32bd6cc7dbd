"""Buzzer and light driven low from outside, after a station that could not do it any more.

The station's unit runs this each time the station has ended, whatever ended it. It must be quick,
since a buzzer may be sounding, so it talks to the kernel itself and loads no gpiozero.
"""

from hardware.pins.factories import resolve
from kiosk.core.errors import HardwareError
from kiosk.ports.panel import PanelSettings


def drive_low(settings: PanelSettings) -> list[str]:
    """Drive the outputs low, whichever pin factory the station has them on.

    The kernel of Raspberry Pi OS leaves a line as it was when the program that has it dies
    (https://github.com/raspberrypi/linux/issues/6117): a buzzer that sounded would sound on. On
    mock hardware there is nothing to do.

    Args:
        settings: The panel's settings.

    Returns:
        What could not be driven low, and why, one text for each problem; empty if all is well.

    Raises:
        SettingsError: The setting `hardware` names no pin factory.
    """
    pins = [pin for pin in (settings.buzzer_pin, settings.light_pin) if pin is not None]
    if not pins or resolve(settings.hardware) == "mock":
        return []
    try:
        return _by_kernel(settings.chip, pins)
    except ImportError as cause:
        return [f"The Python package gpiod is missing ({cause})."]
    except HardwareError as problem:
        return [str(problem)]


def _by_kernel(wanted: str | None, pins: list[int]) -> list[str]:
    """Drive `pins` low on the chip that the setting `chip` (`wanted`) means."""
    import gpiod  # noqa: PLC0415 - it is for Linux only
    from gpiod.line import Direction, Value  # noqa: PLC0415 - it is for Linux only

    from hardware.pins.chips import find_chip, open_chip  # noqa: PLC0415 - they import gpiod

    low = gpiod.LineSettings(direction=Direction.OUTPUT, output_value=Value.INACTIVE)
    problems = []
    with open_chip(find_chip(wanted)) as chip:
        for pin in pins:
            try:
                chip.request_lines({pin: low}, consumer="matside").release()
            except (OSError, ValueError) as problem:
                problems.append(f"GPIO {pin} could not be driven low: {problem}.")
    return problems
