"""What is wrong with a language file, beyond the types of its fields.

Each text begins with the field that it is about.
"""

import re
from collections.abc import Iterator

import msgspec

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


def word_problems(shape: LanguageShape, english: LanguageShape) -> Iterator[str]:
    """What of a language file would be seen to be wrong on the screen.

    Args:
        shape: The file.
        english: The English file, whose names in braces are the right ones.
    """
    for field, value in words_in(shape):
        original = getattr(english, field)
        needed = frozenset(_NAME.findall(" ".join(texts_of(original).values()))) - _SIDES
        # A table has a whole sentence for each side, so there is no side to be filled in.
        may_name_sides = isinstance(value, str) and _names_sides(original)
        allowed = needed | _SIDES if may_name_sides else needed
        for part, text in texts_of(value).items():
            yield from _text_problems(f"{field}{part}", text, needed, allowed)


def words_in(shape: LanguageShape) -> Iterator[tuple[str, Value]]:
    """The fields of a language file that a screen shows, with their values."""
    for field, value in msgspec.structs.asdict(shape).items():
        if field != "reviewed":
            yield field, value


def texts_of(value: Value) -> dict[str, str]:
    """Each text of a field, by what is to be added to the field's name to name it."""
    if isinstance(value, str):
        return {"": value}
    if isinstance(value, PluralForms):
        return {f".{category}": form for category, form in value.there.items()}
    return {".left": value.left, ".right": value.right}


def _names_sides(value: Value) -> bool:
    """Whether `value` is different for the two sides."""
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
