"""Texts that name a side of the body: how they stand in files, and how they become whole sentences.

Where a text names a side, a file may say a whole sentence for each of them, as a table::

    headline = { left = "Zur linken Seite wechseln", right = "Zur rechten Seite wechseln" }

or one text with ``{side}``, the word for the side that the step is done on, or ``{other}``, that
for the opposite one. The table is for languages in which a sentence changes with the side.
"""

import re
from typing import Annotated, Generic, TypeVar

import msgspec
from msgspec import Meta

from kiosk.core.routine import BySide, Side

Text = Annotated[str, Meta(min_length=1, max_length=240)]
Sentence = TypeVar("Sentence")

#: A name in braces that stands for the word for a side.
SIDE_NAME = re.compile(r"\{(side|other)\}")


class SideTable(
    msgspec.Struct, Generic[Sentence], frozen=True, forbid_unknown_fields=True, kw_only=True
):
    """A table in a file with a whole sentence for each side."""

    left: Sentence
    right: Sentence


def variants(text: SideTable[str] | str) -> tuple[str, ...]:
    """The texts in a file's `text`: that of each side if it is a table, else the one there is."""
    return (text,) if isinstance(text, str) else (text.left, text.right)


def by_side(text: SideTable[str] | str, words: BySide[str]) -> BySide[str]:
    """What `text` says for each side.

    Args:
        text: A text of a file.
        words: The word for each side within a sentence.
    """
    if not isinstance(text, str):
        return BySide(text.left, text.right)
    if SIDE_NAME.search(text) is None:
        return BySide(text, text)
    return BySide(*(_filled(text, words, side) for side in (Side.LEFT, Side.RIGHT)))


def _filled(text: str, words: BySide[str], side: Side) -> str:
    """`text` with the words for `side` and the other one, and a capital first letter."""
    names = {"side": words.of(side), "other": words.of(side.other)}
    filled = SIDE_NAME.sub(lambda found: names[found[1]], text)
    return filled[:1].upper() + filled[1:]
