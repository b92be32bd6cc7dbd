"""The runtime directory of a service: files by which other units learn from the station."""

import os
from pathlib import Path


def runtime_directory() -> Path | None:
    """The directory that systemd has made for this service; None if this is not a service."""
    given = os.environ.get("RUNTIME_DIRECTORY")
    return Path(given.split(":")[0]) if given else None


def publish(file: Path, line: str) -> None:
    """Write a line into `file`, whole or not at all, for every user of this machine to read.

    Raises:
        OSError: It cannot be written.
    """
    new = file.with_name(f"{file.name}.new")
    new.write_text(f"{line}\n")
    new.chmod(0o644)  # the service's umask would keep others from reading it
    new.replace(file)
