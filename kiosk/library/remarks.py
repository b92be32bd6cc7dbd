"""Remarks on a file that somebody wrote: what is wrong with it, and what to think about.

A station that starts only needs to know whether a file is right. Here it is for the person who
writes one: every fault together, each with its line.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from kiosk.core.errors import MatsideError
from kiosk.library.legibility import Legible
from kiosk.library.routine_advice import strange_signs
from kiosk.library.words import Words
from kiosk.toml_files.content import read_content, to_text
from kiosk.toml_files.faults import Way, faults_of, place_of, tell
from kiosk.toml_files.lines import lines_of
from kiosk.toml_files.syntax import parse

#: A fault must be mended; a warning is to be thought about.
RemarkKind = Literal["fault", "warning"]


class Remark(NamedTuple):
    """One thing about a file.

    Attributes:
        file: The file.
        kind: Whether it is a fault or a warning.
        line: The line, from 1; None if it is about no line.
        field: The field, for example ``prepare["check"].kind``; empty if it is about none.
        text: What was found, and what is right.
        written: What stands in that line, without the space around it; empty without a line.
    """

    file: Path
    kind: RemarkKind
    line: int | None
    field: str
    text: str
    written: str = ""

    def __str__(self) -> str:
        """The remark as a line of text."""
        word = "" if self.kind == "fault" else "warning: "
        line = "" if self.line is None else f"line {self.line}: "
        glue = " " if self.text.startswith(("is ", "has ")) else ": "
        return f"{self.file}: {word}{line}{self.field}{glue if self.field else ''}{self.text}"


class Judge(NamedTuple):
    """What files are judged by.

    Attributes:
        poses: The name of each drawing that there is, with the names of the labels in it.
        languages: The station's own words by code of the language.
        breath_seconds: Seconds of a breath.
        legible: How long a headline may be.
    """

    poses: Mapping[str, Collection[str]]
    languages: Mapping[str, Words]
    breath_seconds: int
    legible: Legible


class FileRemarks:
    """A file that is TOML, and what has been said about it.

    Attributes:
        path: The file.
        data: The values in it.
        remarks: What has been said so far.
    """

    def __init__(self, path: Path, text: str, data: dict[str, Any]) -> None:
        self.path = path
        self.data = data
        self._text = text.split("\n")
        self._lines = lines_of(text)
        self._places = {place_of(way, data): line for way, line in self._lines.items()}
        self._mistyped: set[str] = set()
        self.remarks: list[Remark] = []

    def type_faults(self, shape: Any) -> frozenset[str]:
        """Remark what is wrong with the types of the values.

        Returns:
            The places of what is not sound, down to their second part, such as ``text.facts``. A
            top-level field that was probably meant by an unknown one is among them.
        """
        unsound: set[str] = set()
        for fault in faults_of(self.data, shape):
            said, field = tell(fault, self.data), place_of(fault.way, self.data)
            text = said.removeprefix(field).removeprefix(":").lstrip()
            self._remark("fault", self._line(fault.way), field, text)
            self._mistyped.add(field)
            unsound |= {".".join(map(str, fault.way[:2]))} if fault.way else set()
            if fault.meant is not None:
                self._mistyped.add(place_of((*fault.way[:-1], fault.meant), self.data))
                unsound |= set() if fault.way[:-1] else {fault.meant}
        return frozenset(unsound)

    def add(self, kind: RemarkKind, texts: Iterable[str]) -> None:
        """Remark `texts`, each of which begins with the field that it is about."""
        for said in texts:
            field = said.partition(" ")[0].removesuffix(":")
            if field in self._mistyped:  # it only seems to be missing
                continue
            text = said.removeprefix(field).removeprefix(":").lstrip()
            self._remark(kind, self._line_of_place(field), field, text)

    def add_of_file(self, text: str) -> None:
        """Remark a fault of the file as a whole."""
        self.remarks.append(Remark(self.path, "fault", None, "", text))

    def in_order(self) -> list[Remark]:
        """The remarks in the order of their lines; those without one come last."""
        return sorted(self.remarks, key=lambda each: (each.line is None, each.line or 0))

    def warn_of_strange_texts(self) -> None:
        """Remark what a screen may not show in the way that is expected, in any text."""
        for way, text in _texts(self.data):
            for what in strange_signs(text) if way[0] != "sources" else ():
                place = place_of(way, self.data)
                self._remark("warning", self._line(way), place, what)

    def _remark(self, kind: RemarkKind, line: int | None, field: str, text: str) -> None:
        written = _written(self._text, line)
        self.remarks.append(Remark(self.path, kind, line, field, text, written))

    def _line(self, way: Way) -> int | None:
        """The line of `way`, or else of the nearest table that is there."""
        while way and way not in self._lines:
            way = way[:-1]
        return self._lines.get(way)

    def _line_of_place(self, place: str) -> int | None:
        while place and place not in self._places:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return self._places.get(place)


def opened(path: Path, if_empty: str) -> tuple[FileRemarks | None, list[Remark]]:
    """The file `path`, or the remarks why it cannot be used at all.

    Args:
        path: The file.
        if_empty: What to do about a file that has nothing in it, as a sentence.
    """
    try:
        text = to_text(read_content(path, MatsideError), str(path), MatsideError)
    except MatsideError as problem:
        said = str(problem).removeprefix(f"{path}: ")
        return None, [Remark(path, "fault", None, "", said)]
    if not text.strip():
        return None, [Remark(path, "fault", None, "", f"The file is empty. {if_empty}")]
    data, wrong = parse(text)
    if wrong:
        lines = text.split("\n")
        return None, [
            Remark(
                path,
                "fault",
                fault.line,
                "",
                f"not valid TOML: {fault.text}",
                _written(lines, fault.line),
            )
            for fault in wrong
        ]
    return FileRemarks(path, text, data), []


def faults(remarks: Iterable[Remark]) -> list[Remark]:
    """Those of `remarks` that are faults."""
    return [remark for remark in remarks if remark.kind == "fault"]


def _written(lines: list[str], number: int | None) -> str:
    """What stands in the line `number`, counted from 1; empty if there is none."""
    return "" if number is None or number > len(lines) else lines[number - 1].strip()


def _texts(data: Any, way: Way = ()) -> Iterator[tuple[Way, str]]:
    """Every text in `data` with its way."""
    if isinstance(data, str):
        yield way, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _texts(value, (*way, name))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*way, number))
