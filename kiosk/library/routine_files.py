"""Reads routines from their TOML files.

`routine_shapes` says which fields a file may have, `routine_checks` what else must be right.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kiosk.core.errors import RoutineError
from kiosk.core.routine import (
    BySide,
    Choosable,
    Kind,
    Routine,
    RoutineStep,
    RoutineText,
    Sides,
    StepText,
    WeightOffText,
)
from kiosk.library.routine_checks import RoutineCheck, steps_of, steps_to_choose_on
from kiosk.library.routine_lengths import lengths_of, seconds_of
from kiosk.library.routine_shapes import (
    RoutineShape,
    StepShape,
    StepWords,
    TranslationShape,
    WeightOffShape,
    WeightOffWords,
    WordsShape,
)
from kiosk.library.sides import by_side
from kiosk.library.translations import Translations
from kiosk.library.words import Words, load_languages
from kiosk.toml_files import read_content, read_toml
from kiosk.toml_files.content import to_text
from kiosk.toml_files.syntax import parse

#: The folder of the routines that come with Matside.
SHIPPED_ROUTINES = Path(__file__).parent / "routines"

#: The beginning of a heading in brackets.
_HEADING = re.compile(r"^\[", re.MULTILINE)

#: Seconds of a breath unless the settings say otherwise.
BREATH_SECONDS = 6


class RoutineReader:
    """Reads routine files, and checks what they say.

    Args:
        poses: The name of each drawing that there is, with the names of the labels in it.
        breath_seconds: Seconds of a breath, for files that count breaths; 4 to 8.
        languages: The station's own words by code of the language; those that come with Matside if
            None. A routine can be read only in these languages, since a screen has words of both.
    """

    def __init__(
        self,
        poses: Mapping[str, Collection[str]],
        breath_seconds: int = BREATH_SECONDS,
        languages: Mapping[str, Words] | None = None,
    ) -> None:
        self._poses = poses
        self._breath_seconds = breath_seconds
        self._languages = load_languages() if languages is None else languages

    @property
    def languages(self) -> Mapping[str, Words]:
        """The station's own words by code of the language."""
        return self._languages

    def read_folder(self, folder: Path, names: Collection[str] | None = None) -> dict[str, Routine]:
        """The routines of `folder` by id, in the order of their places.

        A translation is read when it is first asked for, if the station has its language.

        Args:
            folder: The folder.
            names: The ids of those to read; None reads all.

        Raises:
            RoutineError: A file is wrong, the folder has none, or the alternative of a routine
                is not in the folder. The text has a line for each thing that is wrong.
        """
        files = routine_files(folder)
        if not files:
            raise RoutineError(f"{folder}: there is no routine file (NAME.toml) in it.")
        routines: dict[str, Routine] = {}
        problems: list[str] = []
        for name, path in files.items():
            if names is not None and name not in names:
                continue
            try:
                routines[name] = self.read_with_translations_later(path)
            except RoutineError as problem:
                problems.append(str(problem))
        problems += (
            f"{folder / routine.id}.toml: alternative: found {routine.alternative!r}. "
            f"It must be one of: {', '.join(files)}."
            for routine in routines.values()
            if routine.alternative is not None and routine.alternative not in files
        )
        if problems:
            raise RoutineError("\n".join(problems))
        order = in_order({name: routine.place for name, routine in routines.items()})
        return {name: routines[name] for name in order}

    def read(self, path: Path) -> Routine:
        """The routine in the file `path`, with the translations that are in the same folder.

        Raises:
            RoutineError: The file, or a translation, is wrong. The text has a line for each thing
                that is wrong; it names the file, the field and what is right.
        """
        routine, problems = self.read_what_is_right(path)
        if problems:
            raise RoutineError("\n".join(problems))
        return routine

    def read_what_is_right(self, path: Path) -> tuple[Routine, list[str]]:
        """The routine in the file `path`, with those translations beside it that are right.

        Returns:
            The routine, and a text for each translation that is wrong: what is wrong with it.

        Raises:
            RoutineError: The file itself is wrong.
        """
        source = self._source(path)
        texts, problems = self._translations(source, translations_of(path))
        texts = {source.shape.language: source.text} | texts
        return _routine(source, texts, self._breath_seconds), list(problems.values())

    def read_translations(
        self, path: Path, translated: Mapping[str, Path]
    ) -> tuple[dict[str, RoutineText], dict[str, str]]:
        """The words for the routine in the file `path` from those of `translated` that are right.

        Args:
            path: The routine's file.
            translated: The files of its translations by code of the language.

        Returns:
            The words by code of the language, and what is wrong with each of the other files.

        Raises:
            RoutineError: The routine's file is wrong.
        """
        return self._translations(self._source(path), translated)

    def read_with_translations_later(self, path: Path) -> Routine:
        """The routine in the file `path`; a translation beside it is read when it is asked for.

        Raises:
            RoutineError: The file itself is wrong.
        """
        source = self._source(path)
        files = {
            language: partial(self._translation, source, translated, language)
            for language, translated in translations_of(path).items()
            if language in self._languages
        }
        texts = Translations(source.shape.language, source.text, files)
        return _routine(source, texts, self._breath_seconds)

    def _source(self, path: Path) -> "_Source":
        """What the routine's own file says.

        Raises:
            RoutineError: It is wrong.
        """
        shape = read_toml(path, RoutineShape, RoutineError)
        check = RoutineCheck(shape, self._poses)
        problems = list(check.problems(path.stem))
        if problems or shape.weight_off is None:
            raise _refusal(path, problems)
        sides = self._side_words(shape.language, path)
        steps = {step.id: _step_text(step, sides) for step in steps_of(shape)}
        text = _text(shape.text, shape.weight_off, steps)
        return _Source(shape, shape.weight_off.pose, text, check)

    def _translations(
        self, source: "_Source", translated: Mapping[str, Path]
    ) -> tuple[dict[str, RoutineText], dict[str, str]]:
        texts, problems = {}, {}
        for language, path in translated.items():
            try:
                texts[language] = self._translation(source, path, language)
            except RoutineError as problem:
                problems[language] = str(problem)
        return texts, problems

    def _translation(self, source: "_Source", path: Path, language: str) -> RoutineText:
        """The words of the translation `path` of a routine.

        Raises:
            RoutineError: It is wrong.
        """
        translation = read_toml(path, TranslationShape, RoutineError)
        problems = list(source.check.translation_problems(translation, language))
        if problems or translation.weight_off is None:
            raise _refusal(path, problems)
        sides = self._side_words(language, path)
        steps = {step: _step_text(words, sides) for step, words in translation.steps.items()}
        return _text(translation.text, translation.weight_off, steps)

    def _side_words(self, language: str, path: Path) -> BySide[str]:
        """The word for each side in `language`, which the file `path` is in.

        Raises:
            RoutineError: The station has no words of its own in that language.
        """
        if language not in self._languages:
            raise RoutineError(
                f"{path}: is in {language!r}, but the station's own words are only in: "
                f"{', '.join(self._languages)}."
            )
        return self._languages[language].side_words


