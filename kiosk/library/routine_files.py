"""Routines from their TOML files, and the check that one can be used on a mat."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from kiosk.core.errors import RoutineError
from kiosk.core.routine import Kind, Routine, RoutineStep, RoutineText, StepText
from kiosk.library.routine_shapes import (
    RoutineShape,
    StepShape,
    StepWords,
    TranslationShape,
    WordsShape,
)
from kiosk.toml_files import read_toml

#: The folder of the routines that come with Matside.
SHIPPED_ROUTINES = Path(__file__).parent / "routines"


class Section(NamedTuple):
    """A section of a routine file.

    Attributes:
        name: Its name in the file.
        steps: The steps in it.
        allowed: The kinds that its steps may have.
    """

    name: str
    steps: tuple[StepShape, ...]
    allowed: tuple[Kind, ...]


class RoutineReader:
    """Reads routine files, and checks what they say.

    Args:
        poses: Names of the figures that there are.
    """

    def __init__(self, poses: Collection[str]) -> None:
        self._poses = poses

    def read_folder(self, folder: Path) -> dict[str, Routine]:
        """All routines of `folder` by id, in the order of their file names.

        Raises:
            RoutineError: Files are wrong, there is none, or an alternative is not among them;
                the text has a line for each thing that is wrong.
        """
        files = sorted(path for path in folder.glob("*.toml") if "." not in path.stem)
        if not files:
            raise RoutineError(f"{folder}: there is no routine file (NAME.toml) in it.")
        routines: dict[str, Routine] = {}
        problems: list[str] = []
        for path in files:
            try:
                routines[path.stem] = self.read(path)
            except RoutineError as problem:
                problems.append(str(problem))
        names = [path.stem for path in files]
        problems += (
            f"{folder / routine.id}.toml: alternative: found {routine.alternative!r}. "
            f"It must be one of: {', '.join(names)}."
            for routine in routines.values()
            if routine.alternative is not None and routine.alternative not in names
        )
        if problems:
            raise RoutineError("\n".join(problems))
        return routines

    def read(self, path: Path) -> Routine:
        """The routine in the file `path`, with the translations that lie beside it.

        Raises:
            RoutineError: The file, or a translation, is wrong. The text has a line for each thing
                that is wrong; it names the file, the field and what is right.
        """
        shape = read_toml(path, RoutineShape, RoutineError)
        _refuse(path, self._problems(path, shape))
        steps = {step.id: _step_text(step) for step in _steps(shape)}
        texts = {shape.language: _text(shape.text, steps)}
        for translated in sorted(path.parent.glob(f"{path.stem}.*.toml")):
            translation = read_toml(translated, TranslationShape, RoutineError)
            _refuse(translated, _translation_problems(translated, translation, set(steps)))
            translated_steps = {
                name: _step_text(words) for name, words in translation.steps.items()
            }
            texts[translation.language] = _text(translation.text, translated_steps)
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

    def _problems(self, path: Path, shape: RoutineShape) -> Iterator[str]:
        """What is wrong with a routine file that its shape alone cannot tell, a sentence each."""
        if shape.id != path.stem:
            yield f"id: found {shape.id!r}. It must be the file's name: {path.stem!r}."
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
        for section in _sections(shape):
            for step in section.steps:
                place = f'{section.name}["{step.id}"]'
                if step.id in seen:
                    yield f"{place}.id: found twice. Each step needs an id of its own."
                seen.add(step.id)
                yield from self._step_problems(place, step, section.allowed)

    def _step_problems(
        self, place: str, step: StepShape, allowed: tuple[Kind, ...]
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
            if pose is not None and pose not in self._poses:
                yield (
                    f"{place}.{field}: found {pose!r}. "
                    f"There is no such pose; there are: {', '.join(sorted(self._poses))}."
                )
        yield from _word_problems(place, step)


def _refuse(path: Path, problems: Iterator[str]) -> None:
    """Raise what is wrong with the file `path`, a line each, if anything is."""
    lines = [f"{path}: {problem}" for problem in problems]
    if lines:
        raise RoutineError("\n".join(lines))


def _sections(shape: RoutineShape) -> tuple[Section, ...]:
    return (
        Section("prepare", shape.prepare, (Kind.GATE, Kind.SETUP)),
        Section("each_side", shape.each_side, (Kind.SETUP, Kind.HOLD)),
        Section("switch", shape.switch, (Kind.SWITCH,)),
        Section("finish", shape.finish, (Kind.FINISH,)),
    )


def _steps(shape: RoutineShape) -> Iterator[StepShape]:
    for section in _sections(shape):
        yield from section.steps


def _translation_problems(
    path: Path, translation: TranslationShape, step_ids: set[str]
) -> Iterator[str]:
    """What is wrong with a translation that its shape alone cannot tell, a sentence each."""
    named = path.suffixes[0].lstrip(".")
    if translation.language != named:
        yield (
            f"language: found {translation.language!r}. It must be the one in the file's "
            f"name: {named!r}."
        )
    for step in sorted(step_ids - set(translation.steps)):
        yield f"steps.{step} is missing. Add it."
    for step in sorted(set(translation.steps) - step_ids):
        yield f"steps.{step} is not known here. Known: {', '.join(sorted(step_ids))}."
    for step, words in translation.steps.items():
        yield from _word_problems(f"steps.{step}", words)


def _word_problems(place: str, words: StepShape | StepWords) -> Iterator[str]:
    for field, text in (
        ("headline", words.headline),
        ("detail", words.detail),
        ("why", words.why),
    ):
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


def _step_text(words: StepShape | StepWords) -> StepText:
    return StepText(words.headline, words.detail, words.why, words.beat or ())


def _text(words: WordsShape, steps: dict[str, StepText]) -> RoutineText:
    return RoutineText(**msgspec.structs.asdict(words), steps=steps)
