"""The texts that a language needs, one by one, as translators work on them.

Each has a key that names its place in the file, such as ``short.left`` or ``steps.check.beat.0``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from kiosk.core.routine import BySide
from kiosk.library.plurals import categories, plural_category
from kiosk.library.routine_checks import steps_of
from kiosk.library.routine_shapes import RoutineShape, StepShape
from kiosk.library.sides import SIDE_NAME, by_side
from kiosk.library.words import LanguageShape

#: The words of a routine as a whole, in the order of a translation.
_OF_ROUTINE = (
    "title",
    "invitation",
    "equipment",
    "facts",
    "skip_if",
    "skip_advice",
    "stop_if",
    "emergency",
    "always",
)


class SourceText(NamedTuple):
    """A text that is to be translated.

    Attributes:
        table: The table of the file that it is in, such as ``steps.check``; empty at the top.
        field: The field in the table.
        part: Which part of the field: a side, a plural category, or the number in a list from 0;
            None if the field is one text.
        text: What is to be translated.
        note: When it is shown, if that is not clear from its place; empty otherwise.
    """

    table: str
    field: str
    part: str | int | None
    text: str
    note: str = ""

    @property
    def key(self) -> str:
        """The name of the text, such as ``steps.check.beat.0``."""
        parts = (self.table, self.field, "" if self.part is None else str(self.part))
        return ".".join(filter(None, parts))

    @property
    def place(self) -> str:
        """The place in the file as remarks have it, such as ``steps.check.beat[1]``."""
        if not isinstance(self.part, int):
            return self.key
        return f"{self.key.removesuffix(f'.{self.part}')}[{self.part + 1}]"


def station_texts(english: LanguageShape, code: str) -> Iterator[SourceText]:
    """The station's own words that the language `code` needs, in the order of the file."""
    sides = BySide(english.left, english.right)
    for field, value in msgspec.structs.asdict(english).items():
        if field == "breaths":
            forms = {"other": value} if isinstance(value, str) else value.there
            for category in sorted(categories(code) | {"other"}):
                text, note = forms.get(category, forms["other"]), _numbers(category, code)
                yield SourceText("", field, category, text, note)
        elif field != "reviewed":
            yield from _sided("", field, value, sides)


def routine_texts(source: RoutineShape, sides: BySide[str]) -> Iterator[SourceText]:
    """The words of a routine that are to be translated, in the order of a translation.

    Args:
        source: The routine's file.
        sides: The word for each side in the routine's language.
    """
    for field in _OF_ROUTINE:
        value = getattr(source.text, field)
        if isinstance(value, str):
            yield from _plain("text", field, value)
        else:
            yield from _listed("text", field, value)
    for label, text in source.text.labels.items():
        yield SourceText("text.labels", label, None, text)
    if source.weight_off is not None:
        for field in ("headline", "detail", "press"):
            yield SourceText("weight_off", field, None, getattr(source.weight_off, field))
    for step in steps_of(source):
        yield from _step_texts(step, sides)


def _step_texts(step: StepShape, sides: BySide[str]) -> Iterator[SourceText]:
    table = f"steps.{step.id}"
    for field in ("headline", "detail", "why"):
        yield from _sided(table, field, getattr(step, field), sides)
    yield from _listed(table, "beat", step.beat or ())


def _plain(table: str, field: str, text: str) -> Iterator[SourceText]:
    if text:
        yield SourceText(table, field, None, text)


def _listed(table: str, field: str, texts: Iterable[str]) -> Iterator[SourceText]:
    for number, text in enumerate(texts):
        yield SourceText(table, field, number, text)


def _sided(table: str, field: str, value: Any, sides: BySide[str]) -> Iterator[SourceText]:
    """One text, or one for each side if it names them."""
    if isinstance(value, str) and SIDE_NAME.search(value) is None:
        yield from _plain(table, field, value)
        return
    each = by_side(value, sides)
    yield SourceText(table, field, "left", each.left, "when it is done on the left side")
    yield SourceText(table, field, "right", each.right, "when it is done on the right side")


def _numbers(category: str, code: str) -> str:
    """Which numbers a plural form stands beside, in words for a translator."""
    numbers = [number for number in range(1, 120) if plural_category(number, code) == category]
    if not numbers:
        return "after any other number"
    return f"after numbers such as {', '.join(map(str, numbers[:4]))}"


def said_in(data: Mapping[str, Any], sources: Iterable[SourceText]) -> dict[str, str]:
    """What a language file or a translation says for each of `sources`, by key.

    What it does not say is left out. If it has one text where there could be one for each side or
    plural form, that is taken for all of them.

    Args:
        data: The values in the file, whether or not they are right.
        sources: The texts that are to be translated.
    """
    said = {}
    for source in sources:
        table: Any = data
        for name in filter(None, source.table.split(".", 1)):
            table = table.get(name) if isinstance(table, dict) else None
        value = table.get(source.field) if isinstance(table, dict) else None
        if isinstance(value, dict):
            value = value.get(source.part)
        elif isinstance(value, list):
            value = {str(number): each for number, each in enumerate(value)}.get(str(source.part))
        if isinstance(value, str) and value:
            said[source.key] = value
    return said