class _Source(NamedTuple):
    """A routine's own file that has been read.

    Attributes:
        shape: What is in it.
        weight_off_pose: The figure of weight off.
        text: Its words.
        check: Finds what is wrong with a translation of it.
    """

    shape: RoutineShape
    weight_off_pose: str
    text: RoutineText
    check: RoutineCheck


def translations_of(path: Path) -> dict[str, Path]:
    """The translations beside the routine file `path`, by code of the language."""
    files = sorted(path.parent.glob(f"{path.stem}.*.toml"))
    return {language_of(file): file for file in files}


def language_of(path: Path) -> str:
    """The code of the language in the name of a translation, ``NAME.CODE.toml``."""
    return path.stem.partition(".")[2]


def routine_files(folder: Path) -> dict[str, Path]:
    """The routine files of `folder`, ``NAME.toml``, by the ids of their routines."""
    files = sorted(path for path in folder.glob("*.toml") if "." not in path.stem)
    return {path.stem: path for path in files}


def place_in(path: Path) -> int | None:
    """The place that the routine file `path` says, by its fields above the first heading.

    Nothing else in it is looked at. What is no place is None here, and an error when it is read.

    Raises:
        RoutineError: The file cannot be read.
    """
    text = to_text(read_content(path, RoutineError), str(path), RoutineError)
    fields, _ = parse(_HEADING.split(text, maxsplit=1)[0])
    place = fields.get("place")
    return place if isinstance(place, int) else None


