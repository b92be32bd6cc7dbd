"""Finds the line of each value in the text of a TOML file, which Python's parser does not tell.

The text has been parsed before, so it is known to be right; here it is only gone through.
"""

import re
import tomllib
from typing import Any

from kiosk.toml_files.faults import Way

_SPACE = re.compile(r"(?:[ \t\n]+|#[^\n]*)+")
_BLANK = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_OTHER_VALUE = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> dict[Way, int]:
    """The line, from 1, of each field, table and entry of a list in `text`.

    Args:
        text: What a file has in it; it must be TOML.
    """
    scan = _Scan(text.replace("\r\n", "\n"))
    scan.document()
    return scan.lines


class _Scan:
    """Goes through a text from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._lists: dict[Way, int] = {}
        self.lines: dict[Way, int] = {}

    def document(self) -> None:
        table: Way = ()
        while self._skip(_SPACE) < len(self._text):
            if self._text.startswith("[[", self._at):
                table = self._heading(2)
            elif self._text[self._at] == "[":
                table = self._heading(1)
            else:
                self._entry(table)

    def _heading(self, brackets: int) -> Way:
        """Go over a heading such as ``[[prepare]]``, and return the table that it begins."""
        self._move(brackets)
        names = self._key()
        self._skip(_BLANK)
        self._move(brackets)
        way: Way = ()
        for name in names[:-1]:
            way = self._last(self._note((*way, name)))
        way = (*way, names[-1])
        if brackets == 1:
            return self._note(self._last(way))
        self._lists[way] = self._lists.get(way, -1) + 1
        self.lines.setdefault(way, self._line)
        return self._note(self._last(way))

    def _last(self, way: Way) -> Way:
        """The last table so far of a list of tables; a table of another kind is that itself."""
        return (*way, self._lists[way]) if way in self._lists else way

    def _entry(self, table: Way) -> None:
        """Go over a name, the sign = and a value."""
        way = table
        for name in self._key():
            way = (*way, name)
            self.lines.setdefault(way, self._line)
        self._skip(_BLANK)
        self._move(1)
        self._skip(_BLANK)
        self._value(way)

    def _value(self, way: Way) -> None:
        sign = self._text[self._at : self._at + 1]
        if sign == "[":
            self._list(way)
        elif sign == "{":
            self._inline(way)
        elif not self._skipped(_STRING):
            self._skip(_OTHER_VALUE)

    def _list(self, way: Way) -> None:
        self._move(1)
        number = 0
        while self._text[self._skip(_SPACE)] != "]":
            if self._text[self._at] == ",":
                self._move(1)
                continue
            self._value(self._note((*way, number)))
            number += 1
        self._move(1)

    def _inline(self, way: Way) -> None:
        self._move(1)
        while self._text[self._skip(_SPACE)] != "}":
            if self._text[self._at] == ",":
                self._move(1)
            else:
                self._entry(way)
        self._move(1)

    def _key(self) -> list[str]:
        """Go over a name with dots in it, and return its parts."""
        names = []
        while True:
            self._skip(_BLANK)
            begin = self._at
            if self._skipped(_STRING):
                read: dict[str, Any] = tomllib.loads(f"x = {self._text[begin : self._at]}")
                names.append(read["x"])
            else:
                self._skip(_BARE_KEY)
                names.append(self._text[begin : self._at])
            self._skip(_BLANK)
            if not self._text.startswith(".", self._at):
                return names
            self._move(1)

    def _note(self, way: Way) -> Way:
        self.lines.setdefault(way, self._line)
        return way

    def _skipped(self, pattern: re.Pattern[str]) -> bool:
        before = self._at
        return self._skip(pattern) != before

    def _skip(self, pattern: re.Pattern[str]) -> int:
        """Go over what `pattern` matches here, if anything; return where that is."""
        if found := pattern.match(self._text, self._at):
            self._line += found[0].count("\n")
            self._at = found.end()
        return self._at

    def _move(self, signs: int) -> None:
        self._at += signs
