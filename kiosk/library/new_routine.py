"""Writes the file that a new routine begins with: one that works, with notes for its author."""

import errno
import re
import unicodedata
from pathlib import Path

from kiosk.core.errors import RoutineError
from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.library.routine_shapes import Name
from kiosk.toml_files.faults import sound

_TEMPLATE = Path(__file__).parent / "templates" / "new-routine.toml"

#: Why a file cannot be written into a folder, by the number of the operating system's error.
_REASONS = {
    errno.ENOENT: "there is no such folder. Make it first, or name another one with --folder.",
    errno.ENOTDIR: "that is no folder. Name one with --folder.",
    errno.EACCES: "you have no right to write there. Name a folder of your own with --folder.",
    errno.EPERM: "you have no right to write there. Name a folder of your own with --folder.",
    errno.EROFS: "nothing can be written on that disk. Name a folder on another one with --folder.",
    errno.ENOSPC: "the disk is full. Make room, or name a folder on another disk with --folder.",
}


def write_new_routine(name: str, folder: Path) -> Path:
    """Write a file for the routine `name` into `folder`; what is there already stays as it is.

    Args:
        name: Its id, such as ``hip-opener``.
        folder: The folder, which must be there.

    Returns:
        The file.

    Raises:
        RoutineError: No routine can be called that, or the file cannot be written.
    """
    text = _text_for(name)
    path = folder / f"{name}.toml"
    try:
        _write(path, text)
    except FileExistsError as cause:
        raise RoutineError(
            f"{path}: is there already, and is left as it is. Take another name."
        ) from cause
    except OSError as cause:
        reason = _REASONS.get(cause.errno or 0, f"{cause.strerror or cause}.")
        raise RoutineError(f"{path}: cannot be written: {reason}") from cause
    return path


def _text_for(name: str) -> str:
    """The text of a file for the routine `name`.

    Raises:
        RoutineError: No routine can be called that.
    """
    if not sound(name, Name):
        raise RoutineError(
            f"NAME: found {name!r}. It must be small letters (a to z) and digits, with hyphens "
            f"between words, 40 characters at most: for example {_similar(name)}."
        )
    if (SHIPPED_ROUTINES / f"{name}.toml").exists():
        raise RoutineError(
            f"NAME: found {name!r}. A routine that comes with Matside has that name, and yours "
            f"would take its place. Take another one."
        )
    text = _TEMPLATE.read_text(encoding="utf-8")
    title = name.replace("-", " ").capitalize()
    return text.replace('"new-routine"', f'"{name}"').replace('"New routine"', f'"{title}"')


def _similar(name: str) -> str:
    """A name like `name` that a routine can have."""
    plain = unicodedata.normalize("NFKD", name.removesuffix(".toml")).casefold()
    words = re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    similar = "-".join(words).lstrip("-0123456789")
    return similar if sound(similar, Name) else "hip-opener"


def _write(path: Path, text: str) -> None:
    """Write `text` into the new file `path`: all of it, or none.

    Raises:
        FileExistsError: Something is there already.
        OSError: It cannot be written.
    """
    with path.open("xb", buffering=0) as file:
        try:
            rest = memoryview(text.encode())
            while rest:
                rest = rest[file.write(rest) :]
        except OSError:
            path.unlink()
            raise
