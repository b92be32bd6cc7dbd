"""Everything that is to be said about a routine's file or a translation: faults and warnings.

A station that starts only needs to know whether a file is right (`routine_files`). Here it is for
the person who writes one: every fault together, each with its line, and what to think about.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from kiosk.core.errors import RoutineError
from kiosk.library.legibility import Legible
from kiosk.library.routine_advice import advice, strange_signs, translation_advice
from kiosk.library.routine_checks import RoutineCheck
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.library.routine_shapes import (
    MOST_STEPS,
    RoutineShape,
    StepShape,
    TranslationShape,
    WordsShape,
)
from kiosk.toml_files.content import read_content, to_text
from kiosk.toml_files.faults import Way, faults_of, place_of, sound, tell
from kiosk.toml_files.lines import lines_of
from kiosk.toml_files.syntax import parse

_SECTIONS = ("prepare", "each_side", "switch", "finish")


class Remark(NamedTuple):
    """One thing about a file.

    Attributes:
        file: The file.
        kind: A ``fault`` keeps the routine from being used; a ``warning`` is to be thought about.
        line: The line, from 1; None if it is about no line.
        field: The field, for example ``prepare["check"].kind``; empty if it is about none.
        text: What was found, and what is right.
    """

    file: Path
    kind: Literal["fault", "warning"]
    line: int | None
    field: str
    text: str

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
        languages: Codes of the languages that the station has words of its own in.
        breath_seconds: Seconds of a breath.
        legible: How long a headline may be.
    """

    poses: Mapping[str, Collection[str]]
    languages: Collection[str]
    breath_seconds: int
    legible: Legible


def report_on(path: Path, judge: Judge) -> list[Remark]:
    """All remarks on the file `path` and, if it is a routine, on its translations beside it.

    Args:
        path: A routine, ``NAME.toml``, or a translation of one, ``NAME.CODE.toml``.
        judge: What to judge it by.

    Returns:
        The remarks, file by file, in the order of their lines.
    """
    if "." in path.stem:
        return _on_translation(path, path.parent / f"{path.stem.split('.')[0]}.toml", judge)
    remarks = _on_routine(path, judge)
    translations = sorted(path.parent.glob(f"{_escaped(path.stem)}.*.toml"))
    for translation in translations:
        remarks += _on_translation(translation, path, judge)
    if not _faults(remarks):
        try:
            RoutineReader(judge.poses, judge.breath_seconds).read(path)
        except RoutineError as problem:  # the file has been changed meanwhile
            remarks.append(Remark(path, "fault", None, "", str(problem)))
    return remarks


class _File:
    """A file that is TOML, and what has been said about it."""

    def __init__(self, path: Path, text: str, data: dict[str, Any]) -> None:
        self.path = path
        self.data = data
        self._lines = lines_of(text)
        self._places = {place_of(way, data): line for way, line in self._lines.items()}
        self.remarks: list[Remark] = []

    def type_faults(self, shape: Any) -> set[str]:
        """Remark what is wrong with the types of the values; return the top-level fields."""
        unsound = set()
        for fault in faults_of(self.data, shape):
            said, field = tell(fault, self.data), place_of(fault.way, self.data)
            text = said.removeprefix(field).removeprefix(":").lstrip()
            self.remarks.append(Remark(self.path, "fault", self._line(fault.way), field, text))
            unsound |= {str(fault.way[0])} if fault.way else set()
            unsound |= {fault.meant} if fault.meant else set()
        return unsound

    def add(self, kind: Literal["fault", "warning"], texts: Iterable[str]) -> None:
        """Remark `texts`, each of which begins with the field that it is about."""
        for said in texts:
            field = said.partition(" ")[0].removesuffix(":")
            text = said.removeprefix(field).removeprefix(":").lstrip()
            self.remarks.append(Remark(self.path, kind, self._line_of_place(field), field, text))

    def in_order(self) -> list[Remark]:
        """The remarks in the order of their lines; those without one come last."""
        return sorted(self.remarks, key=lambda each: (each.line is None, each.line or 0))

    def warn_of_strange_texts(self) -> None:
        """Remark what a screen may not show in the way that is expected, in any text."""
        for way, text in _texts(self.data):
            for what in strange_signs(text) if way[0] != "sources" else ():
                place = place_of(way, self.data)
                self.remarks.append(Remark(self.path, "warning", self._line(way), place, what))

    def _line(self, way: Way) -> int | None:
        """The line of `way`, or else of the nearest table that is there."""
        while way and way not in self._lines:
            way = way[:-1]
        return self._lines.get(way)

    def _line_of_place(self, place: str) -> int | None:
        while place and place not in self._places:
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return self._places.get(place)


