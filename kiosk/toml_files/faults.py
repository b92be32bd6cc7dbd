"""Compares values with a type, and says all that is wrong with them, in words for their author."""

import difflib
import re
import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

import msgspec

from kiosk.toml_files.wanted import right, split, struct_of

#: Where a value is: names of fields and of entries of tables, and numbers in lists, from 0.
Way = tuple[str | int, ...]

#: Fields whose value must not stand in a message, since messages end up in logs.
SECRET = ("staff_pin", "pin", "new_pin")

#: A value is told with this many characters at most.
_LONGEST_VALUE = 80

#: The control characters that no text should have: all but a tab and the ends of lines.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class ValueFault(NamedTuple):
    """Something wrong with the values of a file.

    Attributes:
        way: Where it is; for a field that is missing, where it should be.
        text: What was found, and what is right.
        meant: The field beside it that an unknown one was probably meant to be, else None.
        unknown: Whether it is about a name that is not known where it stands.
    """

    way: Way
    text: str
    meant: str | None = None
    unknown: bool = False


def explain(data: object, shape: Any) -> str:
    """All that is wrong with `data`, each with its place, for example ``panel.button_pin: ...``."""
    return " ".join(tell(fault, data) for fault in faults_of(data, shape))


def tell(fault: ValueFault, data: object) -> str:
    """`fault` with its place in words, as a sentence."""
    place = place_of(fault.way, data) or "the file"
    glue = " " if fault.text.startswith("is ") else ": "
    return f"{place}{glue}{fault.text}"


def place_of(way: Way, data: object) -> str:
    """`way` in words for people, for example ``prepare["check"].seconds``; counting starts at 1."""
    place = ""
    for step in way:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
            place += f"[{_label(step, data)}]"
        else:
            data = data.get(step) if isinstance(data, dict) else None
            name = step if step.isprintable() else repr(step)
            place += f".{name}" if place else name
    return place


def faults_of(data: object, shape: Any) -> list[ValueFault]:
    """All that is wrong with `data`, in the order in which it is found.

    Args:
        data: Values as they were read.
        shape: A msgspec type that says what is allowed.

    Returns:
        The faults; none if msgspec can convert `data` into `shape`.
    """
    if sound(data, shape) and not _has_control(data):
        # Most files are right. To look into every value of one took longer than to parse it.
        return []
    return [_with_home(fault, shape) for fault in _faults(data, shape, ())]


def sound(data: object, shape: Any) -> bool:
    """Whether `data` can be converted into `shape`."""
    try:
        msgspec.convert(data, shape)
    except (msgspec.ValidationError, RecursionError):
        return False
    return True


def _with_home(fault: ValueFault, shape: Any) -> ValueFault:
    """`fault`; if it is about a name that is known elsewhere in the file, it says where.

    In TOML all that follows a heading belongs to it, so what is added at the end of a file belongs
    to the last heading, which is rarely meant.
    """
    home = _home(str(fault.way[-1]), shape) if fault.unknown else None
    return fault if home is None else fault._replace(text=f"is not known here. {home}")


def _home(name: str, shape: Any) -> str | None:
    """Where in a file of `shape` the field `name` belongs, None if nowhere or in several places."""
    struct = struct_of(shape)
    homes = []
    for field in () if struct is None else msgspec.structs.fields(struct):
        kind = split(_without_none(field.type))[0]
        one, each = struct_of(kind), _struct_in_list(kind)
        if field.encode_name == name and one is None and each is None:
            return "It belongs at the top of the file, above the first heading in brackets."
        if one is not None and name in one.__struct_fields__:
            homes.append(f"[{field.encode_name}]")
        if each is not None and name in each.__struct_fields__:
            homes.append(f"[[{field.encode_name}]]")
    return f"It belongs under {homes[0]}." if len(homes) == 1 else None


def _struct_in_list(kind: Any) -> type[msgspec.Struct] | None:
    """What the entries of a list are, if they are tables; else None."""
    if typing.get_origin(kind) is not tuple:
        return None
    return struct_of(split(typing.get_args(kind)[0])[0])


def _without_none(shape: Any) -> Any:
    """The type that `shape` has besides None; `shape` itself if it has none or several."""
    members = [member for member in typing.get_args(shape) if member is not type(None)]
    is_choice = typing.get_origin(shape) in (typing.Union, types.UnionType)
    return members[0] if is_choice and len(members) == 1 else shape


