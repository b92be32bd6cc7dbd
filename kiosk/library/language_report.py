"""Everything that is to be said about a language, for the person who translates.

The question is whether the language is whole: the station's words and those of every routine, all
said, all right, and short enough. So what is missing or too long is a fault here, though a station
could go on with it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from kiosk.library.language_checks import (
    Value,
    code_problem,
    plural_advice,
    plural_problems,
    sides_not_named,
    word_problems,
)
from kiosk.library.language_texts import said_in, station_texts
from kiosk.library.places import Places
from kiosk.library.remarks import Judge, Remark, opened
from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.library.shelf import Library
from kiosk.library.translation_advice import SPARE_IN_WORDS, too_long
from kiosk.library.translation_report import report_on_translation
from kiosk.library.words import SHIPPED_LANGUAGES, LanguageShape, read_english
from kiosk.toml_files.faults import sound


def languages_there(places: Places) -> list[str]:
    """The codes of all languages of which there is any file, right or wrong.

    Raises:
        SettingsError: A folder of the gym's own cannot be read.
    """
    return sorted({*places.language_files(), *places.translations()})


def report_on_language(code: str, library: Library, places: Places, judge: Judge) -> list[Remark]:
    """All remarks on the language `code`, file by file.

    Args:
        code: Code of the language.
        library: The routines that are to be translated.
        places: The folders.
        judge: What to judge it by.

    Raises:
        SettingsError: A folder of the gym's own cannot be read.
    """
    path, there = places.language_files().get(code), places.translations().get(code, {})
    if (wrong := code_problem(code)) is not None:
        named = [*([path] if path else []), *there.values()] or [Path(f"{code}.toml")]
        return [Remark(each, "fault", None, "", f"The file's name: {wrong}") for each in named]
    folder = places.own_languages
    if path is None:
        text = f"There is no such file: the station has no words in {code!r}. {_begin(code)}"
        remarks = [Remark((folder or SHIPPED_LANGUAGES) / f"{code}.toml", "fault", None, "", text)]
    else:
        remarks = _on_station(path, code)
    for name, routine in library.routines.items():
        if name in there:
            remarks += report_on_translation(there[name], library.files[name], judge, whole=True)
        elif next(iter(routine.texts)) != code:
            text = f"There is no such file: {name} has no words in {code!r}. {_begin(code)}"
            path = (folder or SHIPPED_ROUTINES) / f"{name}.{code}.toml"
            remarks.append(Remark(path, "fault", None, "", text))
    for name in sorted(there.keys() - library.routines.keys()):
        text = f"There is no routine {name!r} to translate. Correct the name, or take it away."
        remarks.append(Remark(there[name], "fault", None, "", text))
    return remarks


def _on_station(path: Path, code: str) -> list[Remark]:
    """What is to be said about the station's own words in the language `code`."""
    file, remarks = opened(path, _begin(code))
    if file is None:
        return remarks
    file.type_faults(LanguageShape)
    english, values = read_english(), _sound_words(file.data)
    file.add("fault", word_problems(values, english))
    shown = [text for text in station_texts(english, code) if not text.field.startswith("say_")]
    file.add("fault", too_long(shown, said_in(file.data, shown), SPARE_IN_WORDS))
    if "breaths" in values:
        file.add("fault", plural_problems(values["breaths"], code))
    file.add("warning", sides_not_named(values, english))
    file.add("warning", plural_advice(code))
    file.warn_of_strange_texts()
    return file.in_order()


def _sound_words(data: Mapping[str, Any]) -> dict[str, Value]:
    """The words in `data` whose types are right."""
    return {
        field.name: msgspec.convert(data[field.name], field.type)
        for field in msgspec.structs.fields(LanguageShape)
        if field.name in data and field.name != "reviewed" and sound(data[field.name], field.type)
    }


def _begin(code: str) -> str:
    return f"`matside language new {code}` writes one to start from."
