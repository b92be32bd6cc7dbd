"""What a running station says of itself, for whoever looks at it from outside."""

from typing import Any

import msgspec

from kiosk.ports.health import (
    ButtonCounts,
    Condition,
    HardwareHealth,
    StationHealth,
    StoreHealth,
)


def running_station(**hardware: Any) -> StationHealth:
    """What a station says whose parts all work, except as `hardware` has it.

    Its button has been pressed some times.
    """
    well = {"factory": "gpiod", "button": "ok", "buzzer": "ok", "light": "ok", "problem": None}
    return StationHealth(
        Condition.OK,
        msgspec.convert(well | hardware, HardwareHealth),
        ButtonCounts(12, 3, 1, (8, 0, 4), down=False, longest=1.31, since_last=500.0),
        StoreHealth(saving=True, problem=None),
        1,
        "1.2.3",
        7200.0,
    )
