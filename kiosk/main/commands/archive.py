"""``matside archive``: keeps the sessions of all stations in the gym's PostgreSQL."""

import argparse
import logging
import signal
import socket
import threading
import time
from types import FrameType

from kiosk.core.errors import ArchiveError
from kiosk.main.commands.options import Commands, add_common, settings_of

_log = logging.getLogger(__name__)


def add_to(commands: Commands) -> None:
    """Add ``archive``."""
    parser = commands.add_parser(
        "archive", help="keep the sessions of all stations in a PostgreSQL; runs until it is ended"
    )
    parser.add_argument(
        "--database",
        required=True,
        metavar="URL",
        help="such as postgresql://archive@db.gym.lan/gym; its password is best in ~/.pgpass",
    )
    parser.add_argument(
        "--name",
        default=f"matside-archive-{socket.gethostname()}",
        help="its name for the broker; of several archives each needs one of its own",
    )
    parser.add_argument(
        "--share",
        action="store_true",
        help="take a share of the sessions; without it several archives each get every one",
    )
    add_common(parser)
    parser.set_defaults(command=_archive)


def _archive(options: argparse.Namespace) -> int:
    try:
        from kiosk.archive.archive import Archive  # noqa: PLC0415 - only this command needs it
        from kiosk.archive.database import Database  # noqa: PLC0415 - only this command needs it
        from kiosk.archive.subscription import Subscription  # noqa: PLC0415 - the same
    except ImportError as problem:
        raise ArchiveError(
            f'{problem}. Install what the archive needs: pip install "matside[archive]"'
        ) from problem
    from kiosk.fleet.access import access  # noqa: PLC0415 - only this command needs it

    section = settings_of(options).fleet
    if not section.is_on:
        raise ArchiveError("There is no broker in the settings. Set fleet.broker.")
    stopped = threading.Event()
    archive = Archive(
        Database(options.database),
        lambda: Subscription(access(section), options.name, section.prefix, share=options.share),
        time.monotonic,
        stopped.wait,
    )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()
        archive.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    archive.run()
    return 0
