"""What translators say is what the station reads, through our files and through PO files."""

import tomllib
from functools import cache
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from kiosk.core.errors import RoutineError
from kiosk.library.language_files import LanguageFile, written
from kiosk.library.language_texts import routine_texts, station_texts
from kiosk.library.po import as_po, from_po
from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.library.routine_shapes import RoutineShape
from kiosk.library.words import read_english
from kiosk.toml_files import read_toml
from tests.drivers.languages import ENGLISH
from tests.drivers.made_up import MADE_UP_ROUTINES

pytest.importorskip("polib", reason="PO files need the extra po")

#: Any text, with ends of lines and tabs, but without what no text can have: half of a character,
#: and control characters.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\{}#\x7f'), min_size=1
)


@cache
def files(code: str) -> tuple[LanguageFile, ...]:
    """The files of a new language: the station's words, and two routines with tables of sides."""
    words = tuple(station_texts(read_english(), code))
    made = [LanguageFile(f"{code}.toml", None, None, "", {}, words)]
    for path in (SHIPPED_ROUTINES / "figure-four.toml", MADE_UP_ROUTINES / "sandbag-hips.toml"):
        sources = routine_texts(read_toml(path, RoutineShape, RoutineError), ENGLISH.side_words)
        name = f"{path.stem}.{code}.toml"
        made.append(LanguageFile(name, path.stem, None, "", {}, tuple(sources)))
    return tuple(made)


def said_with(file: LanguageFile, texts: list[str], without: int) -> dict[str, str]:
    """`texts` in turns for what `file` has to say, but for every fourth, which is not said yet."""
    return {
        source.key: texts[number % len(texts)]
        for number, source in enumerate(file.sources)
        if number % 4 != without
    }


CODES = st.sampled_from(["de", "pl", "ar", "pt-BR", "ja", "tlh"])
SAID = st.lists(TEXTS, min_size=1, max_size=7)


def with_data(code: str, file: LanguageFile, texts: dict[str, str]) -> LanguageFile:
    """The file once it says `texts`."""
    text = written(code, file, texts)
    data = tomllib.loads(text)
    return LanguageFile(file.name, file.routine, Path(file.name), text, data, file.sources)


@settings(deadline=None)
@given(CODES, SAID, st.integers(0, 3))
def test_what_is_written_is_read_back(code: str, texts: list[str], without: int) -> None:
    for file in files(code):
        said = said_with(file, texts, without)
        after = with_data(code, file, said)
        assert after.said == said
        assert with_data(code, after, said).text == after.text


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CODES, SAID, st.integers(0, 3))
def test_a_po_file_says_what_it_was_made_of(
    tmp_path: Path, code: str, texts: list[str], without: int
) -> None:
    said = {file: said_with(file, texts, without) for file in files(code)}
    po = tmp_path / "language.po"
    text = as_po(code, [with_data(code, file, said[file]) for file in said])
    po.write_text(text, encoding="utf-8")
    taken = from_po(po, code, files(code))
    assert taken.of_files == said
    assert taken.strange == 0


def test_every_side_and_plural_form_is_a_text_of_its_own() -> None:
    station, figure_four, _ = files("pl")
    keys = {source.key for source in (*station.sources, *figure_four.sources)}
    assert {"short.left", "short.right", "steps.switch.headline.left"} <= keys
    assert {key for key in keys if key.startswith("breaths.")} == {
        f"breaths.{category}" for category in ("one", "few", "many", "other")
    }
    notes = {source.key: source.note for source in station.sources}
    assert notes["breaths.few"] == "after numbers such as 2, 3, 4, 22"
    assert notes["breaths.other"] == "after any other number"
    assert notes["short.left"] == "when it is done on the left side"