def in_order(places: Mapping[str, int | None]) -> list[str]:
    """The ids of `places` in the order of the places; those without one come last, by id."""

    def order(name: str) -> tuple[bool, int, str]:
        place = places[name]
        return place is None, place or 0, name

    return sorted(places, key=order)


def _refusal(path: Path, problems: Iterable[str]) -> RoutineError:
    """The error that tells what is wrong with the file `path`, a line for each problem."""
    return RoutineError("\n".join(f"{path}: {problem}" for problem in problems))


def _routine(source: _Source, texts: Mapping[str, RoutineText], breath_seconds: int) -> Routine:
    shape = source.shape
    hold = next(step for step in shape.each_side if step.kind == Kind.HOLD.value)
    sides = Sides(shape.sides)
    lengths = lengths_of(shape, breath_seconds)
    chooses = _chooses(shape)

    def made(steps: Iterable[StepShape], *, sided: bool = False) -> tuple[RoutineStep, ...]:
        return tuple(_step(step, chooses, breath_seconds, sided=sided) for step in steps)

    return Routine(
        id=shape.id,
        prepare=made(shape.prepare),
        each_side=made(shape.each_side, sided=sides is not Sides.BOTH_AT_ONCE),
        switch=made(shape.switch),
        finish=made(shape.finish),
        side_seconds=lengths.side_seconds,
        default_seconds=lengths.default_seconds,
        poster=shape.poster or hold.pose,
        weight_off_pose=source.weight_off_pose,
        alternative=shape.alternative,
        texts=texts,
        sides=sides,
        sets=shape.sets,
        breath_seconds=lengths.breath_seconds,
        place=shape.place,
    )


def _chooses(shape: RoutineShape) -> Mapping[str, frozenset[Choosable]]:
    """What the member chooses on each step, by the id of the step.

    If no step of the file has the key ``chooses``, the length is chosen on the first step on which
    that is possible, and so is the side if there is a first one.
    """
    told = {step.id: step.chooses for step in steps_of(shape) if step.chooses is not None}
    if told:
        return {step: frozenset(map(Choosable, names)) for step, names in told.items()}
    together = shape.sides == Sides.BOTH_AT_ONCE.value
    choosable = frozenset({Choosable.SECONDS}) if together else frozenset(Choosable)
    return {step.id: choosable for step in steps_to_choose_on(shape)[:1]}


def _step(
    shape: StepShape,
    chooses: Mapping[str, frozenset[Choosable]],
    breath_seconds: int,
    *,
    sided: bool,
) -> RoutineStep:
    return RoutineStep(
        id=shape.id,
        kind=Kind(shape.kind),
        pose=shape.pose,
        inset=shape.inset,
        sided=sided or shape.sided,
        loaded=shape.loaded,
        seconds=seconds_of(shape, breath_seconds),
        chooses=chooses.get(shape.id, frozenset()),
    )


def _step_text(words: StepShape | StepWords, sides: BySide[str]) -> BySide[StepText]:
    """The words of a step for each side; one and the same if they do not differ."""
    headline, detail, why = (
        by_side(text, sides) for text in (words.headline, words.detail, words.why)
    )
    beat = words.beat or ()
    left = StepText(headline.left, detail.left, why.left, beat)
    right = StepText(headline.right, detail.right, why.right, beat)
    return BySide(left, left if left == right else right)


def _text(
    words: WordsShape,
    weight_off: WeightOffShape | WeightOffWords,
    steps: Mapping[str, BySide[StepText]],
) -> RoutineText:
    return RoutineText(
        title=words.title,
        invitation=words.invitation,
        equipment=words.equipment,
        facts=words.facts,
        skip_if=words.skip_if,
        skip_advice=words.skip_advice,
        stop_if=words.stop_if,
        emergency=words.emergency,
        always=words.always,
        weight_off=WeightOffText(weight_off.headline, weight_off.detail, weight_off.press),
        labels=words.labels,
        steps=steps,
    )
