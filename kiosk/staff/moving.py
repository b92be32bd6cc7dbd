"""The PIN that old settings have in ``server.staff_pin`` moves into the data directory, hashed."""

import logging

from kiosk.core.errors import StaffError
from kiosk.staff.pin import stored_pin
from kiosk.staff.pin_file import PinFile

_log = logging.getLogger(__name__)


def move_pin(old: str | None, file: PinFile) -> None:
    """Keep the PIN of the settings if none is kept yet, and log what became of it.

    A PIN that is kept already stays: staff have chosen it since then. One of the settings that is
    among the first to be guessed is not taken; it would open the network to everybody.

    Args:
        old: The PIN in the settings, None without one.
        file: Where the PIN is kept.
    """
    if old is None:
        return
    try:
        if file.read() is not None:
            _log.info(
                "server.staff_pin in the settings file is not used any more, since a PIN is kept "
                "in the data directory. Take that line out."
            )
            return
        file.write(stored_pin(old))
    except StaffError as problem:
        _log.error("server.staff_pin: %s Until one is chosen the network stays off.", problem)
        return
    _log.info(
        "server.staff_pin has moved into the data directory, as a hash. Take that line out of the "
        "settings file: it is not used any more."
    )
