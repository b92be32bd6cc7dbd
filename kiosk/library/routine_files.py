"""Routines from their TOML files, and the check that one can be used on a mat."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kiosk.core.errors import RoutineError
from kiosk.core.routine import Kind, Routine, RoutineStep, RoutineText, StepText
from kiosk.toml_files import read_toml

Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, Meta(min_length=1, max_length=240)]
Headline = Annotated[str, Meta(min_length=1, max_length=48)]
Seconds = Annotated[int, Meta(ge=1, le=600)]
SideSeconds = Annotated[int, Meta(ge=20, le=900)]
LanguageCode = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Texts = Annotated[tuple[Text, ...], Meta(min_length=1, max_length=20)]

#: The routines that come with Matside.
SHIPPED = Path(__file__).parent / "routines"


class StepWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a step, as a translation has them."""

    headline: Headline
    detail: Text
    why: str = ""
    beat: tuple[Text, Text] | None = None


class StepShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step as a routine file has it."""

    id: Name
    kind: Literal["gate", "setup", "hold", "switch", "finish"]
    pose: Name
    headline: Headline
    detail: Text
    why: str = ""
    beat: tuple[Text, Text] | None = None
    inset: Name | None = None
    sided: bool = False
    loaded: bool = False
    seconds: Seconds | None = None


class WordsShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that belong to the routine as a whole."""

    title: Headline
    invitation: Text
    equipment: Texts
    facts: Texts
    skip_if: Texts
    skip_advice: Text
    emergency: Text
    stop_if: tuple[Text, ...] = ()
    stop_action: str = ""
    always: str = ""


class RoutineShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A routine file."""

    id: Name
    language: LanguageCode
    side_seconds: Annotated[tuple[SideSeconds, ...], Meta(min_length=1, max_length=6)]
    default_seconds: SideSeconds
    text: WordsShape
    prepare: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    each_side: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    switch: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    finish: Annotated[tuple[StepShape, ...], Meta(min_length=1)]
    alternative: Name | None = None


class TranslationShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A routine's translation: ``NAME.LANGUAGE.toml`` beside ``NAME.toml``."""

    language: LanguageCode
    text: WordsShape
    steps: dict[str, StepWords]


_ALLOWED_KINDS = {
    "prepare": (Kind.GATE, Kind.SETUP),
    "each_side": (Kind.SETUP, Kind.HOLD),
    "switch": (Kind.SWITCH,),
    "finish": (Kind.FINISH,),
}


def load_routines(folder: Path, poses: Collection[str]) -> dict[str, Routine]:
    """All routines of `folder` by id, in the order of their file names.

    Args:
        folder: Where the files are.
        poses: Names of the figures that there are.

    Raises:
        RoutineError: A file is wrong, there is none, or an alternative is not among them.
    """
    files = sorted(path for path in folder.glob("*.toml") if "." not in path.stem)
    routines = {routine.id: routine for routine in (load_routine(path, poses) for path in files)}
    if not routines:
        raise RoutineError(f"{folder}: there is no routine file (NAME.toml) in it.")
    for path, routine in zip(files, routines.values(), strict=True):
        if routine.alternative is not None and routine.alternative not in routines:
            raise RoutineError(
                f"{path}: alternative: found {routine.alternative!r}. "
                f"It must be one of: {', '.join(routines)}."
            )
    return routines


def load_routine(path: Path, poses: Collection[str]) -> Routine:
    """The routine in the file `path`, with the translations that lie beside it.

    Raises:
        RoutineError: The file, or a translation, is wrong; names the field and what is right.
    """
    shape = read_toml(path, RoutineShape, RoutineError)
    if shape.id != path.stem:
        raise RoutineError(
            f"{path}: id: found {shape.id!r}. It must be the file's name: {path.stem!r}."
        )
    for problem in _problems(shape, poses):
        raise RoutineError(f"{path}: {problem}")
    steps = {step.id: _words(step) for step in _steps(shape)}
    texts = {shape.language: _text(shape.text, steps)}
    for translated in sorted(path.parent.glob(f"{path.stem}.*.toml")):
        translation = _load_translation(translated, set(steps))
        texts[translation.language] = _text(
            translation.text,
            {name: _words(words) for name, words in translation.steps.items()},
        )
    return Routine(
        id=shape.id,
        prepare=_routine_steps(shape.prepare),
        each_side=_routine_steps(shape.each_side, sided=True),
        switch=_routine_steps(shape.switch),
        finish=_routine_steps(shape.finish),
        side_seconds=shape.side_seconds,
        default_seconds=shape.default_seconds,
        alternative=shape.alternative,
        texts=texts,
    )


