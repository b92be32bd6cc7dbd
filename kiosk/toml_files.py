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

_AT = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(?P<field>[^.\[]+)|\[(?P<index>\d+)\]|\[(?P<any_key>\.\.\.)\]")
_FIELD = re.compile(r"(missing required|contains unknown) field `(?P<name>[^`]+)`")

#: Fields whose value no message repeats: messages end up in logs.
SECRET = ("staff_pin",)

#: A file larger than this, in bytes, is no routine and no settings file.
LARGEST = 256 * 1024

#: How a file is opened without waiting; Windows has neither the flag nor the pipes.
_DO_NOT_WAIT = getattr(os, "O_NONBLOCK", 0)


def read_toml(path: Path, shape: type[Shape], error: type[MatsideError]) -> Shape:
    """Read `path` and check it against `shape`.

    Args:
        path: The file.
        shape: A msgspec type that says what is allowed.
        error: The error to raise.

    Raises:
        MatsideError: As `error`: names the file, the line or field, what was found and what
            would be right.
    """
    return parse_toml(read_content(path, error), str(path), shape, error)


def read_content(path: Path, error: type[MatsideError]) -> bytes:
    """The bytes of `path`, which must be an ordinary file of a sensible size.

    Raises:
        MatsideError: As `error`: names the file and says what is wrong with it.
    """
    try:
        # A named pipe would keep whoever opens it waiting for a writer, for ever.
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
        error: The error to raise.

    Raises:
        MatsideError: As `error`: names the file, the line or field, what was found and what
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
    """Turn msgspec's `message` about `data` into field, what was found and what is right."""
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
    names = [field.encode_name for field in getattr(wanted, "fields", ())]
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f"Did you mean {near[0]}?"
    return f"Known: {', '.join(names)}."


def _with_keys(
    steps: list[re.Match[str]], message: str, data: object, shape: Any
) -> list[str | int]:
    """The way that `steps` go, as names of fields and tables and as numbers in lists.

    In a table whose keys the author chooses, msgspec says only that some entry is wrong. It is the
    one that leads to the same message without the others; the way ends before it if none does.
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
    try:
        msgspec.convert(data, shape)
    except msgspec.ValidationError as cause:
        return str(cause) == message
    return False


def _walk(
    way: list[str | int], data: object, shape: inspect.Type
) -> tuple[str, object, inspect.Type | None]:
    """Follow `way` through data and shape together; counts for people start at 1."""
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
    name = data.get("id") if isinstance(data, dict) else None
    return f'"{name}"' if isinstance(name, str) else str(number + 1)


def _inside(wanted: inspect.Type | None, name: str) -> inspect.Type | None:
    for field in getattr(wanted, "fields", ()):
        if field.encode_name == name:
            inner: inspect.Type = field.type
            if isinstance(inner, inspect.UnionType):
                inner = inner.types[0]
            return inner
    return getattr(wanted, "value_type", None)