def _opened(path: Path) -> tuple[_File | None, list[Remark]]:
    """The file, or the remarks why it cannot be used at all."""
    try:
        text = to_text(read_content(path, RoutineError), str(path), RoutineError)
    except RoutineError as problem:
        said = str(problem).removeprefix(f"{path}: ")
        return None, [Remark(path, "fault", None, "", said)]
    if not text.strip():
        said = "The file is empty. `matside routine new NAME` writes one to start from."
        return None, [Remark(path, "fault", None, "", said)]
    data, wrong = parse(text)
    if wrong:
        return None, [
            Remark(path, "fault", fault.line, "", f"not valid TOML: {fault.text}")
            for fault in wrong
        ]
    return _File(path, text, data), []


def _on_routine(path: Path, judge: Judge) -> list[Remark]:
    file, remarks = _opened(path)
    if file is None:
        return remarks
    unsound = file.type_faults(RoutineShape)
    shape = _sound_routine(file.data, path.stem)
    file.add("fault", RoutineCheck(shape, judge.poses, unsound).problems(path.stem))
    file.add("fault", _misplaced(shape, path, judge, unsound))
    if not unsound:
        file.add("warning", advice(shape, judge.breath_seconds, judge.legible))
        file.add("warning", _untranslated(shape, path, judge))
    file.warn_of_strange_texts()
    return file.in_order()


def _on_translation(path: Path, of: Path, judge: Judge) -> list[Remark]:
    file, remarks = _opened(path)
    if file is None:
        return remarks
    unsound = file.type_faults(TranslationShape)
    original, _ = _opened(of)
    if original is None:
        said = f"It translates {of.name}, which is not beside it or cannot be read."
        file.remarks.append(Remark(path, "fault", None, "", said))
    elif not unsound and sound(original.data, RoutineShape):
        translation = msgspec.convert(file.data, TranslationShape)
        check = RoutineCheck(msgspec.convert(original.data, RoutineShape), judge.poses)
        language = path.stem.partition(".")[2]
        file.add("fault", check.translation_problems(translation, language))
        if translation.language not in judge.languages:
            file.add("fault", [_no_words(translation.language, judge)])
        file.add("warning", translation_advice(translation, judge.legible))
    file.warn_of_strange_texts()
    return file.in_order()


def _misplaced(
    shape: RoutineShape, path: Path, judge: Judge, unsound: Collection[str]
) -> Iterator[str]:
    """What a station would not take, though the file by itself is right."""
    if "language" not in unsound and shape.language not in judge.languages:
        yield _no_words(shape.language, judge)
    beside = {each.stem for folder in (path.parent, SHIPPED_ROUTINES) for each in folder.glob("*")}
    if shape.alternative is not None and shape.alternative not in beside:
        names = sorted(
            each.stem for each in SHIPPED_ROUTINES.glob("*.toml") if "." not in each.stem
        )
        yield (
            f"alternative: found {shape.alternative!r}. There is no such routine beside it; those "
            f"that come with Matside are: {', '.join(names)}."
        )


def _no_words(language: str, judge: Judge) -> str:
    return (
        f"language: found {language!r}. The station has words of its own only in: "
        f"{', '.join(judge.languages)}."
    )


def _untranslated(shape: RoutineShape, path: Path, judge: Judge) -> Iterator[str]:
    """The languages that the station offers and the routine does not."""
    missing = [
        code
        for code in judge.languages
        if code != shape.language and not (path.parent / f"{path.stem}.{code}.toml").exists()
    ]
    if missing:
        yield (
            f"language: found no translation into {', '.join(missing)}. Write "
            f"{path.stem}.{missing[0]}.toml, and so on, if members read these."
        )


def _sound_routine(data: dict[str, Any], name: str) -> RoutineShape:
    """The routine in `data` without whatever is not sound in it; stand-ins for what it needs."""
    if sound(data, RoutineShape):
        return msgspec.convert(data, RoutineShape)
    values: dict[str, Any] = {
        "id": name,
        "language": "",
        "text": WordsShape("", "", (), (), (), "", ""),
        "prepare": (),
        "each_side": (),
        "finish": (),
    }
    for field in msgspec.structs.fields(RoutineShape):
        value = data.get(field.encode_name)
        if value is not None and sound(value, field.type):
            values[field.name] = msgspec.convert(value, field.type)
        elif field.name in _SECTIONS and isinstance(value, list):
            values[field.name] = tuple(
                msgspec.convert(each, StepShape)
                for each in value[:MOST_STEPS]
                if sound(each, StepShape)
            )
    return RoutineShape(**values)


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


def _escaped(name: str) -> str:
    """`name` for a pattern of file names, in which brackets would mean something."""
    return name.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")


def _faults(remarks: Iterable[Remark]) -> list[Remark]:
    return [remark for remark in remarks if remark.kind == "fault"]
