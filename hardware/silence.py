"""Buzzer and light driven low from outside, after a station that could not do it any more."""

from hardware.pins.factories import resolve
from kiosk.core.errors import HardwareError
from kiosk.ports.panel import PanelSettings


def drive_low(settings: PanelSettings) -> list[str]:
    """Drive the outputs low, whichever factory the station has them on; nothing on a mock.

    Kernels for the Raspberry Pi leave a line as it was when its user dies
    (https://github.com/raspberrypi/linux/issues/6117): a buzzer that sounded would sound on.

    Returns:
        What could not be driven low, and why; empty if all is well.
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
    # Not on gpiozero: there is nobody to ask for another try, and this must be quick.
    import gpiod  # noqa: PLC0415 - it is for Linux only
    from gpiod.line import Direction, Value  # noqa: PLC0415 - likewise

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
