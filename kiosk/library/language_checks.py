"""What is wrong with a language file, beyond the types of its fields.

Each text begins with the field that it is about.
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from kiosk.library.plurals import RULES, categories
from kiosk.library.sides import SIDE_NAME, SideTable
from kiosk.library.words import LanguageShape, PluralForms

#: What the name of a language file must look like, without ``.toml``: ``de`` or ``pt-BR``.
_CODE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")

_NAME = re.compile(r"\{(\w+)\}")
_SIDES = frozenset({"side", "other"})

#: A value of a field.
Value = SideTable[str] | PluralForms | str


def code_problem(code: str) -> str | None:
    """What is wrong with `code` as the code of a language, None if nothing is."""
    if _CODE.fullmatch(code):
        return None
    return (
        f"found {code!r}. It must be the code of a language in small letters, such as de, or with "
        f"a region, such as pt-BR."
    )


def word_problems(values: Mapping[str, Value], english: LanguageShape) -> Iterator[str]:
    """What of a language file would be seen to be wrong on the screen.

    Args:
        values: The words in the file by field.
        english: The English file, whose names in braces are the right ones.
    """
    for field, value in values.items():
        original = getattr(english, field)
        needed = frozenset(_NAME.findall(" ".join(texts_of(original).values()))) - _SIDES
        # A table has a whole sentence for each side, so there is no side to be filled in.
        may_name_sides = isinstance(value, str) and names_sides(original)
        allowed = needed | _SIDES if may_name_sides else needed
        for part, text in texts_of(value).items():
            yield from _text_problems(f"{field}{part}", text, needed, allowed)


def plural_problems(breaths: Value, code: str) -> Iterator[str]:
    """Which forms of the unit of breaths a language needs, and its file does not have.

    Args:
        breaths: The forms, or the one for all numbers.
        code: Code of the language.
    """
    there = breaths.there.keys() if isinstance(breaths, PluralForms) else {"other"}
    for category in sorted(categories(code) - there):
        yield f"breaths.{category} is missing, which {code!r} needs for some numbers. Add it."


def plural_advice(code: str) -> Iterator[str]:
    """What to think about in a language whose plural forms are not known here."""
    if code.partition("-")[0] not in RULES:
        yield (
            f"breaths: the plural forms of {code!r} are not known here. Look whether the code is "
            f"right, and whether each form is there that CLDR names for the language."
        )


def sides_not_named(values: Mapping[str, Value], english: LanguageShape) -> Iterator[str]:
    """Where the English names a side, and a language file does not.

    Args:
        values: The words in the file by field.
        english: The English file.
    """
    for field, value in values.items():
        if names_sides(getattr(english, field)) and not names_sides(value):
            yield f"{field}: found no side in {value!r}, but the English names one. Is that right?"


def words_in(shape: LanguageShape) -> dict[str, Value]:
    """The fields of a language file that are shown or spoken, with their values."""
    fields = msgspec.structs.asdict(shape)
    return {field: value for field, value in fields.items() if field != "reviewed"}


def texts_of(value: Value) -> dict[str, str]:
    """Each text of a field, by what is to be added to the field's name to name it."""
    if isinstance(value, str):
        return {"": value}
    if isinstance(value, PluralForms):
        return {f".{category}": form for category, form in value.there.items()}
    return {".left": value.left, ".right": value.right}


def names_sides(value: Value) -> bool:
    """Whether `value` differs between the two sides."""
    return isinstance(value, SideTable) or (
        isinstance(value, str) and SIDE_NAME.search(value) is not None
    )


def _text_problems(
    place: str, text: str, needed: frozenset[str], allowed: frozenset[str]
) -> Iterator[str]:
    if not text.strip():
        yield f"{place} is empty. Translate it."
        return
    found, plain = frozenset(_NAME.findall(text)), _NAME.sub("", text)
    if (unknown := found - allowed) or "{" in plain or "}" in plain:
        right = f"Only {_list(allowed)} can be" if allowed else "Nothing can be"
        what = _list(unknown) or "a brace by itself"
        yield f"{place}: found {what} in {text!r}. {right} in braces here."
    if missing := needed - found:
        yield f"{place}: found no {_list(missing)} in {text!r}. Put it where the value belongs."


def _list(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
