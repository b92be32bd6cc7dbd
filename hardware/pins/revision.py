"""The board's revision code, from which gpiozero knows what is on which pin of its header."""

from gpiozero import PinUnknownPi
from gpiozero.pins.local import get_pi_revision

#: Revision code of a Raspberry Pi 4 B, whose 40-pin header is that of every Pi since 2014. Source:
#: the list of revision codes in the Raspberry Pi documentation.
PI_4B = 0xC03111


def board_revision() -> int:
    """The revision code of this board.

    Where there is none (another board whose chip the settings name, or a service that may not
    see it) the header is taken for that of a Pi 4: BCM number n is line n of the chip.
    """
    try:
        return int(get_pi_revision())
    except (PinUnknownPi, OSError):
        return PI_4B