def _faults(data: object, shape: Any, way: Way) -> Iterator[ValueFault]:
    """What is wrong with `data`. Each value that is not sound has a fault, its own or within it."""
    if isinstance(data, str) and (strange := _control(data)) is not None:
        yield ValueFault(way, f"found {strange}, which cannot be shown. Take it out.")
        return
    if isinstance(data, str | int | float | bool) and sound(data, shape):
        return
    shape, inner = _member(data, shape)
    found = list(inner(data, shape, way)) if inner is not None else []
    yield from found
    if not found and not sound(data, shape):
        shown = "something else" if way and way[-1] in SECRET else show(data)
        yield ValueFault(way, f"found {shown}. {right(shape, data)}")


def _member(data: object, shape: Any) -> tuple[Any, Any]:
    """Of a choice of types the one that `data` looks like, and what looks into such a value."""
    base, _ = split(shape)
    if typing.get_origin(base) in (typing.Union, types.UnionType):
        members = [member for member in typing.get_args(base) if member is not type(None)]
        for member in members:
            if (inner := _look_into(data, member)) is not None:
                return member, inner
            if split(member)[0] is type(data):
                return member, None
        return (members[0] if len(members) == 1 else shape), None
    return shape, _look_into(data, shape)


def _look_into(data: object, shape: Any) -> Any:
    base, _ = split(shape)
    origin = typing.get_origin(base)
    if struct_of(base) is not None and isinstance(data, dict):
        return _in_struct
    if origin is tuple and isinstance(data, list):
        return _in_list
    if origin is dict and isinstance(data, dict):
        return _in_table
    return None


def _in_struct(data: dict[str, object], shape: Any, way: Way) -> Iterator[ValueFault]:
    base, _ = split(shape)
    fields = {field.encode_name: field for field in msgspec.structs.fields(base)}
    struct = struct_of(base)
    known_alone = struct is not None and struct.__struct_config__.forbid_unknown_fields
    for name, value in data.items():
        if name in fields:
            yield from _faults(value, fields[name].type, (*way, name))
        elif known_alone:
            near = difflib.get_close_matches(name, fields, n=1)
            known = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(fields)}."
            meant = near[0] if near else None
            yield ValueFault((*way, name), f"is not known here. {known}", meant, unknown=True)
    for name, field in fields.items():
        if field.required and name not in data:
            yield ValueFault((*way, name), "is missing. Add it.")


def _in_list(data: list[object], shape: Any, way: Way) -> Iterator[ValueFault]:
    base, meta = split(shape)
    kinds = typing.get_args(base)
    endless = len(kinds) == 2 and kinds[1] is Ellipsis  # noqa: PLR2004 - the type and the dots
    kind_of_list = tuple[Any, ...] if endless else tuple[(Any,) * len(kinds)]  # type: ignore[misc]
    outer: Any = Annotated[kind_of_list, meta] if meta is not None else kind_of_list
    if not sound(data, outer):
        # A list with far too many entries is not looked into: that would take long to read.
        yield ValueFault(way, f"found {len(data)} entries. {right(shape, data)}")
        return
    for number, value in enumerate(data):
        yield from _faults(value, kinds[0] if endless else kinds[number], (*way, number))


def _in_table(data: dict[str, object], shape: Any, way: Way) -> Iterator[ValueFault]:
    base, _ = split(shape)
    key_type, value_type = typing.get_args(base)
    for name, value in data.items():
        if not sound(name, key_type):
            yield ValueFault((*way, name), f"is not known here. {right(key_type, name)}")
        yield from _faults(value, value_type, (*way, name))


def show(value: object) -> str:
    """`value` for a message, as TOML has it where that is simple, and never long."""
    if isinstance(value, bool):
        return str(value).lower()
    try:
        text = repr(value)
    except RecursionError:
        return "brackets within brackets"
    if len(text) <= _LONGEST_VALUE:
        return text
    if isinstance(value, list):
        return f"a list with {len(value)} in it"
    return "a table" if isinstance(value, dict) else f"{text[: _LONGEST_VALUE - 20]}…"


def _has_control(data: object) -> bool:
    """Whether a text in `data` has a control character that no text should have."""
    if isinstance(data, str):
        return _CONTROL.search(data) is not None
    if isinstance(data, dict):
        return any(map(_has_control, data.values()))
    return isinstance(data, list) and any(map(_has_control, data))


def _control(text: str) -> str | None:
    """The first control character in `text` that no text should have, as ``U+0000``."""
    found = _CONTROL.search(text)
    return None if found is None else f"the control character U+{ord(found[0]):04X}"


def _label(number: int, data: object) -> str:
    """What people call the entry of a list: its id if it has one, else its number, from 1."""
    name = data.get("id") if isinstance(data, dict) else None
    return f'"{name}"' if isinstance(name, str) and name.isprintable() else str(number + 1)
