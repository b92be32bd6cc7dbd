"""``matside routine preview``: shows a routine while it is being written."""

import argparse
from pathlib import Path

from kiosk.main.commands.options import Commands, found_settings_of
from kiosk.main.commands.run import port_number, speed_number


def add_to(verbs: Commands) -> None:
    """Add ``preview``."""
    preview = verbs.add_parser("preview", help="show a routine, anew each time that it is saved")
    preview.add_argument("file", type=Path, metavar="FILE", help="NAME.toml")
    preview.add_argument("--port", type=port_number, default=0, help="port (any free one)")
    preview.add_argument("--speed", type=speed_number, default=1.0, help="run it N times faster")
    preview.add_argument("--open", action="store_true", help="show the page in a browser")
    preview.add_argument("--config", type=Path, metavar="FILE", help="settings file")
    preview.set_defaults(command=_preview, data=None)


def _preview(options: argparse.Namespace) -> int:
    from kiosk.main.preview import preview  # noqa: PLC0415 - only this verb needs a web server

    settings = found_settings_of(options).settings
    preview(options.file, settings, options.speed, open_browser=options.open)
    return 0
