"""Everything that is to be said about a routine's file, for the person who writes it."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec

from kiosk.core.errors import RoutineError
from kiosk.library.remarks import Judge, Remark, faults, opened
from kiosk.library.routine_advice import advice
from kiosk.library.routine_checks import RoutineCheck
from kiosk.library.routine_files import SHIPPED_ROUTINES, RoutineReader
from kiosk.library.routine_shapes import MOST_STEPS, RoutineShape, StepShape, WordsShape
from kiosk.library.translation_report import no_words, report_on_translation
from kiosk.toml_files.faults import sound

_IF_EMPTY = "`matside routine new NAME` writes one to start from."

_SECTIONS = ("prepare", "each_side", "switch", "finish")


def report_on(path: Path, judge: Judge) -> list[Remark]:
    """All remarks on the file `path` and, if it is a routine, on its translations beside it.

    Args:
        path: A routine, ``NAME.toml``, or a translation, ``NAME.CODE.toml``, of one that is beside
            it or else comes with Matside.
        judge: What to judge it by.

    Returns:
        The remarks, file by file, in the order of their lines.
    """
    if "." in path.stem:
        return report_on_translation(path, _translated_by(path), judge)
    remarks = _on_routine(path, judge)
    translations = sorted(path.parent.glob(f"{_escaped(path.stem)}.*.toml"))
    for translation in translations:
        remarks += report_on_translation(translation, path, judge)
    if not faults(remarks):
        try:
            RoutineReader(judge.poses, judge.breath_seconds, judge.languages).read(path)
        except RoutineError as problem:  # the file has been changed meanwhile
            remarks.append(Remark(path, "fault", None, "", str(problem)))
    return remarks


def _translated_by(path: Path) -> Path:
    """The routine's file that the translation `path` is of."""
    name = f"{path.stem.partition('.')[0]}.toml"
    beside, shipped = path.with_name(name), SHIPPED_ROUTINES / name
    return shipped if shipped.exists() and not beside.exists() else beside


def _on_routine(path: Path, judge: Judge) -> list[Remark]:
    file, remarks = opened(path, _IF_EMPTY)
    if file is None:
        return remarks
    unsound = {place.partition(".")[0] for place in file.type_faults(RoutineShape)}
    shape = _sound_routine(file.data, path.stem)
    file.add("fault", RoutineCheck(shape, judge.poses, unsound).problems(path.stem))
    file.add("fault", _misplaced(shape, path, judge, unsound))
    if not unsound:
        file.add("warning", advice(shape, judge.breath_seconds, judge.legible))
        file.add("warning", _untranslated(shape, path, judge))
    file.warn_of_strange_texts()
    return file.in_order()


def _misplaced(
    shape: RoutineShape, path: Path, judge: Judge, unsound: Collection[str]
) -> Iterator[str]:
    """What a station would not take, though the file by itself is right."""
    if "language" not in unsound and shape.language not in judge.languages:
        yield no_words(shape.language, judge.languages)
    beside = {each.stem for folder in (path.parent, SHIPPED_ROUTINES) for each in folder.glob("*")}
    if shape.alternative is not None and shape.alternative not in beside:
        names = sorted(
            each.stem for each in SHIPPED_ROUTINES.glob("*.toml") if "." not in each.stem
        )
        yield (
            f"alternative: found {shape.alternative!r}. There is no such routine beside it; those "
            f"that come with Matside are: {', '.join(names)}."
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
            steps = map(_sound_step, value[:MOST_STEPS])
            values[field.name] = tuple(step for step in steps if step is not None)
    return RoutineShape(**values)


def _sound_step(data: object) -> StepShape | None:
    """What is sound of a step; None if that is too little to say anything about it.

    A step whose ``sided`` has a wrong type is one of these: its texts may name a side or not.
    """
    if not isinstance(data, dict):
        return None
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(StepShape):
        if field.name in data and sound(data[field.name], field.type):
            values[field.name] = msgspec.convert(data[field.name], field.type)
        elif field.required or (field.name == "sided" and field.name in data):
            return None
    return StepShape(**values)


def _escaped(name: str) -> str:
    """`name` for a pattern of file names, in which brackets would mean something."""
    return name.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")
