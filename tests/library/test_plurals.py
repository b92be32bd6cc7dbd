"""Numbers as each language has them: our small table says what CLDR says."""

import pytest
from babel import Locale

from kiosk.library.plurals import RULES, categories, plural_category
from kiosk.library.words import SHIPPED_LANGUAGES, PluralForms

SHIPPED = sorted(path.stem for path in SHIPPED_LANGUAGES.glob("*.toml"))
NINE = ["ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt"]


@pytest.mark.parametrize("language", sorted(RULES))
def test_the_category_of_each_number_is_that_of_cldr(language: str) -> None:
    rule = Locale.parse(language).plural_form
    numbers = (*range(2000), 10_000, 100_001, 999_999)
    assert [plural_category(number, language) for number in numbers] == [
        rule(number) for number in numbers
    ]


def test_the_rule_of_each_language_that_comes_along_is_known() -> None:
    assert {*SHIPPED, *NINE} <= set(RULES)


def test_a_language_without_a_rule_has_one_form_and_a_region_has_the_rule_of_its_language() -> None:
    assert plural_category(1, "tlh") == "other"
    assert plural_category(1, "pt-BR") == "one"


def test_the_categories_of_a_language_are_those_that_its_numbers_have() -> None:
    assert categories("pl") == {"one", "few", "many"}
    assert categories("ar") == {"one", "two", "few", "many", "other"}


@pytest.mark.parametrize("language", sorted({*SHIPPED, *NINE}))
def test_western_digits_and_a_colon_are_what_cldr_has_for_the_languages_here(language: str) -> None:
    locale = Locale.parse(language)
    assert locale.default_numbering_system == "latn"
    assert locale.number_symbols["latn"]["timeSeparator"] == ":"


def test_a_form_that_a_file_does_not_have_is_its_other_one() -> None:
    forms = PluralForms(one="oddech", few="oddechy", other="oddechu")
    assert [forms.after(number, "pl") for number in (1, 2, 5)] == ["oddech", "oddechy", "oddechu"]
