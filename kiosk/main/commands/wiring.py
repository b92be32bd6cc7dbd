"""``matside wiring``: draws how button, buzzer and light are wired to the Raspberry Pi."""

import argparse
import sys
from pathlib import Path

from kiosk.main.commands.options import Commands, settings_of
from kiosk.settings.loading import panel_settings


def add_to(commands: Commands) -> None:
    """Add ``wiring``."""
    parser = commands.add_parser("wiring", help="draw the panel's wiring, as SVG")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    parser.set_defaults(command=_wiring)


def _wiring(options: argparse.Namespace) -> int:
    from hardware.wiring import draw_wiring  # noqa: PLC0415 - no other command draws

    sys.stdout.write(draw_wiring(panel_settings(settings_of(options).panel)))
    return 0
