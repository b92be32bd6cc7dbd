"""``matside check``: says what is wrong with this station, and what to do."""

import argparse

from kiosk.main.commands.options import (
    HARDWARE,
    Commands,
    add_common,
    found_settings_of,
    settings_of,
)


def add_to(commands: Commands) -> None:
    """Add ``check``."""
    parser = commands.add_parser("check", help="say what is wrong, and what to do")
    parser.add_argument(
        "--by-hand",
        action="store_true",
        help="try light, buzzer and button, with you at the panel",
    )
    parser.add_argument("--hardware", choices=HARDWARE)
    parser.add_argument("--json", action="store_true", help="as JSON")
    add_common(parser)
    parser.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    from kiosk.main import report  # noqa: PLC0415 - it opens the panel, so it imports gpiozero

    if options.by_hand:
        return report.report_by_hand(settings_of(options), as_json=options.json)
    return report.report(lambda: found_settings_of(options), options.config, as_json=options.json)
