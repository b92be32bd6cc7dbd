"""The 40-pin header of every Raspberry Pi since 2014: which pin is where.

Source: the pinout in the Raspberry Pi documentation. If the board lies with the header along its
right edge, the pins are numbered from the top in two columns, odd on the left, even on the right:

     1  2
     3  4
     ...
    39 40
"""

#: What each pin is, pin 1 first: a supply, ground, or the BCM number of a GPIO line. The BCM number
#: is that of the processor (BCM for Broadcom), which the settings use: pin 11 is BCM number 17.
PINS: tuple[str | int, ...] = (
    *("3V3", "5V", 2, "5V", 3, "GND", 4, 14, "GND", 15),
    *(17, 18, 27, "GND", 22, 23, "3V3", 24, 10, "GND"),
    *(9, 25, 11, 8, "GND", 7, 0, 1, 5, "GND"),
    *(6, 12, 13, "GND", 19, 16, 26, 20, "GND", 21),
)

#: Lines that are better left alone, by BCM number, and what they are for. GPIO2 and GPIO3 also have
#: pull-ups on the board that no setting removes.
RESERVED: dict[int, str] = {
    0: "EEPROM",
    1: "EEPROM",
    2: "I²C",
    3: "I²C",
    14: "serial",
    15: "serial",
}


def physical(bcm: int) -> int:
    """The pin, 1 to 40, of the GPIO line with the BCM number `bcm`, 0 to 27: 11 for 17."""
    return PINS.index(bcm) + 1


def nearest_ground(pin: int) -> int:
    """The ground pin that is nearest to `pin`; both are numbers on the header, 1 to 40."""
    grounds = [number for number, name in enumerate(PINS, 1) if name == "GND"]
    return min(grounds, key=lambda number: abs((number - 1) // 2 - (pin - 1) // 2))
