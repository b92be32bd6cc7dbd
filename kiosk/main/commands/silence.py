"""``matside silence``: drives buzzer and light low, if a station was killed before it could."""

import argparse
import sys

from kiosk.main.commands.options import FAILED, HARDWARE, Commands, add_common, found_settings_of
from kiosk.settings.loading import panel_settings


def add_to(commands: Commands) -> None:
    """Add ``silence``."""
    parser = commands.add_parser("silence", help="drive buzzer and light low")
    parser.add_argument("--hardware", choices=HARDWARE)
    add_common(parser)
    parser.set_defaults(command=_silence)


def _silence(options: argparse.Namespace) -> int:
    from hardware.silence import drive_low  # noqa: PLC0415 - no other command needs it

    # With a wrong settings file, a station runs on other settings. The pins of those may be high.
    problems = drive_low(panel_settings(found_settings_of(options).settings.panel))
    for problem in problems:
        sys.stderr.write(f"matside: {problem}\n")
    return FAILED if problems else 0
