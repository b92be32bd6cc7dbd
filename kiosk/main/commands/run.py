"""``matside run``: the station itself."""

import argparse
from functools import partial

from kiosk.main.commands.options import HARDWARE, Commands, add_common, found_settings_of

#: The least and the most that ``--speed`` accepts, in routine seconds a clock second.
SLOWEST, FASTEST = 0.1, 1000.0

_HIGHEST_PORT = 65535


def add_to(commands: Commands) -> None:
    """Add ``run``."""
    parser = commands.add_parser("run", help="run the station", allow_abbrev=False)
    parser.add_argument("--hardware", choices=HARDWARE)
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument(
        "--port", type=port_number, help="port to listen on (8080); 0 takes a free one"
    )
    parser.add_argument(
        "--speed", type=speed_number, default=1.0, help="run the routine N times faster"
    )
    parser.add_argument("--open", action="store_true", help="show the page in a browser")
    add_common(parser)
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from kiosk.main import running  # noqa: PLC0415 - the other commands need no web server
    from kiosk.main.past import open_store  # noqa: PLC0415 - only if a directory was named

    if options.data is not None:
        # A station also runs without its store. But a person who names a directory for it wants to
        # hear at once that it cannot be used.
        open_store(found_settings_of(options).settings).close()
    find = partial(found_settings_of, options)
    running.run(find, options.speed, open_browser=options.open)
    return 0


def port_number(text: str) -> int:
    """The port that `text` says, for argparse."""
    port = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= port <= _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(
            f"found {text!r}. It must be a number from 0 to {_HIGHEST_PORT}"
        )
    return port


def speed_number(text: str) -> float:
    """The speed that `text` says, for argparse."""
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not SLOWEST <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(
            f"found {text!r}; it must be a number from {SLOWEST:g} to {FASTEST:g}"
        )
    return speed
