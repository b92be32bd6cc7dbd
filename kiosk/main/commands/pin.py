"""``matside pin``: sets or forgets the staff PIN from a shell."""

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from kiosk.core.errors import StaffError
from kiosk.main.commands.options import Commands, Parser, add_common, found_settings_of
from kiosk.settings.loading import data_directory
from kiosk.settings.shapes import Settings

if TYPE_CHECKING:
    from kiosk.staff.pin_file import PinFile


def add_to(commands: Commands) -> None:
    """Add ``pin`` with its verbs."""
    parser = commands.add_parser("pin", help="set or forget the staff PIN")
    verbs = parser.add_subparsers(required=True, metavar="VERB", parser_class=Parser)
    setting = verbs.add_parser(
        "set", help="set it; asks for it twice, or reads a line of standard input"
    )
    add_common(setting)
    setting.set_defaults(command=_set)
    forgetting = verbs.add_parser("forget", help="forget it; the network's access ends")
    add_common(forgetting)
    forgetting.set_defaults(command=_forget)


def _set(options: argparse.Namespace) -> int:
    from kiosk.staff.pin import stored_pin  # noqa: PLC0415 - only this verb hashes

    _pin_file(found_settings_of(options).settings).write(stored_pin(_typed()))
    print("The staff PIN is set. Whoever was signed in with another one is signed out.")
    return 0


def _forget(options: argparse.Namespace) -> int:
    settings = found_settings_of(options).settings
    if settings.server.staff_pin is not None:
        # At its next start the station would move it over again, and open the network by it.
        raise StaffError(
            "A PIN stands in the settings, as server.staff_pin. Take that line out first. Nothing "
            "was changed."
        )
    there = _pin_file(settings).forget()
    print(
        "The staff PIN is forgotten. The next visit at the panel chooses one."
        if there
        else "There was no staff PIN."
    )
    return 0


def _typed() -> str:
    """The PIN, from somebody at a terminal or from standard input; never from the arguments.

    The arguments of a command can be read by everybody on this machine.

    Raises:
        StaffError: It was typed in two ways.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    first = getpass.getpass("New staff PIN: ")
    if getpass.getpass("Once more: ") != first:
        raise StaffError("The two are not the same. Nothing was changed.")
    return first


def _pin_file(settings: Settings) -> "PinFile":
    """Where a station with `settings` keeps its PIN.

    Args:
        settings: Those that it runs on, also with a wrong settings file: its data is there.
    """
    from kiosk.staff.pin_file import PinFile  # noqa: PLC0415 - only this command uses it

    return PinFile(data_directory(settings.station.data))
