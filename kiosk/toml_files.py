"""Reading a TOML file into a typed shape, with errors for the person who wrote the file."""

import difflib
import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from kiosk.core.errors import MatsideError

Shape = TypeVar("Shape")

#: The end of a message of msgspec, which says where in the data the mistake is, for example
#: `` - at `$.step[3].seconds` ``.
_AT = re.compile(r" - at `\$(?P<path>[^`]*)`$")
#: One step of the way there: a field's name, a number in a list, or ``[...]`` for some key of a
#: table whose keys the author chooses.
_STEP = re.compile(r"\.(?P<field>[^.\[]+)|\[(?P<index>\d+)\]|\[(?P<any_key>\.\.\.)\]")
#: A message about a field that is missing, or that does not belong there.
_FIELD = re.compile(r"(missing required|contains unknown) field `(?P<name>[^`]+)`")

#: Fields whose value must not stand in a message, since messages end up in logs.
SECRET = ("staff_pin",)

#: A file larger than this, in bytes, is neither a routine nor a settings file.
LARGEST = 256 * 1024

#: The flag to open a file without waiting for another process. Windows has no such flag, and no
#: named pipes for which it is needed.
_DO_NOT_WAIT = getattr(os, "O_NONBLOCK", 0)


def read_toml(path: Path, shape: type[Shape], error: type[MatsideError]) -> Shape:
    """Read `path` and check it against `shape`.

    Args:
        path: The file.
        shape: A msgspec type that says what is allowed.
        error: The class of the error to raise.

    Raises:
        MatsideError: An `error`; names the file, the line or field, what was found and what
            would be right.
    """
    return parse_toml(read_content(path, error), str(path), shape, error)


