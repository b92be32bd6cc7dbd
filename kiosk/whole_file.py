"""Writes a file whole or not at all, also if the power goes while it is written."""

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write `content` into `path`. A reader, now or after a power cut, finds the old or the new.

    Args:
        path: The file; its folder must be there.
        content: All that is to be in it.
        mode: Who may read and write it, whatever the umask; without it, its owner alone.

    Raises:
        OSError: It cannot be written. The old file, if there was one, is as it was.
    """
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)  # what a power cut left behind
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            new.chmod(mode)  # the umask may have taken some of it away
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Have the disk keep the folder's list of files, without which the new name may be lost."""
    if os.name == "nt":
        return  # Windows opens no folder; it keeps the list by itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
