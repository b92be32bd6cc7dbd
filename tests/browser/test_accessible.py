"""Everyone can read the screens: contrast, headings, language, and what a screen reader is told."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import web
from tests.drivers.chromium import OpenPage
from tests.drivers.readable import TEXT, findings
from tests.drivers.screens import Visit, until, walk, walk_languages
from tests.drivers.stage import Stage

STYLES = (Path(web.__file__).parent / "static/css/colours.css").read_text(encoding="utf-8")


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2) of ``#rgb`` or ``#rrggbb``."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2) of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def colours() -> dict[str, str]:
    """The style sheet's named colours."""
    root = STYLES[STYLES.index(":root") :].partition("}")[0]
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]+);", root))


@pytest.mark.parametrize(
    ("letters", "ground"),
    [
        ("ink", "ground"),
        ("ink", "raised"),
        ("dim", "ground"),
        ("left", "ground"),
        ("right", "ground"),
        ("none", "ground"),
        ("ground", "left"),
        ("ground", "right"),
        ("ground", "none"),
        ("ground", "ink"),
        ("ink", "stop"),
    ],
)
def test_the_colours_of_the_style_sheet_have_contrast(letters: str, ground: str) -> None:
    named = colours()
    assert contrast(named[letters], named[ground]) >= TEXT


def test_the_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("show", [walk, walk_languages])
def test_no_screen_has_a_finding_of_axe_a_faint_text_or_a_missing_heading(
    browser: Browser, show: Callable[[Page, Visit], None]
) -> None:
    found: list[str] = []

    def check(page: Page, screen: str) -> None:
        found.extend(f"{screen}: {problem}" for problem in findings(page))
        if page.locator("#screen h1").count() != 1:
            found.append(f"{screen}: one heading 1 is wanted")

    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    show(page, check)
    page.close()
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_the_mock_panel(stage: Stage, open_page: OpenPage) -> None:
    page = open_page(stage.url)
    assert findings(page) == []


def test_the_page_says_its_language(stage: Stage, open_page: OpenPage) -> None:
    page = open_page(stage.url)
    assert page.locator("html").get_attribute("lang") == stage.state.choices.language == "en"


def test_a_screen_reader_is_told_step_switch_and_weight_off(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(stage.url)
    told = page.locator("#announce")
    assert told.get_attribute("aria-live") == "assertive"
    stage.press_until("straighten")
    expect(told).to_have_text(re.compile("^Right. Straighten the leg. Slide the right leg long"))
    stage.hold()
    expect(told).to_have_text(re.compile("^Weight off. Lift the kettlebell off"))
    stage.press()
    expect(told).to_have_text("Get ready: Straighten the leg")
    stage.press()
    stage.press_until("switch")
    expect(told).to_have_text(re.compile("^Left. Switch to the left. Kettlebell down to the floor"))


def test_a_screen_reader_is_not_told_the_same_step_twice(stage: Stage, open_page: OpenPage) -> None:
    stage.press_until("squeeze")
    page = open_page(stage.url)
    page.evaluate(
        """() => {
            window.told = 0;
            new MutationObserver(() => window.told++)
                .observe(document.getElementById("announce"), { childList: true });
        }"""
    )
    stage.wait(27)  # three seconds are left: a cue, and the same step
    until(page, "() => document.getElementById('flash').dataset.cue === 'countdown'")
    assert page.evaluate("() => window.told") == 0


def test_reduced_motion_stills_everything_but_the_countdown(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press_until("settle")
    page = open_page(stage.url, reduced_motion="reduce")
    moving = page.evaluate(
        """() => document.getAnimations()
            .filter((each) => each.playState === "running")
            .map((each) => each.effect.target)
            .filter((target) => !target.matches("[data-bar], [data-fill], #flash"))
            .map((target) => target.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_a_hold_moves_where_motion_is_welcome(stage: Stage, open_page: OpenPage) -> None:
    stage.press_until("straighten")
    page = open_page(stage.url)
    until(
        page,
        "() => document.querySelector('#screen .beat').getAnimations({subtree: true}).length > 0",
    )
