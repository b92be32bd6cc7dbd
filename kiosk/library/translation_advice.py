"""Whether a translation says all that its routine says, in texts that are short enough.

What concerns safety is checked for every translation (`routine_checks`). This is for the person who
translates. Each text begins with the field that it is about.
"""

from collections.abc import Iterable, Iterator, Mapping

from kiosk.library.language_texts import SourceText
from kiosk.library.legibility import Legible
from kiosk.library.routine_advice import headline_advice
from kiosk.library.routine_checks import steps_of
from kiosk.library.routine_shapes import RoutineShape, StepShape, StepWords, TranslationShape

#: How much longer a text may be than the original, as the tests of the layout have it, and
#: characters that may come on top of that: short texts grow more.
_LONGER, SPARE_IN_WORDS, SPARE_IN_ROUTINES = 1.4, 8, 24


def translation_advice(shape: TranslationShape, legible: Legible) -> Iterator[str]:
    """Which headlines of a translation cannot be read from the mat.

    Args:
        shape: The translation.
        legible: How long a headline may be.
    """
    for step, words in shape.steps.items():
        yield from headline_advice(f"steps.{step}.headline", words.headline, legible)
    if shape.weight_off is not None:
        yield from headline_advice("weight_off.headline", shape.weight_off.headline, legible)


def gaps(
    source: RoutineShape, translation: TranslationShape, unsound: frozenset[str]
) -> Iterator[str]:
    """What a routine says and its translation does not, or the other way round.

    Args:
        source: The routine's file.
        translation: The translation.
        unsound: The places in it that have faults of their own already, such as ``text.facts``.
    """
    for field in ("equipment", "facts"):
        needed = len(getattr(source.text, field))
        found = len(getattr(translation.text, field))
        if found != needed and unsound.isdisjoint({"text", f"text.{field}"}):
            yield f"text.{field}: found {found} entries. The routine has {needed}: say each one."
    for step in steps_of(source):
        if step.id in translation.steps:
            yield from _step_gaps(step, translation.steps[step.id])


def too_long(sources: Iterable[SourceText], said: Mapping[str, str], spare: int) -> Iterator[str]:
    """Which texts are much longer than the original, so that a screen may not have the room.

    Headlines are not among them, since it is known how many letters of them can be read.

    Args:
        sources: The original texts.
        said: The translated texts by key.
        spare: Characters that a text may have more than its share.
    """
    told = set()
    for source in sources:
        text = said.get(source.key, "")
        room = int(len(source.text) * _LONGER) + spare
        once = (source.table, source.field, text)
        if source.field != "headline" and len(text) > room and once not in told:
            told.add(once)
            yield (
                f"{source.place}: found {len(text)} characters. The screen has room for about "
                f"{room}: write a shorter one."
            )


def _step_gaps(step: StepShape, words: StepWords) -> Iterator[str]:
    for field in ("why", "beat"):
        has, should = bool(getattr(words, field)), bool(getattr(step, field))
        if should and not has:
            yield f"steps.{step.id}.{field} is missing. Add it."
        if has and not should:
            yield f"steps.{step.id}.{field}: found, but the routine has none. Leave it out."
