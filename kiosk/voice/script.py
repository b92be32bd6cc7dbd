"""The script of the voice: every sentence that it may say, with its words and its file name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.core.choosing import can_be_chosen
from kiosk.core.routine import Routine, RoutineStep, Side
from kiosk.core.session import Rules
from kiosk.core.voice import Saying, Sentence
from kiosk.library.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the script.

    Attributes:
        name: The name of its sound file without ``.wav``, for example
            ``psoas-release.find-spot.headline.right``. A language has each name once.
        language: Code of the language that it is said in.
        text: What is said.
    """

    name: str
    language: str
    text: str


class Script:
    """All lines that may be said by a station.

    They are of the routines that can be chosen, in the languages that are offered. Words of other
    routines and languages are not read.

    Args:
        rules: What sessions run by: the routines, and what of them is offered.
        languages: The station's own words by code of the language.
    """

    def __init__(self, rules: Rules, languages: Mapping[str, Words]) -> None:
        self._rules = rules
        self._languages = languages

    def line(self, sentence: Sentence) -> Line:
        """The line that says `sentence`."""
        text = self._text(sentence)
        parts = [sentence.routine or "station", sentence.step, sentence.saying.value]
        if sentence.side is not None and self._differs(sentence, text):
            parts.append(sentence.side.value)
        return Line(".".join(part for part in parts if part), sentence.language, text)

    def lines(self) -> list[Line]:
        """Every line that has words, once: the default language and routine come first."""
        by_place = {(line.language, line.name): line for line in map(self.line, self._sentences())}
        order = {code: place for place, code in enumerate(self._offered_languages())}
        worded = [line for line in by_place.values() if line.text.strip()]
        return sorted(worded, key=lambda line: order.get(line.language, len(order)))

    def knows_unoffered(self, language: str, name: str) -> bool:
        """Whether a file for this would be right if its routine or language were offered."""
        offered = {
            each for routine in self._offered_routines() for each in self._spoken_in(routine)
        }
        routine = name.partition(".")[0]
        unheard = language in self._languages and language not in offered
        return unheard or routine in self._rules.routines.keys() - can_be_chosen(self._rules)

    def _sentences(self) -> Iterator[Sentence]:
        """Every sentence that may be said; some of them several times."""
        own = [saying for saying in Saying if not saying.of_routine]
        for routine in self._offered_routines():
            for language in self._spoken_in(routine):
                yield from (Sentence(saying, language) for saying in own)
                for step in routine.steps:
                    yield from _of_step(step, routine.id, language)
                for saying in (Saying.WEIGHT_OFF, Saying.WEIGHT_OFF_DETAIL):
                    yield Sentence(saying, language, routine.id)
                if self._rules.choose_by_button:
                    yield Sentence(Saying.TITLE, language, routine.id)

    def _spoken_in(self, routine: Routine) -> list[str]:
        """The languages of `routine`; where it lacks an offered one, it is said in its own."""
        return list(dict.fromkeys(map(routine.language_for, self._offered_languages())))

    def _offered_languages(self) -> list[str]:
        """The offered languages, the default one first."""
        return list(dict.fromkeys((self._rules.defaults.language, *self._rules.languages)))

    def _offered_routines(self) -> list[Routine]:
        """The routines that can be chosen, the default one first."""
        chosen, default = can_be_chosen(self._rules), self._rules.defaults.routine
        routines = self._rules.routines
        return [
            routines[default],
            *(routines[each] for each in routines if each in chosen - {default}),
        ]

    def _differs(self, sentence: Sentence, text: str) -> bool:
        """Whether the other side has other words than `text`, so that both need a file."""
        others = (Sentence(*_about(sentence), side) for side in Side)
        return any(self._text(other) != text for other in others)

    def _text(self, sentence: Sentence) -> str:
        words = self._languages[sentence.language]
        own = {
            Saying.HALFWAY: words.say_halfway,
            Saying.TEN_SECONDS: words.say_ten_seconds,
            Saying.STILL_THERE: words.still_there,
            Saying.WELL_DONE: words.well_done,
        }
        if sentence.routine is None:
            return own[sentence.saying]
        text = self._rules.routines[sentence.routine].texts[sentence.language]
        if sentence.saying is Saying.TITLE:
            return text.title
        if sentence.step is None:
            weight_off = text.weight_off
            is_detail = sentence.saying is Saying.WEIGHT_OFF_DETAIL
            return weight_off.detail if is_detail else weight_off.headline
        step = text.steps[sentence.step].of(sentence.side)
        return step.detail if sentence.saying is Saying.DETAIL else step.headline


def _of_step(step: RoutineStep, routine: str, language: str) -> Iterator[Sentence]:
    sides: tuple[Side | None, ...] = tuple(Side) if step.sided else (None,)
    for saying in (Saying.HEADLINE, Saying.DETAIL):
        for side in sides:
            yield Sentence(saying, language, routine, step.id, side)


def _about(sentence: Sentence) -> tuple[Saying, str, str | None, str | None]:
    """All of `sentence` but its side."""
    return sentence.saying, sentence.language, sentence.routine, sentence.step
