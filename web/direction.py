"""Which way a language is written, and text of the other direction within it."""

import re
from typing import Literal

#: Languages that are written from right to left, by their codes.
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

#: Any letter of a script that is written from right to left: Hebrew, Arabic and those between.
_RIGHT_TO_LEFT_LETTER = re.compile(r"[\u05d0-\u08ff]")

#: Words in Latin letters with the numbers beside them, for example ``4 kg``. The spaces and signs
#: around them are not part of it: they belong to the sentence.
_LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+(?:[ .,:/'-]+[0-9A-Za-z\u00c0-\u024f]+)*")
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")

# Unicode's own marks (UAX 9): what stands between them is laid out from left to right by itself.
_ISOLATE, _END = "\u2066", "\u2069"


def direction_of(language: str) -> Literal["ltr", "rtl"]:
    """The value of HTML's ``dir`` for the language with the code `language`, e.g. ``pt-BR``."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def with_latin_isolated(value: object) -> object:
    """`value`, with marks around Latin words if it is text that is written from right to left.

    Without them a browser would show the two parts of ``4 kg`` the wrong way round in an Arabic
    sentence. Numbers alone, a time such as ``1:05`` too, need no marks, and anything that is not
    plain text is left as it is: HTML that has been rendered has its marks.
    """
    if type(value) is not str or _RIGHT_TO_LEFT_LETTER.search(value) is None:
        return value
    return _LATIN.sub(_isolated, value)


def _isolated(found: re.Match[str]) -> str:
    piece = found[0]
    return f"{_ISOLATE}{piece}{_END}" if _LATIN_LETTER.search(piece) else piece
