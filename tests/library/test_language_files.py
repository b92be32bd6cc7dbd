"""Language files: the station's own words, with a sentence for each side and forms for numbers."""

from pathlib import Path

import pytest

from kiosk.core.errors import SettingsError
from kiosk.core.routine import Side
from kiosk.library.words import SHIPPED_LANGUAGES, PluralForms, Words, load_languages

ENGLISH_FILE = (SHIPPED_LANGUAGES / "en.toml").read_text(encoding="utf-8")
SHORT = 'short = "The {side} side is {time} short."'
BREATHS = 'breaths = { one = "breath", other = "breaths" }'


def german(folder: Path, old: str = "", new: str = "") -> Words:
    """The words of a language file that is English but for one change."""
    assert old in ENGLISH_FILE
    (folder / "de.toml").write_text(ENGLISH_FILE.replace(old, new, 1), encoding="utf-8")
    return load_languages(folder)["de"]


def test_a_text_with_the_name_of_a_side_becomes_a_sentence_for_each(tmp_path: Path) -> None:
    short = german(tmp_path).short
    assert short.of(Side.LEFT) == "The left side is {time} short."
    assert short.of(Side.RIGHT) == "The right side is {time} short."


def test_a_text_may_say_a_whole_sentence_for_each_side(tmp_path: Path) -> None:
    table = 'short = { left = "Links fehlen {time}.", right = "Rechts fehlen {time}." }'
    short = german(tmp_path, SHORT, table).short
    assert (short.left, short.right) == ("Links fehlen {time}.", "Rechts fehlen {time}.")


def test_the_unit_of_breaths_has_the_forms_of_the_file(tmp_path: Path) -> None:
    assert german(tmp_path).breaths == PluralForms(one="breath", other="breaths")
    assert german(tmp_path, BREATHS, 'breaths = "Atem"').breaths == PluralForms(other="Atem")


def test_a_file_says_who_has_reviewed_it(tmp_path: Path) -> None:
    assert german(tmp_path, '"nobody yet"', '"Ada"').name == "English"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (SHORT, 'short = { left = "Links" }', "short.right is missing. Add it."),
        (
            SHORT,
            'short = { lefd = "a", right = "b" }',
            "short.lefd is not known here. Did you mean",
        ),
        (BREATHS, 'breaths = { some = "x" }', "breaths.some is not known here. Known: other, zero"),
        (BREATHS, 'breaths = { one = "x" }', "breaths.other is missing. Add it."),
        (SHORT, "", "short is missing. Add it."),
        ('next = "Next"', "next = 3", "next: found 3. It must be a text in quotes."),
        ('next = "Next"', 'nexd = "Next"', "nexd is not known here. Did you mean next?"),
    ],
)
def test_a_wrong_language_file_is_explained(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        german(tmp_path, old, new)
    assert str(caught.value).startswith(str(tmp_path / "de.toml"))
    assert says in str(caught.value)


def test_a_folder_without_languages_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no language file"):
        load_languages(tmp_path)
