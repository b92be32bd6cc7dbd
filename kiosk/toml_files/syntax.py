"""Gets the values out of the text of a TOML file, and says in plain words why it cannot."""

import re
import tomllib
import unicodedata
from typing import Any, NamedTuple

#: How many faults of syntax are looked for in one file.
MOST = 20

_PLACE = re.compile(r" \(at line (?P<line>\d+), column (?P<column>\d+)\)$")
#: A line that is a key and the beginning of its value.
_ENTRY = re.compile(r"[ \t]*[\w.\"'-]+[ \t]*=")

_QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2032\u2033"

#: What the parser says, by its beginning, and what that means.
_MEANINGS = (
    ("Illegal character '\\n'", "A quote is not closed: the text needs one at its end too."),
    ("Expected '=' after a key", "A line is a name, the sign = and a value."),
    ("Invalid statement", "A line is a name, the sign = and a value, or a heading in brackets."),
    ("Invalid value", 'The value is missing, or is a text without quotes: write "like this".'),
    ("Expected newline or end of document", "Something follows that does not belong there."),
    ("Cannot overwrite a value", "The same name stands here twice: leave one out."),
    ("Cannot declare", "The same heading stands here twice: leave one out, or write [[ ]]."),
    ("Unescaped '\\'", "Write a backslash twice."),
    ("Unclosed array", "A list is not closed, or a comma is missing between two of its entries."),
    ("Expected ']'", "A heading in brackets is not closed."),
)


class SyntaxFault(NamedTuple):
    """Why a text is not TOML.

    Attributes:
        line: The line, from 1; None if the fault is only found at the end.
        text: A sentence or two.
    """

    line: int | None
    text: str


def parse(text: str) -> tuple[dict[str, Any], list[SyntaxFault]]:
    """The values in `text`, and its faults of syntax; if there are any, the values are empty.

    After a fault within a line that stands for itself, the search goes on behind that line. After
    any other one it ends, since nobody knows then what the rest is meant to be.
    """
    faults: list[SyntaxFault] = []
    lines = text.replace("\r\n", "\n").split("\n")
    while len(faults) < MOST:
        try:
            data = tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError as cause:
            fault, column = _fault(str(cause), lines)
            if faults and (fault.line is None or fault.line <= (faults[-1].line or 0)):
                break
            faults.append(fault)
            if fault.line is None or column is None or not _ENTRY.match(lines[fault.line - 1]):
                break
            lines[fault.line - 1] = ""
        except RecursionError:
            faults.append(SyntaxFault(None, "Brackets are nested too deeply. Remove some."))
            break
        else:
            return ({} if faults else data), faults
    return {}, faults


def _fault(message: str, lines: list[str]) -> tuple[SyntaxFault, int | None]:
    """The fault that the parser's `message` tells of, and its column, from 1."""
    place = _PLACE.search(message)
    if place is None:  # at the end of the document
        hint = "A quote or bracket is not closed."
        return SyntaxFault(None, f"{message}. {hint}"), None
    line, column = int(place["line"]), int(place["column"])
    said = _strange(lines[line - 1][column - 1 : column]) if line <= len(lines) else None
    meaning = next((says for begin, says in _MEANINGS if message.startswith(begin)), "")
    hint = meaning if said is None else said
    return SyntaxFault(line, f"{message}. {hint}".rstrip()), column


def _strange(sign: str) -> str | None:
    """What to do about a sign that only looks right; None if it is an ordinary one."""
    if sign and sign in _QUOTES:
        return f'{sign} is a typographic quote. Write straight quotes: ".'
    if sign and not sign.isascii():
        name = unicodedata.name(sign, f"U+{ord(sign):04X}").lower()
        return f"There is a sign that does not belong there: {name}. Delete it."
    return None
