"""The files of one language: what they have to say, what they say, and how they are written."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any

from kiosk.core.errors import RoutineError, SettingsError
from kiosk.library.language_texts import SourceText, routine_texts, said_in, station_texts
from kiosk.library.places import Places
from kiosk.library.routine_shapes import RoutineShape
from kiosk.library.shelf import Library
from kiosk.library.words import read_english
from kiosk.toml_files import read_content, read_toml
from kiosk.toml_files.content import to_text
from kiosk.toml_files.syntax import parse


@dataclass(frozen=True, slots=True, eq=False)
class LanguageFile:
    """One file of a language: the station's words, or those of a routine.

    Attributes:
        name: Its name.
        routine: The id of the routine, None for the station's words.
        path: Where it is, None if it is not there yet.
        text: What is in it now.
        data: The values in it.
        sources: What it has to say.
    """

    name: str
    routine: str | None
    path: Path | None
    text: str
    data: Mapping[str, Any]
    sources: tuple[SourceText, ...]

    @property
    def said(self) -> dict[str, str]:
        """What it says now, by the keys of its texts."""
        return said_in(self.data, self.sources)


def files_of(code: str, library: Library, places: Places) -> Iterator[LanguageFile]:
    """The files that the language `code` needs: none for routines that are in it already.

    Args:
        code: Code of the language.
        library: The routines.
        places: The folders.

    Raises:
        RoutineError: The file of a routine has been changed meanwhile, and is wrong now.
        SettingsError: A file of the language is there, but is no TOML.
    """
    words = tuple(station_texts(read_english(), code))
    yield _file(f"{code}.toml", None, places.language_files().get(code), words)
    there = places.translations().get(code, {})
    for name in library.routines:
        source = read_toml(library.files[name], RoutineShape, RoutineError)
        if source.language != code:
            texts = tuple(routine_texts(source, library.languages[source.language].side_words))
            yield _file(f"{name}.{code}.toml", name, there.get(name), texts)


def written(code: str, file: LanguageFile, texts: Mapping[str, str]) -> str:
    """The content of a file of the language `code`.

    The comments at the head of a file that is there are kept, and who has reviewed it. What is not
    translated yet is left empty, with the original in a comment above it.

    Args:
        code: Code of the language.
        file: The file.
        texts: What it is to say, by key.
    """
    what = "The station's own words" if file.routine is None else f"The words of {file.routine}"
    head = list(takewhile(lambda line: line.startswith("#"), file.text.splitlines()))
    lines = [*(head or [f"# {what} in the language {code}."]), ""]
    if file.routine is not None:
        lines.append(f"language = {_quoted(code)}")
    lines += [f"reviewed = {_quoted(reviewer_of(file))}", ""]
    for table, fields in groupby(file.sources, lambda source: source.table):
        if table:
            lines += ([""] if lines[-1] else []) + [f"[{table}]"]
        for field, parts in groupby(fields, lambda source: source.field):
            lines += _field(field, list(parts), texts)
    return "\n".join(lines) + "\n"


def reviewer_of(file: LanguageFile) -> str:
    """Who has reviewed `file`."""
    return str(file.data.get("reviewed", "nobody yet"))


def _file(
    name: str, routine: str | None, path: Path | None, sources: tuple[SourceText, ...]
) -> LanguageFile:
    if path is None:
        return LanguageFile(name, routine, None, "", {}, sources)
    text = to_text(read_content(path, SettingsError), str(path), SettingsError)
    data, wrong = parse(text)
    if wrong:
        raise SettingsError("\n".join(f"{path}: is not valid TOML: {each.text}" for each in wrong))
    return LanguageFile(name, routine, path, text, data, sources)


def _field(field: str, parts: list[SourceText], texts: Mapping[str, str]) -> Iterator[str]:
    """The lines of one field."""
    values = {part.part: _quoted(texts.get(part.key, "")) for part in parts}
    if isinstance(parts[0].part, int):
        yield f"{field} = ["
        for part in parts:
            yield from (f"    {line}" for line in _originals([part], texts))
            yield f"    {values[part.part]},"
        yield "]"
        return
    yield from _originals(parts, texts)
    if parts[0].part is None:
        yield f"{field} = {values[None]}"
    else:
        yield f"{field} = {{ {', '.join(f'{name} = {text}' for name, text in values.items())} }}"


def _originals(parts: Iterable[SourceText], texts: Mapping[str, str]) -> Iterator[str]:
    """Comments with the originals of what is not translated yet."""
    for part in parts:
        if part.key not in texts:
            original = " ".join(part.text.split())
            yield f"# {part.part}, {part.note}: {original}" if part.note else f"# {original}"


def _quoted(text: str) -> str:
    """`text` as TOML has it in quotes. JSON has the same signs for it, but for one of them."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
