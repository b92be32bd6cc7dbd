"""Gets the text out of a file that somebody wrote, whatever it turns out to be."""

import codecs
import errno
import os
import stat
from pathlib import Path

from kiosk.core.errors import MatsideError

#: A file larger than this, in bytes, is neither a routine nor a settings file.
LARGEST = 256 * 1024

#: How often a file is read anew if somebody writes into it meanwhile.
_ATTEMPTS = 3

#: The flag to open a file without waiting for another process. Windows has no such flag, and no
#: named pipes for which it is needed.
_DO_NOT_WAIT = getattr(os, "O_NONBLOCK", 0)

#: Windows translates line ends unless a file is opened with this flag; no other system has it.
_AS_IT_IS = getattr(os, "O_BINARY", 0)

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

#: What to do about some failures, by the number of the operating system's error.
_ADVICE = {
    errno.EACCES: " Give its reader the right to: chmod a+r FILE.",
    errno.ELOOP: " Links lead round in a circle: put the file itself in its place.",
    errno.ENOENT: " Correct the name.",
}

_AS_UTF_8 = 'Save it as UTF-8: in Notepad, that is "Encoding" in the window "Save as".'


def read_content(path: Path, error: type[MatsideError], largest: int = LARGEST) -> bytes:
    """The bytes of `path`, which must be an ordinary file of a sensible size.

    Args:
        path: The file.
        error: The class of the error to raise.
        largest: How many bytes it may have.

    Raises:
        MatsideError: An `error`; names the file and says what is wrong with it.
    """
    try:
        # What is no file is not even opened: to open a device may already do something.
        _check_ordinary(path, path.stat(), error)
        for _ in range(_ATTEMPTS):
            content = _read_once(path, error, largest)
            if content is not None:
                break
        else:
            raise error(f"{path}: was changed while it was read. Try again once it is saved.")
    except OSError as cause:
        advice = _ADVICE.get(cause.errno or 0, "")
        raise error(f"{path}: cannot be read: {cause.strerror or cause}.{advice}") from cause
    if len(content) > largest:
        raise error(
            f"{path}: is larger than {largest // 1024} KiB; that cannot be right for such a file: "
            f"it is a text of a few pages. Correct the name, or put a smaller one in its place."
        )
    return content


def to_text(content: bytes, name: str, error: type[MatsideError]) -> str:
    """The text of a file's `content`: UTF-8, with or without a byte order mark.

    Args:
        content: The file's bytes.
        name: The file's name, for errors.
        error: The class of the error to raise.

    Raises:
        MatsideError: An `error`; says how to save the file.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise error(f"{name}: is saved as UTF-16, which Windows calls Unicode. {_AS_UTF_8}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = content[: cause.start].count(b"\n") + 1
        raise error(f"{name}: line {line} is not UTF-8 text. {_AS_UTF_8}") from cause
    if (at := text.find("\0")) >= 0:
        if text.count("\0") >= len(text) // 3:
            raise error(f"{name}: is saved as UTF-16 or UTF-32, not as UTF-8. {_AS_UTF_8}")
        line = text.count("\n", 0, at) + 1
        raise error(
            f"{name}: line {line} has a NUL byte, which no text has. The file is damaged, or it is "
            f"no text: put a copy of it in its place."
        )
    return text


def _read_once(path: Path, error: type[MatsideError], largest: int) -> bytes | None:
    """The first bytes of `path`, one more than `largest` at most; None if it changed meanwhile."""
    # Without the first flag, opening a named pipe waits for ever for somebody who writes into it.
    descriptor = os.open(path, os.O_RDONLY | _DO_NOT_WAIT | _AS_IT_IS)
    try:
        before = os.fstat(descriptor)
        _check_ordinary(path, before, error)
        content = b""
        while len(content) <= largest and (part := os.read(descriptor, largest + 1 - len(content))):
            content += part
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return content if same else None


def _check_ordinary(path: Path, status: os.stat_result, error: type[MatsideError]) -> None:
    """Refuse what has the name of a file, but is none."""
    if not stat.S_ISREG(status.st_mode):
        kinds = (kind for is_one, kind in _KINDS if is_one(status.st_mode))
        kind = next(kinds, "something else")
        raise error(f"{path}: is no ordinary file, but {kind}. Put a text file in its place.")
