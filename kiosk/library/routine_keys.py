"""The tables of keys in docs/routines.md, made from the shapes so that they cannot disagree.

``python -m kiosk.library.routine_keys`` prints them.
"""

import inspect
import re
import sys
from typing import Any

import msgspec

from kiosk.library.routine_shapes import (
    RoutineShape,
    StepShape,
    StepWords,
    TranslationShape,
    WeightOffShape,
    WeightOffWords,
    WordsShape,
)
from kiosk.toml_files.wanted import describe

#: The heading of each table, and the shape that it is made from.
TABLES: dict[str, type[msgspec.Struct]] = {
    "At the top of the file": RoutineShape,
    "In `[text]`": WordsShape,
    "In `[weight_off]`": WeightOffShape,
    "In a step": StepShape,
    "At the top of a translation": TranslationShape,
    "In `[steps.ID]` of a translation": StepWords,
    "In `[weight_off]` of a translation": WeightOffWords,
}

_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


def key_tables() -> str:
    """All tables of keys, as Markdown."""
    return "\n".join(f"### {title}\n{_table(shape)}" for title, shape in TABLES.items())


def _table(shape: type[msgspec.Struct]) -> str:
    told = meanings(shape)
    rows = ["| key | what it is | what it may be |", "|---|---|---|"]
    for field in msgspec.structs.fields(shape):
        need = " **Needed.**" if field.required else ""
        usual = _usual(field.default)
        rows.append(f"| `{field.name}` | {told[field.name]}{need} | {_kind(field.type)}{usual} |")
    return "\n".join(rows) + "\n"


def meanings(shape: type[msgspec.Struct]) -> dict[str, str]:
    """What each field of `shape` is, from the attributes in its docstring."""
    attributes = (inspect.getdoc(shape) or "").partition("Attributes:\n")[2]
    return {name: " ".join(text.split()) for name, text in _ATTRIBUTE.findall(attributes)}


def _usual(default: object) -> str:
    """What counts if the field is left out, where that is a value that could be written."""
    if isinstance(default, bool):
        return f"; without it {str(default).lower()}"
    return f"; without it {default}" if default and isinstance(default, str | int) else ""


def _kind(shape: Any) -> str:
    return describe(shape).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(key_tables())
