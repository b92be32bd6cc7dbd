"""Languages that are written from right to left: which they are, and what keeps its direction."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from web.assets import STATIC
from web.direction import direction_of, with_latin_isolated

#: The sheets of the screens. The mock panel is in English, and a turned panel is no language.
SHEETS = sorted(
    path
    for path in (STATIC / "css").rglob("*.css")
    if path.name not in ("mock-panel.css", "turned.css")
)


def marked(text: str) -> object:
    """`text` with Latin words isolated; brackets stand for the marks."""
    found = with_latin_isolated(text)
    return found.replace("\u2066", "[").replace("\u2069", "]") if isinstance(found, str) else found


def test_arabic_is_written_from_right_to_left_wherever_it_is_spoken() -> None:
    assert [direction_of(code) for code in ("ar", "ar-EG", "he")] == ["rtl"] * 3
    assert [direction_of(code) for code in ("en", "pl", "pt-BR")] == ["ltr"] * 3


def test_latin_words_in_arabic_are_isolated_with_their_numbers() -> None:
    assert marked("كرة 4 kg هنا") == "كرة [4 kg] هنا"
    assert marked("اسأل Dr. Smith, من فضلك") == "اسأل [Dr. Smith], من فضلك"


def test_numbers_alone_need_no_marks() -> None:
    assert marked("بقي 1:05 من 3") == "بقي 1:05 من 3"


@pytest.mark.parametrize("value", ["A 4 kg bell", Markup("<b>كرة 4 kg</b>"), 4, None])
def test_what_is_no_text_from_right_to_left_stays_as_it_is(value: object) -> None:
    assert with_latin_isolated(value) is value


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_says_start_and_end_where_a_text_could_mirror(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    physical = r"(?:margin|padding|border)-(?:left|right)|(?:text-align|float): (?:left|right)"
    assert re.findall(physical, text) == []
    # The places of the body's sides do not mirror: only the timer of a hold stands by them.
    places = re.findall(r"(?<![\w-])(?:left|right):", text)
    assert places == [] or sheet.name == "hold.css"
