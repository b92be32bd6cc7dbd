"""Every screen in every language that there is: it fits, and nothing for the mat is smaller."""

import math
from dataclasses import replace

import pytest
from playwright.sync_api import Page

from kiosk.library.words import load_languages
from kiosk.main.rules import library_of, rules_of
from tests.drivers.chromium import SIZES, OpenPage
from tests.drivers.every_screen import ShownScreen, every_screen, made_up_arabic
from tests.drivers.scripts import SHOW_SCREEN, WRONG_SCREENS
from tests.drivers.stage import MOCK, Stage

LANGUAGES = load_languages()
#: A station that offers all of them, so that there is least room for the texts.
RULES = replace(rules_of(MOCK, library_of(MOCK)), languages=tuple(LANGUAGES))

#: The smallest panels: two that lie, the second one wide and low, and one that stands. Other tests
#: look at longer texts at every size.
SMALLEST = ("7in", "7hdmi", "portrait")


def wrong_at(
    page: Page, size: str, screens: list[ShownScreen], *, scenes: bool = False
) -> list[str]:
    """What is wrong with `screens` at `size`, a sentence each.

    With `scenes` all scenes of an attract screen are looked at, else its first one.
    """
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    least = 70 * math.hypot(width, height) / math.hypot(*SIZES["7in"])
    found = page.evaluate(WRONG_SCREENS, {"screens": screens, "mat": least, "scenes": scenes})
    return [f"{size} {name}: {sentence}" for name, sentence in found]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_screen_of_a_language_fits_the_smallest_panels(
    stage: Stage, open_page: OpenPage, language: str
) -> None:
    screens = list(every_screen(RULES, LANGUAGES, language))
    assert screens
    page = open_page(f"{stage.url}/?panel=off")
    wrong = [sentence for size in SMALLEST for sentence in wrong_at(page, size, screens)]
    assert not wrong, "\n".join(wrong)


def test_weight_off_shows_its_picture_in_every_language(stage: Stage, open_page: OpenPage) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    paused = {
        f"{language} {name}": html
        for language in sorted(LANGUAGES)
        for name, html in every_screen(RULES, LANGUAGES, language, figures=True)
        if name.endswith(" paused-right")
    }
    assert len(paused) == len(LANGUAGES) * len(RULES.routines)
    without = []
    for size in SMALLEST:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        for name, html in paused.items():
            page.evaluate(SHOW_SCREEN, html)
            if not page.locator("#screen .picture .figure").is_visible():
                without.append(f"{size} {name}")
    assert not without, "\n".join(without)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_invitation_of_every_language_fits_where_the_station_speaks_another_one(
    stage: Stage, open_page: OpenPage, language: str
) -> None:
    screens = every_screen(RULES, LANGUAGES, language)
    inviting = [each for each in screens if each.name.endswith(" attract")]
    assert len(inviting) == len(RULES.routines)
    page = open_page(f"{stage.url}/?panel=off")
    wrong = [
        sentence for size in SMALLEST for sentence in wrong_at(page, size, inviting, scenes=True)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_screen_fits_in_a_language_from_right_to_left(
    stage: Stage, open_page: OpenPage
) -> None:
    rules, words = made_up_arabic(RULES, LANGUAGES["en"])
    screens = list(every_screen(rules, words, "ar"))
    page = open_page(f"{stage.url}/?panel=off")
    wrong = [sentence for size in SMALLEST for sentence in wrong_at(page, size, screens)]
    assert not wrong, "\n".join(wrong)