def _load_translation(path: Path, step_ids: set[str]) -> TranslationShape:
    translation = read_toml(path, TranslationShape, RoutineError)
    if path.suffixes[0] != f".{translation.language}":
        raise RoutineError(
            f"{path}: language: found {translation.language!r}. It must be the one in the file's "
            f"name: {path.suffixes[0].lstrip('.')!r}."
        )
    if missing := sorted(step_ids - set(translation.steps)):
        raise RoutineError(f"{path}: steps.{missing[0]} is missing. Add it.")
    if unknown := sorted(set(translation.steps) - step_ids):
        raise RoutineError(
            f"{path}: steps.{unknown[0]} is not known here. Known: {', '.join(sorted(step_ids))}."
        )
    for name, words in translation.steps.items():
        for problem in _word_problems(f"steps.{name}", words):
            raise RoutineError(f"{path}: {problem}")
    return translation


def _steps(shape: RoutineShape) -> Iterator[StepShape]:
    yield from (*shape.prepare, *shape.each_side, *shape.switch, *shape.finish)


def _problems(shape: RoutineShape, poses: Collection[str]) -> Iterator[str]:
    """What the shape alone cannot tell, a sentence each."""
    if list(shape.side_seconds) != sorted(set(shape.side_seconds)):
        found = list(shape.side_seconds)
        yield f"side_seconds: found {found}. They must ascend, each once: {sorted(set(found))}."
    if shape.default_seconds not in shape.side_seconds:
        yield (
            f"default_seconds: found {shape.default_seconds}. "
            f"It must be one of side_seconds: {', '.join(map(str, shape.side_seconds))}."
        )
    if not any(step.kind == "hold" for step in shape.each_side):
        yield "each_side: found no step of kind 'hold'. Add at least one."
    if any(step.loaded for step in _steps(shape)) and not (
        shape.text.stop_if and shape.text.stop_action and shape.text.always
    ):
        yield "text: a loaded step needs stop_if, stop_action and always. Add them."
    seen: set[str] = set()
    for section, allowed in _ALLOWED_KINDS.items():
        steps: tuple[StepShape, ...] = getattr(shape, section)
        for step in steps:
            if step.id in seen:
                yield f'{section}["{step.id}"].id: found twice. Each step needs an id of its own.'
            seen.add(step.id)
            yield from _step_problems(f'{section}["{step.id}"]', step, allowed, poses)


def _step_problems(
    place: str, step: StepShape, allowed: tuple[Kind, ...], poses: Collection[str]
) -> Iterator[str]:
    kind = Kind(step.kind)
    if kind not in allowed:
        names = ", ".join(kind.value for kind in allowed)
        yield f"{place}.kind: found {step.kind!r}. In this section it must be one of: {names}."
    if kind.timed and step.seconds is None:
        yield f"{place}.seconds is missing. A {step.kind} needs its seconds."
    if not kind.timed and step.seconds is not None:
        yield (
            f"{place}.seconds: found {step.seconds}. A {step.kind} lasts until the press: "
            f"leave it out."
        )
    for field, pose in (("pose", step.pose), ("inset", step.inset)):
        if pose is not None and pose not in poses:
            yield (
                f"{place}.{field}: found {pose!r}. "
                f"There is no such pose; there are: {', '.join(sorted(poses))}."
            )
    yield from _word_problems(place, step)


def _word_problems(place: str, words: StepShape | StepWords) -> Iterator[str]:
    for field in ("headline", "detail", "why"):
        text: str = getattr(words, field)
        plain = text.replace("{side}", "").replace("{other}", "")
        if "{" in plain or "}" in plain:
            yield f"{place}.{field}: found {text!r}. Only {{side}} and {{other}} can be in braces."


def _routine_steps(
    shapes: tuple[StepShape, ...], *, sided: bool = False
) -> tuple[RoutineStep, ...]:
    return tuple(
        RoutineStep(
            id=shape.id,
            kind=Kind(shape.kind),
            pose=shape.pose,
            inset=shape.inset,
            sided=sided or shape.sided,
            loaded=shape.loaded,
            seconds=shape.seconds,
        )
        for shape in shapes
    )


def _words(words: StepShape | StepWords) -> StepText:
    return StepText(words.headline, words.detail, words.why, words.beat or ())


def _text(words: WordsShape, steps: dict[str, StepText]) -> RoutineText:
    return RoutineText(**msgspec.structs.asdict(words), steps=steps)
