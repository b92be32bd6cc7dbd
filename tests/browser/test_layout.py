"""Every screen at every size: nothing scrolls, overlaps, or is too small to be read or touched."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page

from kiosk.settings.shapes import ScreenSection, Settings
from tests.drivers.chromium import SIZES, OpenPage
from tests.drivers.screens import (
    Visit,
    wait_for_version,
    walk,
    walk_further_routines,
    walk_languages,
)
from tests.drivers.scripts import LAYOUT_AT_SIZES, SETTLED, WRONG_BOXES
from tests.drivers.shipped import ROUTINE_FILES
from tests.drivers.stage import MOCK, Stage, open_stage, with_routines
from web.figures import POSES

FONT_SIZES = """selector => [...document.getElementById("screen").querySelectorAll(selector)]
    .filter(element => element.checkVisibility())
    .map(element => parseFloat(getComputedStyle(element).fontSize))"""

#: Notes each new screen's kind, and how much has made way in it when it is first seen.
BEGINNINGS = """() => {
    window.begun = [];
    let seen = null;
    new MutationObserver(() => {
        const view = document.querySelector("#screen .view");
        if (view === seen) return;
        seen = view;
        const level = [...view.classList].filter(name => name.startsWith("fit-")).length;
        begun.push([view.className, level]);
    }).observe(document.querySelector("main"), {
        subtree: true, childList: true, attributeFilter: ["id"],
    });
}"""

#: What must be read from the mat: headline, timer and the side's word.
FOR_THE_MAT = "h1, .timer, [data-side] .band .side b"

#: The least height of its letters in px, on a screen that is taken for a 7-inch one 2 m away: as
#: the table of reading distances has it, and the same share of the larger sizes.
LEAST = {
    size: 70 * math.hypot(*pixels) / math.hypot(*SIZES["7in"]) for size, pixels in SIZES.items()
}

#: One size of each shape, the smallest: it has the least room for what a finger touches.
SHAPES = {
    width / height: size
    for size, (width, height) in sorted(SIZES.items(), key=lambda size: -math.prod(size[1]))
}.values()

#: How much longer a translation may be than the English.
LONGER = 1.4


def longer(text: str) -> str:
    """`text` made 40 % longer by repeating words, as a translation may be."""
    words = text.split()
    aim, out = round(len(text) * LONGER), list(words)
    while len(" ".join(out)) < aim:
        out.append(words[(len(out) - len(words)) % len(words)])
    text = " ".join(out)
    return text if "{" in out[-1] else text[:aim].rstrip()


def longer_routines(folder: Path) -> Settings:
    """Settings of a station whose routines have longer texts."""
    for file in ROUTINE_FILES:
        lines = file.read_text(encoding="utf-8").splitlines()
        table = ""
        for number, line in enumerate(lines):
            table = line if line.startswith("[") else table
            # A label beside a drawing has two lines and no more, so it cannot grow.
            told = table not in ("", "[text.labels]")
            if told and not re.match(r"(id|kind|pose|inset|chooses) =", line):
                lines[number] = re.sub(r'"([^"]+)"', lambda text: f'"{longer(text[1])}"', line)
        (folder / file.name).write_text("\n".join(lines), encoding="utf-8")
    return with_routines(folder)


def wrong_on_every_screen(
    browser: Browser,
    settings: Settings,
    least: Mapping[str, float],
    show: Callable[[Page, Visit, Settings], None] = walk,
) -> list[str]:
    """What is wrong on any screen, at each size that `least` has the mat's least letters for.

    `show` is one of the walks through the screens.
    """
    found: list[str] = []

    def check(page: Page, screen: str) -> None:
        asked = {"sizes": [(size, *SIZES[size]) for size in least], "letters": FOR_THE_MAT}
        for size, letters, wrong in page.evaluate(LAYOUT_AT_SIZES, asked):
            problems = small_ones(letters, least[size]) + wrong
            found.extend(f"{size} {screen}: {problem}" for problem in problems)

    page = browser.new_page(viewport={"width": 800, "height": 480})
    show(page, check, settings)
    page.close()
    return found


def too_small(page: Page, least: float) -> list[str]:
    """The sizes of what must be read from the mat that are below `least` px."""
    return small_ones(page.evaluate(FONT_SIZES, FOR_THE_MAT), least)


def small_ones(sizes: list[float], least: float) -> list[str]:
    """A sentence for each of `sizes` that is below `least` px; there must be some sizes."""
    assert sizes
    return [f"{size} px for the mat, at least {least}" for size in sizes if size < least]


def test_every_screen_fits_every_shape_of_panel(browser: Browser) -> None:
    wrong = wrong_on_every_screen(browser, MOCK, {size: LEAST[size] for size in SHAPES})
    assert not wrong, "\n".join(wrong)


def test_every_screen_fits_every_size_with_texts_that_are_longer(
    browser: Browser, tmp_path: Path
) -> None:
    settings = longer_routines(tmp_path)
    wrong = wrong_on_every_screen(browser, settings, LEAST)
    assert not wrong, "\n".join(wrong)


def test_every_screen_on_which_languages_are_chosen_fits_every_size(browser: Browser) -> None:
    wrong = wrong_on_every_screen(browser, MOCK, LEAST, walk_languages)
    assert not wrong, "\n".join(wrong)


def test_every_screen_of_the_further_routines_fits_every_shape_of_panel(browser: Browser) -> None:
    shapes = {size: LEAST[size] for size in SHAPES}
    wrong = wrong_on_every_screen(browser, MOCK, shapes, walk_further_routines)
    assert not wrong, "\n".join(wrong)


def test_every_screen_of_the_further_routines_fits_every_size_with_longer_texts(
    browser: Browser, tmp_path: Path
) -> None:
    settings = longer_routines(tmp_path)
    wrong = wrong_on_every_screen(browser, settings, LEAST, walk_further_routines)
    assert not wrong, "\n".join(wrong)


def test_a_box_of_a_size_is_laid_out_as_a_window_of_that_size(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    for step in ("check", "find-spot", "settle"):
        stage.press_until(step)
        wait_for_version(page, stage.state.version)
        asked = {"sizes": [(size, *pixels) for size, pixels in SIZES.items()], "letters": "*"}
        for size, letters, wrong in page.evaluate(LAYOUT_AT_SIZES, asked):
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(SETTLED)
            assert letters == page.evaluate(FONT_SIZES, ".view *"), (step, size)
            assert wrong == page.evaluate(WRONG_BOXES), (step, size)


def test_every_screen_fits_a_ten_inch_panel_that_says_so(browser: Browser) -> None:
    settings = msgspec.structs.replace(MOCK, screen=ScreenSection(screen_inches=10.1))
    wrong = wrong_on_every_screen(browser, settings, {"10in": 79})
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("size", "screen", "least"),
    [
        ("7in", ScreenSection(viewing_distance_m=1.5, screen_inches=7), 53),
        ("7in", ScreenSection(viewing_distance_m=2.5, screen_inches=7), 88),
        ("10in", ScreenSection(viewing_distance_m=1.5, screen_inches=10.1), 59),
        ("10in", ScreenSection(viewing_distance_m=2.5, screen_inches=10.1), 98),
    ],
    ids=str,
)
def test_the_letters_follow_how_far_the_mat_is(
    open_page: OpenPage, tmp_path: Path, size: str, screen: ScreenSection, least: float
) -> None:
    width, height = SIZES[size]
    with open_stage(tmp_path, msgspec.structs.replace(MOCK, screen=screen)) as stage:
        stage.press_until("straighten")
        page = open_page(f"{stage.url}/?panel=off", viewport={"width": width, "height": height})
        page.evaluate(SETTLED)
        assert too_small(page, least) + page.evaluate(WRONG_BOXES) == []


def test_a_hold_fits_when_both_of_its_words_stand_still(stage: Stage, open_page: OpenPage) -> None:
    stage.press_until("settle")
    page = open_page(f"{stage.url}/?panel=off", reduced_motion="reduce")
    for size in at_every_size(page):
        assert page.evaluate(WRONG_BOXES) == [], size
        assert page.locator("#screen .beat").inner_text().split("\n") == [
            "Breathe in",
            "Breathe out",
        ]


#: The size in px on the page of the letters of a drawing that are shown, and of small text.
LABELS = """() => {
    const near = parseFloat(getComputedStyle(document.querySelector("#screen .view")).fontSize);
    const labels = [...document.querySelectorAll("#screen .inset text")]
        .filter(label => label.getBoundingClientRect().width > 0);
    return labels.map(label => {
        const scale = label.getScreenCTM().a;
        const box = label.getBoundingClientRect();
        const drawing = label.closest("svg").getBoundingClientRect();
        const inside = box.left >= drawing.left - 1 && box.right <= drawing.right + 1;
        const size = parseFloat(getComputedStyle(label).fontSize) * scale;
        return [label.textContent, size / near, inside];
    });
}"""


def at_every_size(page: Page) -> Iterator[str]:
    """Set `page` to each size in turn, and give the size's name once the page has fitted to it."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(SETTLED)
        yield size


