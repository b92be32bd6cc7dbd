"""What all templates rely on: those of the screens, and those of a card that is made by itself."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError

from kiosk.library.routine_files import SHIPPED_ROUTINES
from kiosk.main import print_pdf
from kiosk.main.cli import main
from web.templating import set_up_templates


@pytest.fixture
def templates() -> Environment:
    made = Environment(autoescape=True)
    set_up_templates(made)
    return made


def test_a_latin_word_in_a_text_from_right_to_left_is_isolated(templates: Environment) -> None:
    template = templates.from_string("{{ text }}")
    assert template.render(text="كرة 4 kg") == "كرة \u20664 kg\u2069"
    assert template.render(text="a ball of 4 kg") == "a ball of 4 kg"


def test_a_name_that_nobody_has_given_is_an_error(templates: Environment) -> None:
    with pytest.raises(UndefinedError):
        templates.from_string("{{ nothing }}").render()


def test_a_line_with_a_tag_alone_leaves_nothing_behind(templates: Environment) -> None:
    text = "<p>\n  {% if true %}\nyes\n  {% endif %}\n</p>"
    assert templates.from_string(text).render() == "<p>\nyes\n</p>"


def test_the_filters_fill_names_in_and_tell_the_direction(templates: Environment) -> None:
    text = '{{ "{number} of 3"|fill(number=2) }} {{ "ar"|direction }}'
    assert templates.from_string(text).render() == "2 of 3 rtl"


def test_a_card_made_by_the_command_isolates_latin_words_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = (SHIPPED_ROUTINES / "kettlebell-calf.ar.toml").read_text(encoding="utf-8")
    translation = re.sub('(?m)^title = "(.*)"$', r'title = "\1 4 kg"', own)
    (tmp_path / "kettlebell-calf.ar.toml").write_text(translation, encoding="utf-8")
    config = tmp_path / "config.toml"
    config.write_text(f"[station]\nlanguages = '{tmp_path}'\n", encoding="utf-8")
    pages: list[str] = []

    def keep(page: Path, _output: Path) -> None:
        pages.append(page.read_text(encoding="utf-8"))

    monkeypatch.setattr(print_pdf, "print_pdf", keep)
    card = ["routine", "card", "kettlebell-calf", "--language", "ar", "--config", str(config)]
    assert main([*card, "-o", str(tmp_path / "card.pdf")]) == 0
    assert "\u20664 kg\u2069" in pages[0]
