"""Checks of a routine's files beyond the types of their fields: whether the parts fit together."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from itertools import takewhile
from typing import NamedTuple

from kiosk.core.routine import Choosable, Kind, Side, Sides
from kiosk.library.routine_lengths import length_problems
from kiosk.library.routine_shapes import (
    RoutineShape,
    StepShape,
    StepWords,
    TranslationShape,
    WeightOffShape,
    WeightOffWords,
    WordsShape,
)
from kiosk.library.sides import SIDE_NAME

#: The top-level fields that tell how long a side lasts.
_LENGTHS = ("side_seconds", "default_seconds", "side_breaths", "default_breaths")

#: The top-level fields that name drawings.
_WITH_DRAWINGS = ("prepare", "each_side", "switch", "finish", "poster", "weight_off")


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


def sections_of(shape: RoutineShape) -> tuple[Section, ...]:
    """The sections of a routine file in the order of a session."""
    return (
        Section("prepare", shape.prepare, (Kind.GATE, Kind.SETUP)),
        Section("each_side", shape.each_side, (Kind.SETUP, Kind.HOLD)),
        Section("switch", shape.switch, (Kind.SWITCH,)),
        Section("finish", shape.finish, (Kind.FINISH,)),
    )


def steps_of(shape: RoutineShape) -> tuple[StepShape, ...]:
    """Every step of a routine file in the order of a session."""
    return tuple(step for section in sections_of(shape) for step in section.steps)


def steps_to_choose_on(shape: RoutineShape) -> tuple[StepShape, ...]:
    """The steps on which something can be chosen: setup steps before the first loaded step."""
    before = takewhile(lambda step: not step.loaded, shape.prepare)
    return tuple(step for step in before if step.kind == Kind.SETUP.value)


class RoutineCheck:
    """Finds what is wrong with one routine file and its translations.

    Args:
        shape: The routine file.
        poses: The name of each drawing that there is, with the names of the labels in it.
        unsound: The top-level fields that have faults of their own already. What is not sound in
            them is left out of `shape`, so nothing is said that would rest on the whole of them.
    """

    def __init__(
        self,
        shape: RoutineShape,
        poses: Mapping[str, Collection[str]],
        unsound: Collection[str] = (),
    ) -> None:
        self._shape = shape
        self._unsound = frozenset(unsound)
        self._poses = poses
        self._steps = {step.id: step for step in steps_of(shape)}
        self._together = shape.sides == Sides.BOTH_AT_ONCE.value
        sided = (*shape.each_side, *(step for step in steps_of(shape) if step.sided))
        self._sided = set() if self._together else {step.id for step in sided}

    def problems(self, name: str) -> Iterator[str]:
        """What is wrong with the routine file; each text begins with the field that it is about.

        Args:
            name: The file's name without ``.toml``.
        """
        shape = self._shape
        if shape.id != name and self._sound("id"):
            yield f"id: found {shape.id!r}. It must be the file's name: {name!r}."
        if self._sound("each_side", "sets", *_LENGTHS):
            yield from length_problems(shape)
        if self._sound("sides", "sets", "switch"):
            yield from self._side_problems()
        if self._sound("each_side") and not any(
            step.kind == Kind.HOLD.value for step in shape.each_side
        ):
            yield "each_side: found no step of kind 'hold'. Add at least one."
        loaded = any(step.loaded for step in self._steps.values())
        if loaded and self._sound("text") and not (shape.text.stop_if and shape.text.always):
            yield "text: a loaded step needs stop_if and always. Add them."
        yield from self._pose_problems("poster", shape.poster)
        yield from self._text_problems(shape.text)
        yield from self._weight_off_missing_or_wrong()
        seen: set[str] = set()
        for section in sections_of(shape):
            for step in section.steps:
                place = f'{section.name}["{step.id}"]'
                if step.id in seen:
                    yield f"{place}.id: found twice. Each step needs an id of its own."
                seen.add(step.id)
                yield from self._step_problems(place, step, section.allowed)

    def translation_problems(
        self, translation: TranslationShape, language: str, unsound: frozenset[str] = frozenset()
    ) -> Iterator[str]:
        """What is wrong with a translation; each text begins with the field that it is about.

        Args:
            translation: The translation.
            language: The code of the language in its file's name.
            unsound: The places in it that have faults of their own already, such as ``text.facts``.
                What is not sound is left out of `translation`, so nothing is said about it.
        """
        if translation.language != language and "language" not in unsound:
            yield (
                f"language: found {translation.language!r}. It must be the one in the file's "
                f"name: {language!r}."
            )
        yield from self._step_names(translation, unsound)
        for step, words in translation.steps.items():
            if step in self._steps:
                yield from self._word_problems(f"steps.{step}", words, sided=step in self._sided)
        if unsound.isdisjoint({"text", "text.labels"}):
            yield from self._text_problems(translation.text)
        yield from self._safety_problems(translation.text, unsound)
        if translation.weight_off is not None:
            yield from _weight_off_problems(translation.weight_off)
        elif not any(place.startswith("weight_off") for place in unsound):
            yield "weight_off is missing. Add [weight_off] with its headline, detail and press."

    def _step_names(self, translation: TranslationShape, unsound: frozenset[str]) -> Iterator[str]:
        """Which steps a translation lacks, and which it has too many."""
        for step in sorted(set(self._steps) - set(translation.steps)):
            if unsound.isdisjoint({"steps", f"steps.{step}"}):
                yield f"steps.{step} is missing. Add it."
        for step in sorted(set(translation.steps) - set(self._steps)):
            yield f"steps.{step} is not known here. Known: {', '.join(sorted(self._steps))}."

    def _sound(self, *fields: str) -> bool:
        """Whether none of these top-level fields has faults already."""
        return self._unsound.isdisjoint(fields)

    def _weight_off_missing_or_wrong(self) -> Iterator[str]:
        shape = self._shape
        if shape.weight_off is None and self._sound("weight_off"):
            yield (
                "weight_off is missing: what is shown when the button is held to stop everything. "
                "Add [weight_off] with its pose, headline, detail (what to do now) and press (what "
                "a press means then)."
            )
        elif shape.weight_off is not None:
            yield from self._pose_problems("weight_off.pose", shape.weight_off.pose)
            yield from _weight_off_problems(shape.weight_off)

    def _side_problems(self) -> Iterator[str]:
        """What contradicts the turns that the sides take."""
        shape = self._shape
        if shape.sides == Sides.ALTERNATING.value and shape.sets == 1:
            yield (
                "sides: found 'alternating' with one set. Sides alternate from set to set: write "
                'sets = 2 or more, or sides = "one-after-the-other".'
            )
        if self._together and shape.switch:
            yield (
                "switch: found, but both sides work at once. Leave it out, or write "
                'sides = "one-after-the-other".'
            )
        if not self._together and not shape.switch:
            yield (
                "switch is missing: what is done from one side to the other. Add a step "
                '[[switch]], or write sides = "both-at-once" if there is no other side.'
            )

    def _together_problems(self, place: str, step: StepShape) -> Iterator[str]:
        """What of `step` names a side though both work at once."""
        if step.sided:
            yield f"{place}.sided: found true, but both sides work at once. Leave it out."
        if Choosable.SIDE.value in (step.chooses or ()):
            yield (
                f"{place}.chooses: found 'side', but both sides work at once. There is no first "
                f"one to choose: leave it out."
            )

    def _step_problems(
        self, place: str, step: StepShape, allowed: tuple[Kind, ...]
    ) -> Iterator[str]:
        kind = Kind(step.kind)
        if kind not in allowed:
            names = ", ".join(kind.value for kind in allowed)
            yield f"{place}.kind: found {step.kind!r}. In this section it must be one of: {names}."
        yield from _time_problems(place, step, kind)
        if self._together:
            yield from self._together_problems(place, step)
        if step.chooses and step not in steps_to_choose_on(self._shape):
            yield (
                f"{place}.chooses: found {list(step.chooses)}. Only a setup step of prepare can "
                f"have it, and none from the first loaded step on: leave it out."
            )
        yield from self._pose_problems(f"{place}.pose", step.pose)
        yield from self._pose_problems(f"{place}.inset", step.inset)
        yield from self._word_problems(place, step, sided=step.id in self._sided)

    def _pose_problems(self, place: str, pose: str | None) -> Iterator[str]:
        if pose is not None and pose not in self._poses:
            near = get_close_matches(pose, self._poses, n=1)
            meant = f" Did you mean {near[0]!r}?" if near else ""
            yield (
                f"{place}: found {pose!r}. There is no such pose.{meant} There are: "
                f"{', '.join(sorted(self._poses))}."
            )

    def _word_problems(
        self, place: str, words: StepShape | StepWords, *, sided: bool
    ) -> Iterator[str]:
        texts = {"headline": words.headline, "detail": words.detail, "why": words.why}
        for field, text in texts.items():
            if isinstance(text, str):
                yield from self._brace_problems(f"{place}.{field}", text, sided=sided)
                continue
            if not sided:
                right = "write one text" if self._together else "write one, or add sided = true"
                yield (
                    f"{place}.{field}: found a text for each side. A step without a side has only "
                    f"one: {right}."
                )
            for side in Side:
                one = text.left if side is Side.LEFT else text.right
                if "{" in one or "}" in one:
                    yield (
                        f"{place}.{field}.{side.value}: found {one!r}. Nothing can be in braces "
                        f"here: write the whole sentence."
                    )

    def _brace_problems(self, place: str, text: str, *, sided: bool) -> Iterator[str]:
        """What is wrong with what `text` has in braces."""
        plain = SIDE_NAME.sub("", text)
        if "{" in plain or "}" in plain:
            right = "Only {side} and {other} can be in braces"
            yield f"{place}: found {text!r}. {right}."
        elif plain != text and not sided:
            right = "leave it out" if self._together else "leave it out, or add sided = true"
            yield f"{place}: found {text!r}. A step without a side has none to name: {right}."

    def _text_problems(self, text: WordsShape) -> Iterator[str]:
        """What is wrong with the words of the routine as a whole, translated or not."""
        if text.stop_action is not None:
            yield "text.stop_action: is not used any more. Put it into weight_off.detail."
        if not self._sound("text", *_WITH_DRAWINGS):
            return
        labels = self._labels()
        if missing := sorted(labels - set(text.labels)):
            yield (
                f"text.labels: {', '.join(missing)} not found, which a drawing of this routine "
                f"shows. Add [text.labels] with the words for each."
            )
        if unknown := sorted(set(text.labels) - labels):
            known = f"have {', '.join(sorted(labels))}" if labels else "have no labels"
            yield (
                f"text.labels: {', '.join(unknown)} not known here. The drawings of this routine "
                f"{known}."
            )

    def _safety_problems(self, text: WordsShape, unsound: frozenset[str]) -> Iterator[str]:
        """What of the texts about safety a translation does not say.

        Only their number can be compared: each entry of the routine needs one of its own.
        """
        original = self._shape.text
        for field in ("skip_if", "stop_if"):
            found, needed = len(getattr(text, field)), len(getattr(original, field))
            if found != needed and unsound.isdisjoint({"text", f"text.{field}"}):
                yield f"text.{field}: found {found} entries. It must have {needed}: say each one."
        if original.always and not text.always and unsound.isdisjoint({"text", "text.always"}):
            yield "text.always is missing. Add it."

    def _labels(self) -> set[str]:
        """The names of the labels of all the drawings that the routine shows."""
        shape = self._shape
        shown = {shape.poster, None if shape.weight_off is None else shape.weight_off.pose}
        for step in self._steps.values():
            shown |= {step.pose, step.inset}
        return {label for pose, its in self._poses.items() if pose in shown for label in its}


def _time_problems(place: str, step: StepShape, kind: Kind) -> Iterator[str]:
    """What is wrong with how long `step` lasts, seen by itself."""
    if kind is Kind.HOLD and step.seconds is None and step.breaths is None:
        yield f"{place}.seconds is missing. A hold needs its seconds or its breaths."
    if kind is Kind.FINISH and step.seconds is None:
        yield f"{place}.seconds is missing. A finish needs its seconds."
    if kind is not Kind.HOLD and step.breaths is not None:
        yield f"{place}.breaths: found {step.breaths}. Only a hold can have breaths: leave it out."
    if not kind.timed and step.seconds is not None:
        yield (
            f"{place}.seconds: found {step.seconds}. A {step.kind} lasts until the press: "
            f"leave it out."
        )


def _weight_off_problems(words: WeightOffShape | WeightOffWords) -> Iterator[str]:
    texts = {"headline": words.headline, "detail": words.detail, "press": words.press}
    for field, text in texts.items():
        if "{" in text or "}" in text:
            yield f"weight_off.{field}: found {text!r}. Nothing can be in braces here."
