"""Taking a file out of a folder that somebody else may write to."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.core.errors import UpdateError

#: Bytes that are read at once.
_PIECE = 256 * 1024

#: Bytes that must be free beside the file itself.
SPARE = 200 * 1024 * 1024


@contextmanager
def opened_folder(folder: Path) -> Iterator[int]:
    """Open a folder, unless its last part is a link that leads somewhere else.

    Raises:
        UpdateError: It cannot be opened.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as cause:
        raise UpdateError(f"{folder}: cannot be opened: {cause.strerror}.") from cause
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def take(folder: int, name: str, into: Path, most: int) -> None:
    """Copy a file out of an open folder. What is checked and used afterwards is the copy.

    Args:
        folder: The folder.
        name: The file's name in there.
        into: The copy, in a folder that nobody else may write to.
        most: The most bytes that it may have.

    Raises:
        UpdateError: It is no plain file or is too large, it changes meanwhile, or the disk is full.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        with os.fdopen(os.open(name, flags, dir_fd=folder), "rb", buffering=0) as source:
            before = os.fstat(source.fileno())
            _check(name, before, most, into)
            left = before.st_size
            with into.open("wb") as copy:
                while left and (piece := source.read(min(_PIECE, left))):
                    copy.write(piece)
                    left -= len(piece)
                copy.flush()
                os.fsync(copy.fileno())
            after = os.fstat(source.fileno())
    except OSError as cause:
        into.unlink(missing_ok=True)
        raise UpdateError(f"{name}: cannot be copied: {cause.strerror}.") from cause
    if left or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        into.unlink(missing_ok=True)
        raise UpdateError(f"{name}: has changed while it was read. Try again.")


def _check(name: str, found: os.stat_result, most: int, into: Path) -> None:
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        raise UpdateError(f"{name}: is no plain file, or has other names too.")
    if found.st_size > most:
        raise UpdateError(f"{name}: has {found.st_size} bytes; {most} are the most.")
    check_room(into.parent, found.st_size)


def check_room(folder: Path, size: int) -> None:
    """Hold that a file of `size` bytes fits on the disk of `folder`, and that much stays free.

    Raises:
        UpdateError: It does not.
    """
    if (free := shutil.disk_usage(folder).free) < size + SPARE:
        mib = 1024 * 1024
        needed = (size + SPARE) // mib
        raise UpdateError(f"{folder}: the disk has {free // mib} MiB free; it needs {needed}.")
