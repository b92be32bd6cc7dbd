"""All that is to be said about a routine's file: each remark with line, field and what is right."""

import re
import shutil
from pathlib import Path

import pytest

from kiosk.library.legibility import legible
from kiosk.library.remarks import Judge, Remark
from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.library.routine_report import report_on
from kiosk.library.words import load_languages
from tests.drivers.languages import ENGLISH, TWO_LANGUAGES
from web.figures import POSES

ROUTINE = (SHIPPED_ROUTINES / "glute-ball.toml").read_text(encoding="utf-8")
JUDGE = Judge(POSES, {"en": ENGLISH}, 6, legible(2.0, 7.0))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "glute-ball.toml"


def changed(*changes: tuple[str, str]) -> str:
    text = ROUTINE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def line_of(text: str, part: str) -> int:
    """The number of the first line of `text` that has `part` in it."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


def warnings(path: Path, text: str, judge: Judge = JUDGE) -> list[str]:
    """The warnings about a file without faults, each with its field."""
    path.write_text(text, encoding="utf-8")
    remarks = report_on(path, judge)
    assert {remark.kind for remark in remarks} <= {"warning"}
    return [f"{remark.field}: {remark.text}" for remark in remarks]


SHIPPED = sorted(path for path in SHIPPED_ROUTINES.glob("*.toml") if "." not in path.stem)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_what_comes_along_has_no_faults_and_the_one_warning_that_is_right(file: Path) -> None:
    remarks = report_on(file, JUDGE._replace(languages=load_languages()))
    assert [remark for remark in remarks if remark.kind == "fault"] == []
    about_words = {remark.field for remark in remarks if remark.file == file} - {"language"}
    lying_and_breathing = {'each_side["leg-long"].seconds'}
    assert about_words == (lying_and_breathing if file.stem == "no-pressure-psoas" else set())


def test_faults_of_every_kind_are_told_together_each_with_its_line(path: Path) -> None:
    text = changed(
        ('language = "en"', 'language = "english"'),
        ("default_seconds = 60", "default_seconds = 61"),
        ('pose = "glute-ball-sit"\nsided', 'pose = "glute-ball-sat"\nsided'),
        ("loaded = true", 'loaded = "yes"'),
        ("your {side} hip", "your {sied} hip"),
        ("[[finish]]", "[[finsh]]"),
    )
    text = text.replace('[[finish]]\nid = "stand-up"', '[[finsh]]\nid = "stand-up"')
    path.write_text(text)
    told = [(each.kind, each.line, each.field) for each in report_on(path, JUDGE)]
    assert told == [
        ("fault", line_of(text, "language ="), "language"),
        ("fault", line_of(text, "sat"), 'prepare["ball"].pose'),
        ("fault", line_of(text, "sied"), 'prepare["ball"].detail'),
        ("fault", line_of(text, '"yes"'), 'each_side["sit"].loaded'),
        ("fault", line_of(text, "[[finsh]]"), "finsh"),
        ("fault", None, "finish"),
    ]


def test_what_rests_on_a_part_that_is_wrong_is_not_told_before_it_is_right(path: Path) -> None:
    path.write_text(changed(("seconds = 30", 'seconds = "30"'), ("[[switch]]", "[[swich]]")))
    assert [each.field for each in report_on(path, JUDGE)] == [
        'each_side["settle"].seconds',
        "swich",
    ]


def test_a_wrong_type_in_a_step_does_not_hide_what_else_is_wrong_with_it(path: Path) -> None:
    text = changed(
        ("seconds = 30", 'seconds = "30"\nadvice = "x"'), ('-sit"\nloaded', '-sat"\nloaded')
    )
    text = text.replace(
        'pose = "glute-ball-sit"\nloaded = true\nseconds', 'pose = "cat"\nloaded = true\nseconds'
    )
    path.write_text(text)
    assert [each.field for each in report_on(path, JUDGE)] == [
        'each_side["sit"].pose',
        'each_side["settle"].pose',
        'each_side["settle"].seconds',
        'each_side["settle"].advice',
    ]


def test_nobody_says_that_a_step_has_no_side_if_it_is_only_written_wrongly(path: Path) -> None:
    path.write_text(changed(("sided = true", 'sided = "yes"')))
    assert [each.field for each in report_on(path, JUDGE)] == ['prepare["ball"].sided']


def test_a_remark_has_what_stands_in_its_line(path: Path) -> None:
    path.write_text(changed(("seconds = 30", '  seconds = "30"  # long')))
    (remark,) = report_on(path, JUDGE)
    assert remark.written == 'seconds = "30"  # long'
    path.write_text('id = "glute-ball"\r\ntitle =\r\n')
    (remark,) = report_on(path, JUDGE)
    assert (remark.line, remark.written) == (2, "title =")


def test_a_field_that_is_missing_has_the_line_of_its_table(path: Path) -> None:
    text = changed(('kind = "gate"\n', ""))
    path.write_text(text)
    (remark,) = report_on(path, JUDGE)
    assert (remark.line, remark.text) == (line_of(text, "[[prepare]]"), "is missing. Add it.")
    assert str(remark).endswith(f'line {remark.line}: prepare["check"].kind is missing. Add it.')


def test_an_id_that_is_there_twice_has_the_line_of_the_second(path: Path) -> None:
    text = changed(('id = "roll"', 'id = "settle"'))
    path.write_text(text)
    (remark,) = report_on(path, JUDGE)
    assert text.split("\n")[(remark.line or 0) - 1] == 'id = "settle"'
    assert (remark.line or 0) > line_of(text, 'id = "settle"')


def test_lines_that_are_no_toml_have_their_numbers(path: Path) -> None:
    text = changed(('"Glute ball"', "“Glute ball”"))
    path.write_text(text, encoding="utf-8")
    (remark,) = report_on(path, JUDGE)
    assert remark.line == line_of(text, "“")
    assert "typographic quote" in remark.text


@pytest.mark.parametrize("text", ["", "\ufeff", "\r\n \t"])
def test_an_empty_file_says_how_to_begin(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    (remark,) = report_on(path, JUDGE)
    assert "`matside routine new NAME` writes one to start from" in remark.text


def test_a_file_that_is_not_there_is_a_fault(path: Path) -> None:
    (remark,) = report_on(path, JUDGE)
    assert remark.text == "cannot be read: No such file or directory. Correct the name."


def test_a_language_that_the_station_lacks_is_a_fault(path: Path) -> None:
    path.write_text(changed(('language = "en"', 'language = "tlh"')))
    (remark,) = (each for each in report_on(path, JUDGE) if each.kind == "fault")
    assert remark.field == "language"
    assert "only in: en" in remark.text


def test_an_alternative_that_is_nowhere_is_a_fault(path: Path) -> None:
    path.write_text(changed(('alternative = "no-pressure-psoas"', 'alternative = "yoga"')))
    (remark,) = report_on(path, JUDGE)
    assert (remark.kind, remark.field) == ("fault", "alternative")
    assert "psoas-release" in remark.text


def test_a_loaded_step_without_stop_signs_is_a_fault(path: Path) -> None:
    path.write_text(changed(("stop_if = [", "facts_2 = [")).replace("facts_2", "stop_if = []\n#"))
    assert [each.text for each in report_on(path, JUDGE) if each.kind == "fault"] == [
        "a loaded step needs stop_if and always. Add them."
    ]


def test_a_routine_without_a_gate_is_warned_of(path: Path) -> None:
    gate = ROUTINE[ROUTINE.index("[[prepare]]") : ROUTINE.index('[[prepare]]\nid = "ball"')]
    (warning,) = warnings(path, changed((gate, "")))
    assert warning.startswith("prepare: found no step of kind 'gate'")


def test_a_routine_without_stop_signs_or_sources_is_warned_of(path: Path) -> None:
    text = (SHIPPED_ROUTINES / "no-pressure-psoas.toml").read_text(encoding="utf-8")
    text = text.replace("no-pressure-psoas", "glute-ball")
    begin = text.index("sources = [")
    text = text[:begin] + text[text.index("]\n", begin) + 2 :]
    begin = text.index("stop_if = [")
    text = text[:begin] + text[text.index("\n", begin) :]
    fields = {warning.split(":")[0] for warning in warnings(path, text)}
    assert {"text.stop_if", "sources"} <= fields


def test_a_hold_longer_than_a_minute_is_warned_of_at_the_longest_length(path: Path) -> None:
    assert warnings(path, changed(("[60, 90]", "[60, 120]"))) == []
    long = warnings(path, changed(("[60, 90]", "[60, 122]")))
    assert [each.split(":")[0] for each in long] == [
        'each_side["settle"].seconds',
        'each_side["roll"].seconds',
    ]
    assert "the hold lasts 61 s" in long[0]


def test_breaths_are_counted_as_long_as_the_settings_say(tmp_path: Path) -> None:
    path = tmp_path / "ninety-ninety.toml"
    text = (SHIPPED_ROUTINES / path.name).read_text(encoding="utf-8")
    assert warnings(path, text) == []
    slow = warnings(path, text, JUDGE._replace(breath_seconds=8))
    assert any(".breaths: the hold lasts 80 s" in each for each in slow)


def test_a_headline_too_long_for_the_distance_is_warned_of(path: Path) -> None:
    text = changed(("Roll slowly to and fro", "Roll slowly to and fro and then back again"))
    assert warnings(path, text, JUDGE._replace(legible=legible(1.5, 7.0))) == []
    (warning,) = warnings(path, text, JUDGE._replace(legible=legible(2.5, 7.0)))
    assert warning.startswith('each_side["roll"].headline: found 42 characters. From the mat ')


def test_a_word_too_long_for_a_line_is_warned_of(path: Path) -> None:
    text = changed(("Roll slowly to and fro", "Gesäßmuskelentspannungsrollen"))
    (warning,) = warnings(path, text)
    assert "found a word of 29 characters" in warning


def test_twice_the_distance_needs_twice_the_screen() -> None:
    assert legible(2.0, 7.0) == legible(4.0, 14.0)
    assert legible(2.0, 7.0).headline > legible(2.5, 7.0).headline > legible(5.0, 7.0).headline > 0


def test_a_translation_that_is_missing_is_warned_of(path: Path) -> None:
    (warning,) = warnings(path, ROUTINE, JUDGE._replace(languages=TWO_LANGUAGES | {"pl": ENGLISH}))
    assert "found no translation into de, pl. Write glute-ball.de.toml" in warning


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<b>Roll</b>", "looks like HTML"),
        ("Roll &amp; rest", "looks like HTML"),
        ("Roll \U0001f3be", "has a picture among its letters: tennis racquet and ball"),
        ("Roll \u202e llor", "U+202E, a sign that nobody sees"),
        ("Roll \u2066x\u2069", "U+2066, a sign that nobody sees"),
    ],
)
def test_what_a_screen_may_show_otherwise_is_warned_of(path: Path, text: str, says: str) -> None:
    (warning,) = warnings(path, changed(("Roll slowly to and fro", text)))
    assert says in warning
    assert warning.startswith('each_side["roll"].headline')


@pytest.mark.parametrize("text", ["5 < 6 & 7 > 2", "درّج ببطء", "Roll — slowly…", "Roll\u200e"])
def test_other_letters_are_no_reason_for_a_warning(path: Path, text: str) -> None:
    assert warnings(path, changed(("Roll slowly to and fro", text))) == []


def translated(path: Path, text: str) -> list[Remark]:
    """The remarks on a German translation of the glute ball, which lies at `path`."""
    path.write_text(ROUTINE, encoding="utf-8")
    translation = path.with_suffix(".de.toml")
    translation.write_text(text, encoding="utf-8")
    judge = JUDGE._replace(languages=TWO_LANGUAGES)
    remarks = report_on(translation, judge)
    assert [each for each in report_on(path, judge) if each.file == translation] == remarks
    return remarks


def test_a_translation_is_checked_by_itself_and_with_its_routine(path: Path) -> None:
    remarks = translated(path, 'language = "fr"\n[text]\ntitle = 1\n[steps.x]\nheadline = "a"\n')
    fields = [each.field for each in remarks]
    assert "text.title" in fields
    assert "text.invitation" in fields
    assert "steps.x.detail" in fields


def test_all_that_is_wrong_with_a_translation_is_told_at_once(path: Path) -> None:
    german = (SHIPPED_ROUTINES / "glute-ball.de.toml").read_text(encoding="utf-8")
    wrong = re.sub(r"(?m)^title = .*$", "title = 3", german)
    wrong = re.sub(r"(?m)^skip_if = \[$", 'skip_if = [ "Mehr",', wrong)
    wrong = wrong.replace("[steps.settle]", "[steps.setle]")
    wrong = re.sub(r"(?ms)^(\[steps.roll\]\nheadline = ).*?$", r"\1 7", wrong)
    wrong = re.sub(r"(?m)^press = .*$", 'press = "{ball}"', wrong)
    told = {(each.field, each.line) for each in translated(path, wrong) if each.kind == "fault"}
    assert told == {
        ("text.title", line_of(wrong, "title = 3")),
        ("text.skip_if", line_of(wrong, "skip_if = [")),
        ("weight_off.press", line_of(wrong, "{ball}")),
        ("steps.settle", line_of(wrong, "[steps.")),
        ("steps.setle", line_of(wrong, "[steps.setle]")),
        ("steps.roll.headline", line_of(wrong, " 7")),
    }


def test_what_is_of_a_wrong_type_as_a_whole_is_told_once(path: Path) -> None:
    remarks = translated(path, 'language = 1\ntext = "x"\nsteps = 2\nweight_off = 3\n')
    assert [each.field for each in remarks] == ["language", "text", "steps", "weight_off"]


def test_a_translation_without_its_routine_is_told(path: Path) -> None:
    translation = path.with_name("yoga.de.toml")
    shutil.copy(SHIPPED_ROUTINES / "glute-ball.de.toml", translation)
    (remark,) = report_on(translation, JUDGE)
    assert "It translates yoga.toml, which is not beside it" in remark.text


def test_a_translation_in_a_folder_of_its_own_is_compared_with_what_comes_along(
    path: Path,
) -> None:
    translation = path.with_name("glute-ball.de.toml")
    german = (SHIPPED_ROUTINES / translation.name).read_text(encoding="utf-8")
    translation.write_text(german, encoding="utf-8")
    judge = JUDGE._replace(languages=TWO_LANGUAGES)
    assert report_on(translation, judge) == []
    translation.write_text(german.replace("[steps.roll]", "[steps.rol]"), encoding="utf-8")
    assert [each.field for each in report_on(translation, judge)] == ["steps.roll", "steps.rol"]
