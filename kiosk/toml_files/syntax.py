"""Gets the values out of the text of a TOML file, and says in plain words why it cannot."""

import re
import tomllib
import unicodedata
from typing import Any, NamedTuple

from kiosk.toml_files.faults import SECRET

#: How many faults of syntax are looked for in one file.
MOST = 20

_PLACE = re.compile(r" \(at line (?P<line>\d+), column (?P<column>\d+)\)$")
#: A line that is a key and the beginning of its value.
_ENTRY = re.compile(r"[ \t]*[\w.\"'-]+[ \t]*=")
#: A word that was meant as true or false.
_YES_OR_NO = re.compile(r"(true|false|yes|no|on|off)\s*(#.*)?$", re.IGNORECASE)

_QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2032\u2033"

#: What is told of the rest of a line with this many characters at most.
_LONGEST_REST = 40

_UNCLOSED_LIST = "Unclosed array"
_MORE = "Expected newline or end of document"
_NO_VALUE = "Invalid value"

#: What the parser says, by its beginning, and what that means.
_MEANINGS = (
    ("Illegal character '\\n'", "A quote is not closed: the text needs one at its end too."),
    (
        "Expected '=' after a key",
        "A line is a name, the sign = and a value. A note for people begins with #.",
    ),
    ("Invalid statement", "A line is a name, the sign = and a value, or a heading in brackets."),
    (_NO_VALUE, 'The value is missing, or is a text without quotes: write "like this".'),
    ("Cannot overwrite a value", "The same name stands here twice: leave one out."),
    ("Cannot declare", "The same heading stands here twice: leave one out, or write [[ ]]."),
    ("Unescaped '\\'", "Write a backslash twice."),
    (
        _UNCLOSED_LIST,
        "A list is not closed with ], or a comma is missing between two of its entries.",
    ),
    ("Expected ']]'", "A heading in two brackets has two at its end too, and no spaces in it."),
    ("Expected ']'", "A heading in a bracket has one at its end too, and no spaces in it."),
)


class SyntaxFault(NamedTuple):
    """Why a text is not TOML.

    Attributes:
        line: The line, from 1; None if the fault is only found at the end.
        text: A sentence or two.
    """

    line: int | None
    text: str

    def __str__(self) -> str:
        """The fault with its line, if it has one."""
        return self.text if self.line is None else f"line {self.line}: {self.text}"


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
            fault, within_line = _fault(str(cause), lines)
            if faults and (fault.line is None or fault.line <= (faults[-1].line or 0)):
                break
            faults.append(fault)
            if fault.line is None or not within_line:
                break
            lines[fault.line - 1] = ""
        except RecursionError:
            faults.append(SyntaxFault(None, "Brackets are nested too deeply. Remove some."))
            break
        else:
            return ({} if faults else data), faults
    return {}, faults


def _fault(message: str, lines: list[str]) -> tuple[SyntaxFault, bool]:
    """The fault that the parser's `message` tells of, and whether its line stands for itself."""
    place = _PLACE.search(message)
    if place is None:  # at the end of the document
        meaning = (
            "At the end of the file: a quote or a bracket is not closed, or a value is missing."
        )
        return SyntaxFault(None, meaning), False
    number = int(place["line"])
    line = lines[number - 1] if number <= len(lines) else ""
    before, rest = line[: int(place["column"]) - 1], line[int(place["column"]) - 1 :]
    if message.startswith(_UNCLOSED_LIST) and "[" not in before:
        meaning = "A list that begins above is not closed with ], or a comma is missing in it."
        return SyntaxFault(number, meaning), False
    text = _strange(rest[:1]) or _special(message, line, rest) or _meaning(message)
    return SyntaxFault(number, text), _ENTRY.match(line) is not None


def _meaning(message: str) -> str:
    """What the parser's `message` means; itself if nobody has thought of it."""
    plain = _PLACE.sub("", message)
    return next((says for begin, says in _MEANINGS if message.startswith(begin)), f"{plain}.")


def _special(message: str, line: str, rest: str) -> str | None:
    """What follows from the `line`, and from the `rest` of it that the fault was found at."""
    if message.startswith(_MORE):
        if any(name in line for name in SECRET):
            return "What follows the value does not belong there."
        found = rest.strip()
        shown = found if len(found) <= _LONGEST_REST else f"{found[: _LONGEST_REST - 1]}…"
        quote = 'A quote within a text is written \\". ' if '"' in found else ""
        return f"{quote}What follows the value does not belong there: {shown}"
    if message.startswith(_NO_VALUE) and _YES_OR_NO.match(rest):
        return "Write true or false, in small letters and without quotes."
    return None


def _strange(sign: str) -> str | None:
    """What to do about a sign that only looks right; None if it is an ordinary one."""
    if sign and sign in _QUOTES:
        return f'{sign} is a typographic quote. Write straight quotes: ".'
    if sign and not sign.isascii():
        name = unicodedata.name(sign, f"U+{ord(sign):04X}").lower()
        return f"There is a sign that does not belong there: {name}. Delete it."
    return None
