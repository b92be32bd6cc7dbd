"""The runtime directory of a service: files by which other units learn from the station."""

import os
from pathlib import Path

from kiosk.whole_file import write_whole


def runtime_directory() -> Path | None:
    """The directory that systemd has made for this service; None if this is not a service."""
    given = os.environ.get("RUNTIME_DIRECTORY")
    return Path(given.split(":")[0]) if given else None


def publish(file: Path, line: str) -> None:
    """Write a line into `file`, whole or not at all, for every user of this machine to read.

    Raises:
        OSError: It cannot be written.
    """
    write_whole(file, f"{line}\n".encode(), 0o644)
