"""The command line, ``matside``: reads the arguments, and runs the command that they name."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence

from kiosk.core.errors import MatsideError, SettingsError
from kiosk.main.commands import (
    archive,
    check,
    fleet,
    language,
    pin,
    routine,
    run,
    sessions,
    silence,
    voice,
    wiring,
)
from kiosk.main.commands.options import FAILED, USAGE, Parser
from kiosk.main.logs import set_up_logs
from kiosk.version import VERSION

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (the process's own if None) and return its exit status."""
    options = _parser().parse_args(arguments)
    set_up_logs()
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except SettingsError as problem:
        _log.error("matside: %s", problem)
        return USAGE
    except MatsideError as problem:
        _log.error("matside: %s", problem)
        return FAILED
    except (BrokenPipeError, KeyboardInterrupt):
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="matside", description="A mat-side station.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"matside {VERSION}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    for module in (
        run,
        check,
        silence,
        routine,
        language,
        sessions,
        pin,
        voice,
        wiring,
        archive,
        fleet,
    ):
        module.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
