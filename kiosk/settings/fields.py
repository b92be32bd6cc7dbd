"""The settings as a form shows them: made from the shapes, so that the two cannot disagree."""

import typing
from dataclasses import dataclass
from enum import Enum
from types import NoneType
from typing import Any, Literal

import msgspec

from kiosk.settings.shapes import Settings, TimeOfDay
from kiosk.toml_files.wanted import split

#: The section and the name of a setting, for example ``("station", "side")``.
Place = tuple[str, str]
#: What a setting can be; None takes back what is built in.
Value = str | bool | int | float | tuple[str, ...] | None


class FieldKind(Enum):
    """What sort of value a setting has."""

    SWITCH = "switch"
    CHOICE = "choice"
    NUMBER = "number"
    TIME = "time"
    LIST = "list"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Field:
    """One setting.

    Attributes:
        place: Its section and its name.
        kind: What sort of value it has.
        options: The values of a choice.
        low: The least value of a number, None if it has none.
        high: The largest value of a number, None if it has none.
        whole: Whether a number is a whole one.
        optional: Whether it may be left without a value.
    """

    place: Place
    kind: FieldKind
    options: tuple[object, ...] = ()
    low: float | None = None
    high: float | None = None
    whole: bool = True
    optional: bool = False


def fields() -> dict[Place, Field]:
    """Every setting by its place, in the order of the shapes."""
    found = {}
    for section in msgspec.structs.fields(Settings):
        for each in msgspec.structs.fields(section.type):
            place = (section.name, each.name)
            found[place] = _field(place, each.type)
    return found


def _field(place: Place, shape: Any) -> Field:
    members = [each for each in _members(shape) if each is not NoneType]
    optional = len(members) < len(_members(shape))
    base, meta = split(members[0])
    if shape is TimeOfDay or members[0] is TimeOfDay:
        return Field(place, FieldKind.TIME, optional=optional)
    if typing.get_origin(base) is tuple:
        return Field(place, FieldKind.LIST, optional=optional)
    if typing.get_origin(base) is Literal:
        return Field(place, FieldKind.CHOICE, typing.get_args(base), optional=optional)
    if base is bool:
        return Field(place, FieldKind.SWITCH)
    if base in (int, float):
        low, high = (None, None) if meta is None else (meta.ge, meta.le)
        return Field(
            place,
            FieldKind.NUMBER,
            low=low,
            high=high,
            whole=base is int,
            optional=optional,
        )
    return Field(place, FieldKind.TEXT, optional=optional)


def _members(shape: Any) -> tuple[Any, ...]:
    """The types of a union, or the one type that there is."""
    is_union = typing.get_origin(shape) in (typing.Union, type(int | str))
    return typing.get_args(shape) if is_union else (shape,)
