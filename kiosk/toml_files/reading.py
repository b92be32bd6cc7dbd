"""Reads a TOML file into a type; whatever is wrong with it becomes one error."""

from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.core.errors import MatsideError
from kiosk.toml_files.content import read_content, to_text
from kiosk.toml_files.faults import faults_of, tell
from kiosk.toml_files.syntax import parse

Shape = TypeVar("Shape")

#: How many faults of a file an error tells; the others come when these are mended.
MOST_FAULTS = 50


def read_toml(path: Path, shape: type[Shape], error: type[MatsideError]) -> Shape:
    """Read `path` and check it against `shape`.

    Args:
        path: The file.
        shape: A msgspec type that says what is allowed.
        error: The class of the error to raise.

    Raises:
        MatsideError: An `error`; it has a line for each thing that is wrong, which names the file,
            the line or field, what was found and what would be right.
    """
    return parse_toml(read_content(path, error), str(path), shape, error)


def parse_toml(content: bytes, name: str, shape: type[Shape], error: type[MatsideError]) -> Shape:
    """Check the `content` of a file against `shape`.

    Args:
        content: The file's bytes.
        name: The file's name, for errors.
        shape: A msgspec type that says what is allowed.
        error: The class of the error to raise.

    Raises:
        MatsideError: An `error`; it has a line for each thing that is wrong, which names the file,
            the line or field, what was found and what would be right.
    """
    data, wrong = parse(to_text(content, name, error))
    if wrong:
        raise error("\n".join(f"{name}: is not valid TOML: {fault}" for fault in wrong))
    faults = faults_of(data, shape)
    if faults:
        lines = [f"{name}: {tell(fault, data)}" for fault in faults[:MOST_FAULTS]]
        if more := len(faults) - MOST_FAULTS:
            lines += [f"{name}: {more} more faults. Mend these first."] if more > 0 else []
        raise error("\n".join(lines))
    return msgspec.convert(data, shape)