def read_content(path: Path, error: type[MatsideError]) -> bytes:
    """The bytes of `path`, which must be an ordinary file of a sensible size.

    Raises:
        MatsideError: An `error`; names the file and says what is wrong with it.
    """
    try:
        # Without the flag, opening a named pipe waits for ever for somebody who writes into it.
        with os.fdopen(os.open(path, os.O_RDONLY | _DO_NOT_WAIT), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise error(f"{path}: is no ordinary file. Put a text file in its place.")
            content = file.read(LARGEST + 1)
    except OSError as cause:
        raise error(f"{path}: cannot be read: {cause.strerror or cause}.") from cause
    if len(content) > LARGEST:
        raise error(f"{path}: is larger than {LARGEST // 1024} KiB; that cannot be right.")
    return content


def parse_toml(content: bytes, name: str, shape: type[Shape], error: type[MatsideError]) -> Shape:
    """Check the `content` of a file against `shape`.

    Args:
        content: The file's bytes.
        name: The file's name, for errors.
        shape: A msgspec type that says what is allowed.
        error: The class of the error to raise.

    Raises:
        MatsideError: An `error`; names the file, the line or field, what was found and what
            would be right.
    """
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as cause:
        line = content[: cause.start].count(b"\n") + 1
        raise error(f"{name}: line {line} is not UTF-8 text. Save the file as UTF-8.") from cause
    except tomllib.TOMLDecodeError as cause:
        open_end = " A quote or bracket is not closed." if "end of doc" in str(cause) else ""
        raise error(f"{name}: is not valid TOML: {cause}.{open_end}") from cause
    except RecursionError as cause:
        raise error(f"{name}: brackets are nested too deeply. Remove some.") from cause
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as cause:
        raise error(f"{name}: {explain(str(cause), data, shape)}") from cause


def explain(message: str, data: object, shape: Any) -> str:
    """Say what is wrong with `data` in words for the person who wrote it.

    Args:
        message: What msgspec says about `data`.
        data: The values as they were read.
        shape: The msgspec type that says what is allowed.

    Returns:
        The field, what was found and what would be right, for example
        ``panel.button_pin: found 40. Expected: int <= 27.``
    """
    at = _AT.search(message)
    steps = [] if at is None else list(_STEP.finditer(at["path"]))
    what = _AT.sub("", message)
    named = _with_keys(steps, message, data, shape)
    place, found, wanted = _walk(named, data, inspect.type_info(shape))
    if field := _FIELD.search(what):
        full = f"{place}.{field['name']}" if place else field["name"]
        if "missing" in what:
            return f"{full} is missing. Add it."
        return f"{full} is not known here. {_known(field['name'], wanted)}"
    if isinstance(wanted, inspect.LiteralType):
        allowed = ", ".join(str(value) for value in wanted.values)
        what = f"It must be one of: {allowed}"
    what = what.replace("Expected", "Expected:").replace("`", "")
    if place.rpartition(".")[2] in SECRET:
        return f"{place}: found something else. {what}."
    return f"{place or 'the file'}: found {found!r}. {what}."


def _known(name: str, wanted: inspect.Type | None) -> str:
    """The field of `wanted` that is spelt most like `name`, or else all its fields."""
    names = [field.encode_name for field in getattr(wanted, "fields", ())]
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f"Did you mean {near[0]}?"
    return f"Known: {', '.join(names)}."


def _with_keys(
    steps: list[re.Match[str]], message: str, data: object, shape: Any
) -> list[str | int]:
    """The way that `steps` go, as names of fields and tables and as numbers in lists.

    Of a table whose keys the author chooses, msgspec only says that some entry is wrong, and not
    which. So each entry is tried without the others: the first that leads to the same message is
    the wrong one. If there is none, the way ends at the table.
    """
    way: list[str | int] = []
    for step in steps:
        if step["index"] is not None:
            way.append(int(step["index"]))
        elif step["any_key"] is None:
            way.append(step["field"])
        else:
            table = _at(way, data)
            keys = table if isinstance(table, dict) else {}
            key = next((key for key in keys if _fails(_only(key, way, data), shape, message)), None)
            if key is None:
                break
            way.append(key)
    return way


def _at(way: list[str | int], data: Any) -> Any:
    """What is in `data` at the end of `way`."""
    for step in way:
        data = data[step]
    return data


def _only(key: str, way: list[str | int], data: Any) -> Any:
    """A copy of `data` whose table at `way` has no entry but `key`."""
    if not way:
        return {key: data[key]}
    step, *further = way
    copy = data.copy()
    copy[step] = _only(key, further, data[step])
    return copy


def _fails(data: object, shape: Any, message: str) -> bool:
    """Whether msgspec says just `message` about `data`."""
    try:
        msgspec.convert(data, shape)
    except msgspec.ValidationError as cause:
        return str(cause) == message
    return False


def _walk(
    way: list[str | int], data: object, shape: inspect.Type
) -> tuple[str, object, inspect.Type | None]:
    """Follow `way` through data and shape together.

    Returns:
        The place in words for people, for example ``step[4].seconds``, where counting starts at 1;
        the value that is there; and the type that is wanted there, None if nothing is.
    """
    place = ""
    wanted: inspect.Type | None = shape
    for step in way:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
            place += f"[{_label(step, data)}]"
            wanted = getattr(wanted, "item_type", None)
        else:
            data = data.get(step) if isinstance(data, dict) else None
            place += f".{step}" if place else step
            wanted = _inside(wanted, step)
    return place, data, wanted


def _label(number: int, data: object) -> str:
    """What people call the entry of a list: its id if it has one, else its number, from 1."""
    name = data.get("id") if isinstance(data, dict) else None
    return f'"{name}"' if isinstance(name, str) else str(number + 1)


def _inside(wanted: inspect.Type | None, name: str) -> inspect.Type | None:
    """The type of the field or entry `name` of `wanted`; of ``int | None`` the first, ``int``."""
    for field in getattr(wanted, "fields", ()):
        if field.encode_name == name:
            inner: inspect.Type = field.type
            if isinstance(inner, inspect.UnionType):
                inner = inner.types[0]
            return inner
    return getattr(wanted, "value_type", None)
