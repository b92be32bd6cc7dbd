"""Everything that is to be said about a translation of a routine, for the person who writes it."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from kiosk.library.language_texts import routine_texts, said_in
from kiosk.library.remarks import Judge, Remark, opened
from kiosk.library.routine_checks import RoutineCheck
from kiosk.library.routine_files import language_of
from kiosk.library.routine_shapes import (
    RoutineShape,
    StepWords,
    TranslationShape,
    WeightOffWords,
    WordsShape,
)
from kiosk.library.translation_advice import (
    SPARE_IN_ROUTINES,
    gaps,
    too_long,
    translation_advice,
)
from kiosk.toml_files.faults import sound

_IF_EMPTY = "`matside language new CODE` writes one to start from."


def report_on_translation(
    path: Path, of: Path, judge: Judge, *, whole: bool = False
) -> list[Remark]:
    """All remarks on the translation `path` of the routine in the file `of`.

    Args:
        path: The translation, ``NAME.CODE.toml``.
        of: The routine's file.
        judge: What to judge it by.
        whole: Whether the question is if its language is whole. Then what is missing or too long is
            a fault, and whether the station has words in the language is not asked again.

    Returns:
        The remarks in the order of their lines.
    """
    file, remarks = opened(path, _IF_EMPTY)
    if file is None:
        return remarks
    unsound = file.type_faults(TranslationShape)
    original, _ = opened(of, "")
    if original is None:
        file.add_of_file(f"It translates {of.name}, which is not beside it or cannot be read.")
    elif sound(original.data, RoutineShape):
        source = msgspec.convert(original.data, RoutineShape)
        translation = sound_translation(file.data)
        check = RoutineCheck(source, judge.poses)
        file.add("fault", check.translation_problems(translation, language_of(path), unsound))
        known = translation.language in judge.languages
        if not whole and not known and "language" not in unsound:
            file.add("fault", [no_words(translation.language, judge.languages)])
        kind: Literal["fault", "warning"] = "fault" if whole else "warning"
        file.add(kind, translation_advice(translation, judge.legible))
        file.add(kind, gaps(source, translation, unsound))
        file.add(kind, _too_long(source, file.data, judge))
    file.warn_of_strange_texts()
    return file.in_order()


def _too_long(source: RoutineShape, data: dict[str, Any], judge: Judge) -> Iterator[str]:
    words = judge.languages.get(source.language)
    if words is not None:
        sources = list(routine_texts(source, words.side_words))
        yield from too_long(sources, said_in(data, sources), SPARE_IN_ROUTINES)


def no_words(language: str, languages: Collection[str]) -> str:
    """What to say of a file in a language that the station has no words of its own in."""
    return (
        f"language: found {language!r}. The station has words of its own only in: "
        f"{', '.join(languages)}."
    )


def sound_translation(data: dict[str, Any]) -> TranslationShape:
    """The translation in `data` without what is not sound in it; stand-ins for what it needs."""
    if sound(data, TranslationShape):
        return msgspec.convert(data, TranslationShape)
    text, steps, weight_off = (data.get(name) for name in ("text", "steps", "weight_off"))
    return TranslationShape(
        language=data["language"] if isinstance(data.get("language"), str) else "",
        text=_sound_words(text if isinstance(text, dict) else {}),
        steps={
            name: msgspec.convert(words, StepWords)
            for name, words in (steps if isinstance(steps, dict) else {}).items()
            if sound(words, StepWords)
        },
        weight_off=(
            msgspec.convert(weight_off, WeightOffWords)
            if sound(weight_off, WeightOffWords)
            else None
        ),
    )


def _sound_words(data: dict[str, Any]) -> WordsShape:
    values: dict[str, Any] = {
        "title": "",
        "invitation": "",
        "equipment": (),
        "facts": (),
        "skip_if": (),
        "skip_advice": "",
        "emergency": "",
    }
    for field in msgspec.structs.fields(WordsShape):
        value = data.get(field.name)
        if value is not None and sound(value, field.type):
            values[field.name] = msgspec.convert(value, field.type)
    return WordsShape(**values)