def test_the_drawing_of_the_spot_is_large_enough_for_its_words(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    for step in ("find-spot", "test-spot", "place-ball"):
        stage.press_until(step)
        wait_for_version(page, stage.state.version)
        for size in at_every_size(page):
            labels = page.evaluate(LABELS)
            assert len(labels) == len(POSES["torso"]), (step, size)
            assert [label for label in labels if label[1] < 1 or not label[2]] == [], (step, size)


def test_what_comes_next_is_told_in_every_step_of_a_side_at_every_size(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    steps = ("lie-down", "find-spot", "test-spot", "place-ball", "add-bell")
    holds = ("settle", "straighten", "knee-out", "squeeze")
    for step in (*steps, *holds, "switch", "unload"):
        stage.press_until(step)
        wait_for_version(page, stage.state.version)
        for size in at_every_size(page):
            assert page.locator("#screen .ends .next").is_visible(), (step, size)


def test_words_that_would_be_too_small_beside_a_drawing_are_left_out(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press_until("find-spot")
    page = open_page(f"{stage.url}/?panel=off", viewport={"width": 840, "height": 428})
    page.evaluate(SETTLED)
    assert page.locator("#screen .inset .figure").is_visible()
    assert page.evaluate(LABELS) == []


def test_weight_off_shows_the_kettlebell_leaving_at_every_size(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    stage.press_until("settle")
    stage.hold()
    wait_for_version(page, stage.state.version)
    for size in at_every_size(page):
        assert page.locator("#screen .paused .picture .figure").is_visible(), size


def test_the_totals_of_the_summary_stand_apart_at_every_size(
    stage: Stage, open_page: OpenPage
) -> None:
    page = open_page(f"{stage.url}/?panel=off")
    stage.press_until("stand-up")
    stage.press()
    wait_for_version(page, stage.state.version)
    for size in at_every_size(page):
        left, right = (
            page.locator("#screen .totals .time").nth(n).bounding_box() for n in range(2)
        )
        assert left is not None
        assert right is not None
        assert right["x"] - (left["x"] + left["width"]) >= 16, size


def test_a_kind_of_screen_begins_with_what_it_needed_to_fit_the_last_time(
    stage: Stage, open_page: OpenPage
) -> None:
    stage.press_until("settle")
    page = open_page(f"{stage.url}/?panel=off")
    page.evaluate(BEGINNINGS)
    for _ in range(2):
        for act in (stage.hold, stage.press, stage.press):  # weight off, get ready, hold again
            act()
            wait_for_version(page, stage.state.version)
    told = [level for kind, level in page.evaluate("begun") if "paused" in kind]
    # A screen is measured in a later task than the one that brings it.
    assert told == [0, 1]
