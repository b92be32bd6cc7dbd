"""The lines that the voice may say, and the names of their files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from kiosk.core.cues import Cue
from kiosk.core.routine import BySide, RoutineText, Side
from kiosk.core.session import Rules
from kiosk.core.voice import Saying, Sentence, sentences_for
from kiosk.library.words import load_languages
from kiosk.voice.script import Script
from tests.drivers.mat import Mat


def script_of(rules: Rules) -> Script:
    return Script(rules, load_languages())


def test_a_line_is_named_after_routine_step_saying_and_side(rules: Rules) -> None:
    sentence = Sentence(Saying.HEADLINE, "en", "psoas-release", "find-spot", Side.LEFT)
    line = script_of(rules).line(sentence)
    assert line.name == "psoas-release.find-spot.headline.left"
    assert line.text == "Find the left spot"


def test_sides_with_the_same_words_share_a_file(rules: Rules) -> None:
    script = script_of(rules)
    left, right = (
        script.line(Sentence(Saying.HEADLINE, "en", "psoas-release", "settle", side))
        for side in Side
    )
    assert left == right
    assert left.name == "psoas-release.settle.headline"


def test_no_name_stands_for_two_texts_and_each_is_plain(rules: Rules) -> None:
    lines = script_of(rules).lines()
    assert len({(line.language, line.name) for line in lines}) == len(lines)
    assert [line.name for line in lines if not re.fullmatch(r"[a-z0-9.-]+", line.name)] == []
    assert [line.text for line in lines if "{" in line.text] == []


def test_all_that_a_session_says_is_among_the_lines(rules: Rules) -> None:
    script = script_of(rules)
    lines = script.lines()
    for routine in rules.routines.values():
        mat = Mat(rules)
        mat.choose(routine=routine.id)
        states = [mat.state]
        while Cue.FINISHED not in mat.heard():
            mat.press()
            states.append(mat.state)
        said = [one for pair in pairwise(states) for one in sentences_for(*pair, rules)]
        assert len(said) > 10
        assert [one for one in said if script.line(one) not in lines] == []


def test_only_the_default_language_is_read_unless_others_are_offered(rules: Rules) -> None:
    psoas = Recorder(rules.routines["psoas-release"].texts)
    routine = replace(rules.routines["psoas-release"], texts=psoas)
    alone = replace(rules, routines={**rules.routines, routine.id: routine})
    assert {line.language for line in script_of(alone).lines()} == {"en"}
    assert psoas.read == {"en"}
    both = replace(alone, languages=("en", "de"))
    assert {line.language for line in script_of(both).lines()} == {"en", "de"}
    assert psoas.read == {"en", "de"}


def test_only_routines_that_can_be_chosen_are_among_the_lines(rules: Rules) -> None:
    one = script_of(replace(rules, offered=()))
    routines = {line.name.partition(".")[0] for line in one.lines()}
    assert routines == {"station", "psoas-release", "no-pressure-psoas"}
    assert one.knows_unoffered("en", "figure-four.draw.headline.left")
    assert one.knows_unoffered("de", "station.halfway")
    assert not one.knows_unoffered("en", "station.half-way")
    assert not one.knows_unoffered("eng", "station.halfway")


def test_a_routine_without_the_offered_language_is_said_in_its_own(rules: Rules) -> None:
    psoas = rules.routines["psoas-release"]
    english = replace(psoas, texts={"en": psoas.texts["en"]})
    offered = replace(
        rules,
        routines={**rules.routines, psoas.id: english},
        defaults=replace(rules.defaults, language="de"),
    )
    lines = script_of(offered).lines()
    languages = {line.language for line in lines if line.name.startswith("psoas-release.")}
    assert languages == {"en"}
    assert lines[0].language == "de"


def test_a_sentence_without_words_is_no_line(rules: Rules) -> None:
    psoas = rules.routines["psoas-release"]
    english = psoas.texts["en"]
    settle = english.steps["settle"].left
    wordless = BySide(replace(settle, detail=""), replace(settle, detail=""))
    text = replace(english, steps={**english.steps, "settle": wordless})
    silent = replace(psoas, texts={"en": text})
    lines = script_of(replace(rules, routines={**rules.routines, psoas.id: silent})).lines()
    names = {line.name for line in lines}
    assert "psoas-release.settle.headline" in names
    assert "psoas-release.settle.detail" not in names


class Recorder(Mapping[str, RoutineText]):
    """The words of a routine, which notes the languages that are read."""

    def __init__(self, texts: Mapping[str, RoutineText]) -> None:
        self._texts = texts
        self.read: set[str] = set()

    def __getitem__(self, language: str) -> RoutineText:
        self.read.add(language)
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def test_names_of_routines_are_among_the_lines_where_they_are_said(rules: Rules) -> None:
    assert not [line for line in script_of(rules).lines() if line.name.endswith(".title")]
    by_button = script_of(replace(rules, choose_by_button=True)).lines()
    titles = {line.name: line.text for line in by_button if line.name.endswith(".title")}
    assert len(titles) == len(rules.routines)
    assert titles["foot-ball.title"] == "Foot ball"
