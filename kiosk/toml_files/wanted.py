"""Says in plain words what a msgspec type allows."""

import types
import typing
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

#: A table with so many keys is described by them.
_FEW = 2


def split(shape: Any) -> tuple[Any, Meta | None]:
    """A type without its annotation, and the annotation, None if it has none."""
    if typing.get_origin(shape) is Annotated:
        base, *extra = typing.get_args(shape)
        return base, next((each for each in extra if isinstance(each, Meta)), None)
    return shape, None


def struct_of(base: Any) -> type[msgspec.Struct] | None:
    """The class of `base` if it is a struct, also one that is made for other types; else None."""
    origin = typing.get_origin(base) or base
    return origin if isinstance(origin, type) and issubclass(origin, msgspec.Struct) else None


def describe(shape: Any) -> str:
    """What `shape` allows, for example ``a whole number from 1 to 600``."""
    base, meta = split(shape)
    if meta is not None and meta.description:
        return meta.description
    if (struct := struct_of(base)) is not None:
        names = struct.__struct_fields__
        return f"a table with {' and '.join(names)}" if len(names) == _FEW else "a table"
    return (
        _describe_one(base, meta) if typing.get_origin(base) is None else _describe_of(base, meta)
    )


def _describe_of(base: Any, meta: Meta | None) -> str:
    """What a type allows that is made of others."""
    origin = typing.get_origin(base)
    if origin is Literal:
        return "one of: " + ", ".join(sorted(_as_toml(value) for value in typing.get_args(base)))
    if origin in (typing.Union, types.UnionType):
        members = [member for member in typing.get_args(base) if member is not type(None)]
        return ", or ".join(describe(member) for member in members)
    if origin is tuple:
        return _describe_list(base, meta)
    return f"a table, each value {describe(typing.get_args(base)[1])}"


def _describe_one(base: Any, meta: Meta | None) -> str:
    """What a type allows that is made of no others."""
    if base is bool:
        return "true or false"
    if base in (int, float):
        return f"{'a whole number' if base is int else 'a number'}{_range(meta)}"
    return f"a text in quotes{_length(meta)}"


def right(shape: Any, found: object) -> str:
    """A sentence that says what would be right in place of `found`."""
    base, meta = split(shape)
    if isinstance(found, dict) and typing.get_origin(base) is tuple:
        return "It must be a list: write its heading in two brackets, like [[this]]."
    if isinstance(found, list) and struct_of(base) is not None:
        return "There can be only one: write its heading in one bracket, like [this]."
    sentence = f"It must be {describe(shape)}."
    if base is str and isinstance(found, str):
        if meta is not None and meta.max_length is not None and len(found) > meta.max_length:
            return f"{sentence} This one has {len(found)}."
        if not found:
            return f"{sentence} This one is empty."
    if base in (int, float) and isinstance(found, str):
        return f"{sentence} Write it without quotes."
    return sentence


def _describe_list(base: Any, meta: Meta | None) -> str:
    kinds = typing.get_args(base)
    if kinds[-1] is not Ellipsis:
        return f"a list of {len(kinds)}, each {describe(kinds[0])}"
    low, high = (None, None) if meta is None else (meta.min_length, meta.max_length)
    count = {
        (False, False): "",
        (True, False): f" of at least {low}",
        (False, True): f" of at most {high}",
        (True, True): f" of {low} to {high}",
    }[(low is not None, high is not None)]
    return f"a list{count}, each {describe(kinds[0])}"


def _range(meta: Meta | None) -> str:
    low, high = (None, None) if meta is None else (meta.ge, meta.le)
    if low is not None and high is not None:
        return f" from {low} to {high}"
    if low is not None:
        return f", {low} or more"
    return "" if high is None else f", {high} or less"


def _length(meta: Meta | None) -> str:
    return (
        "" if meta is None or meta.max_length is None else f", {meta.max_length} characters at most"
    )


def _as_toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
