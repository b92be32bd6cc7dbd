"""The fonts: every letter of every language has one, and the first load has room for it."""

import re
from pathlib import Path

import pytest

from kiosk.library.words import load_languages
from web.assets import STATIC

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "kiosk" / "library"
FACES = re.findall(
    r'fonts/([\w-]+\.woff2)"\).*?unicode-range: ([^;]+);',
    (STATIC / "css" / "fonts.css").read_text(encoding="utf-8"),
    re.DOTALL,
)
LANGUAGES = sorted(path.stem for path in (LIBRARY / "languages").glob("*.toml"))

#: The letters that each language has beside those of English.
LETTERS = {
    "de": "äöüÄÖÜß",
    "fr": "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜ«»",
    "es": "áéíñóúüÁÉÍÑÓÚÜ¿¡",
    "it": "àèéìîòùÀÈÉÌÒÙ",
    "pt": "áâãàçéêíóôõúÁÂÃÀÇÉÊÍÓÔÕÚ",
    "nl": "áéëïóöüÉË",
    "pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْ،؛؟",
}


def ranges(text: str) -> set[int]:
    """The code points of a list of unicode ranges such as ``U+20-7E, U+A0``."""
    points: set[int] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", text):
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


COVERED = {name: ranges(listed) for name, listed in FACES}

#: A face that writes one word alone, and no text.
OF_A_NAME = COVERED.pop("arabic-name-600.woff2")


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_a_language_has_all_of_its_letters(language: str) -> None:
    covered = set().union(*COVERED.values())
    assert [letter for letter in LETTERS[language] if ord(letter) not in covered] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_the_texts_of_a_language_has_a_font(language: str) -> None:
    files = [LIBRARY / "languages" / f"{language}.toml"]
    files += (LIBRARY / "routines").glob(f"*.{language}.toml")
    covered = set().union(*COVERED.values())
    texts = "".join(path.read_text(encoding="utf-8") for path in files)
    assert {letter for letter in texts if ord(letter) not in covered} - set("\n") == set()


def test_the_fonts_share_no_letter_and_each_file_is_used() -> None:
    files = {path.name for path in (STATIC / "fonts").glob("*.woff2")}
    assert set(COVERED) == files - {"arabic-name-600.woff2"}
    assert sum(map(len, COVERED.values())) == len(set().union(*COVERED.values()))


def test_the_face_of_the_name_of_arabic_has_its_letters_and_each_of_them_once() -> None:
    name = load_languages()["ar"].name
    assert sorted(map(ord, name)) == sorted(OF_A_NAME)
    assert f'"{name}"' in (ROOT / "web/templates/screens/_parts.html").read_text(encoding="utf-8")
    assert f" {name} " in (ROOT / "packaging" / "fonts").read_text(encoding="utf-8")


def test_the_script_that_makes_the_fonts_has_the_ranges_of_the_style_sheet() -> None:
    script = (ROOT / "packaging" / "fonts").read_text(encoding="utf-8")
    made = [ranges(listed) for listed in re.findall(r'"(U\+[^"]+)"', script)]
    assert sorted(map(sorted, made)) == sorted(map(sorted, COVERED.values()))
